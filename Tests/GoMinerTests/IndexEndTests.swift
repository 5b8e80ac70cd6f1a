import MinerHarness
import PackageMining
import Synchronization
import Testing

@Suite("Where a walk of the module index ends")
struct IndexEndTests {
    @Test(
        "The end of the index is asked for six times, after pauses that grow; the end of a window that an entry closes is not."
    )
    func pauses() async throws {
        let session = StubSession(SmallIndex.seven.answer)
        _ = try await Walked.walk(session)
        // The page, and its last time six times.
        #expect(session.failures == [0, 0, 1, 1, 2, 2, 3])
        let later = SmallIndex(
            entries: SmallIndex.seven.entries + [SmallIndex.Entry(path: "a.com/later", time: "2019-05-01T00:00:00Z")])
        let closed = StubSession(later.answer)
        _ = try await Walked.walk(closed)
        #expect(closed.failures == [0])
        let empty = StubSession { _ in .text("") }
        _ = try await Walked.walk(empty)
        #expect(empty.failures == [0, 1, 1, 2, 2, 3])
    }

    @Test("An empty answer of the index is not believed at once.")
    func asksTwice() async throws {
        let count = Mutex(0)
        let session = StubSession { url in
            let isFirst = count.withLock { count in
                count += 1
                return count == 1
            }
            return isFirst ? .text("") : SmallIndex.seven.answer(url)
        }
        let walked = try await Walked.walk(session)
        #expect(walked.names.count == 7)
    }

    @Test("An empty index is an empty list, after six answers.")
    func acceptsEmpty() async throws {
        let walked = try await Walked.walk(StubSession { _ in .text("") })
        #expect(walked.names == [])
        #expect(walked.asked.count == 6)
    }

    @Test("Five empty answers in a row, wherever they come, take nothing from the list.")
    func outlastsEmptyAnswers() async throws {
        let empties = Mutex<[String: Int]>([:])
        let session = StubSession { url in
            let times = empties.withLock { empties in
                empties[url, default: 0] += 1
                return empties[url, default: 0]
            }
            return times <= 5 ? .text("") : SmallIndex.seven.answer(url)
        }
        let walked = try await Walked.walk(session, limit: 4)
        #expect(walked.names == (0..<7).map { "a.com/m\($0)" })
        #expect(walked.problems == [])
    }

    @Test("An index that has nothing for good where it had entries is an error, in a first run and in an update.")
    func refusesForgetfulIndex() async throws {
        let first = try await Walked.walk(StubSession(SmallIndex.seven.answer))
        let empty = StubSession { _ in .text("") }
        await #expect(throws: WireError.self) { try await Walked.walk(empty, after: [try #require(first.last)]) }
        #expect(empty.requests.count == 6)
        let forgetful = StubSession { url in url.contains("since") ? .text("") : SmallIndex.seven.answer(url) }
        let error = await #expect(throws: WireError.self) { try await Walked.walk(forgetful, limit: 5) }
        #expect(
            error?.description
                == "malformed: the index has nothing from 2019-04-10T19:08:11Z on, where it had an entry "
                + "of 2019-04-10T19:08:11Z before (6 attempts)")
    }

    @Test("A page that is cut behind what is known already is asked for again before its time is stepped over.")
    func asksShortPagesAgain() async throws {
        // Two entries of one time; the second page, asked for from there, is cut behind the first of them once.
        let time = "2019-04-10T19:08:12.000001Z"
        let entries = ["a", "b", "c", "d"].map { SmallIndex.Entry(path: "a.com/\($0)", time: time) }
        let cut = SmallIndex(entries: Array(entries.prefix(2)))
        let whole = SmallIndex(entries: entries)
        let asked = Mutex(0)
        let session = StubSession { url in
            let turn = asked.withLock {
                $0 += 1
                return $0
            }
            return turn <= 2 ? cut.answer(url) : whole.answer(url)
        }
        let walked = try await Walked.walk(session, limit: 5)
        #expect(walked.names == entries.map(\.path))
        #expect(walked.problems == [])
    }

    @Test("Entries that come while the end of the index is asked for are no gap.")
    func takesLatecomers() async throws {
        let asked = Mutex(0)
        let grown = SmallIndex(
            entries: [SmallIndex.seven.entries[6], SmallIndex.Entry(path: "a.com/new", time: "2019-04-10T19:08:13Z")])
        let session = StubSession { url in
            let count = asked.withLock { asked in
                asked += 1
                return asked
            }
            return count <= 5 ? SmallIndex(entries: [SmallIndex.seven.entries[6]]).answer(url) : grown.answer(url)
        }
        let walked = try await Walked.walk(session)
        #expect(walked.names == ["a.com/m6", "a.com/new"])
        #expect(walked.problems == [])
    }

    @Test("Broken entries at the end of the index do not keep a walk from its end.")
    func endsBehindBrokenEntries() async throws {
        let session = StubSession { url in
            url.contains("since") ? .text("{\"Path\":\n") : SmallIndex.seven.answer(url)
        }
        let walked = try await Walked.walk(session)
        #expect(walked.names.count == 7)
        #expect(
            Set(walked.problems.map(\.subject)) == [
                "2019-04-10T19:08:12.000002Z, line 1", "2019-04-10T19:08:12.000002Z",
            ])
    }

    @Test("An index that does not heed the time asked for is an error, not an endless walk.")
    func refusesDeafIndex() async throws {
        let first = SmallIndex(entries: Array(SmallIndex.seven.entries[..<3]))
        let session = StubSession { _ in first.answer("https://registry.test/index") }
        await #expect(throws: WireError.self) { try await Walked.walk(session) }
        #expect(session.requests.count < 10)
    }
}
