import Foundation
import GoMiner
import PackageMining
import Synchronization
import Testing

/// An index that answers by the real rules: inclusive `since`, a limit, the order of time.
struct SmallIndex: Sendable {
    struct Entry: Sendable {
        let path: String
        let time: String
    }

    let entries: [Entry]
    var largestPage = 2_000
    /// Lines that stand in front of the entry of that number.
    var junk: [Int: String] = [:]

    func answer(_ url: String) -> Response {
        let query = URLComponents(string: url)?.queryItems ?? []
        let since = query.first { $0.name == "since" }?.value.flatMap { IndexTime($0.utf8) }
        let limit = min(largestPage, query.first { $0.name == "limit" }?.value.flatMap(Int.init) ?? 2_000)
        let lines = entries.enumerated()
            .filter { since == nil || IndexTime($0.element.time.utf8)! >= since! }.prefix(limit)
            .map { index, entry in
                (junk[index].map { $0 + "\n" } ?? "")
                    + #"{"Path":"\#(entry.path)","Version":"v1.0.0","Timestamp":"\#(entry.time)"}"# + "\n"
            }
        return .text(lines.joined())
    }
}

@Suite("Walking the module index")
struct IndexWalkTests {
    private static let times = ["10.1Z", "10.2Z", "10.2Z", "10.2Z", "11Z", "12.000001Z", "12.000002Z"]
        .map { "2019-04-10T19:08:\($0)" }
    private static let index = SmallIndex(
        entries: times.enumerated().map { SmallIndex.Entry(path: "a.com/m\($0.offset)", time: $0.element) })

    private func walk(
        _ session: StubSession, limit: Int = 2_000, mayFork: Bool = false, after walked: [IndexCursor] = [],
        began: String = "2019-05-01T00:00:00Z"
    ) async throws -> Walked {
        try await Walked.walk(session, limit: limit, mayFork: mayFork, after: walked, began: began)
    }

    @Test(
        "each entry is taken once, at every page size that can hold the entries of one time",
        arguments: [4, 5, 7, 2_000])
    func takesEachOnce(limit: Int) async throws {
        let walked = try await walk(StubSession(Self.index.answer), limit: limit)
        #expect(walked.names == (0..<7).map { "a.com/m\($0)" })
        #expect(walked.problems == [])
    }

    @Test("a neighbour with the same timestamp is still unread")
    func keepsNeighbours() async throws {
        let index = SmallIndex(entries: Array(Self.index.entries[..<3]))
        let walked = try await walk(StubSession(index.answer), limit: 2)
        #expect(walked.names == ["a.com/m0", "a.com/m1", "a.com/m2"])
    }

    @Test("forking changes nothing in what is taken")
    func forks() async throws {
        let entries = (0..<5_000).map {
            SmallIndex.Entry(
                path: "a.com/m\($0)",
                time: IndexTime(nanoseconds: 1_554_923_332_000_000_000 + Int64($0) * 330_000_000_000).text)
        }
        let session = StubSession(SmallIndex(entries: entries).answer)
        let walked = try await walk(session, limit: 100, mayFork: true)
        #expect(walked.names.sorted() == entries.map(\.path).sorted())
        #expect(walked.problems == [])
        #expect(session.asked.count > 50 && session.asked.count < 80)
        // Of all windows one alone has an end that no entry closes.
        #expect(session.failures.filter { $0 > 0 } == [1, 1, 2, 2, 3])
    }

    @Test("a window is split where the index has entries, however long it has been quiet")
    func forksBeforeQuiet() async throws {
        let entries = (0..<5_000).map {
            SmallIndex.Entry(
                path: "a.com/m\($0)",
                time: IndexTime(nanoseconds: 1_554_923_332_000_000_000 + Int64($0) * 1_000_000).text)
        }
        let session = StubSession(SmallIndex(entries: entries).answer)
        let walked = try await walk(session, limit: 100, mayFork: true, began: "2026-11-01T00:00:00Z")
        #expect(walked.names.sorted() == entries.map(\.path).sorted())
        let probes = session.asked.count { $0.hasSuffix("&limit=1") }
        #expect(session.asked.count < 50 + 7 + probes + 20 && probes < 60, "\(session.asked.count), \(probes)")
    }

    @Test("the timestamp goes back digit for digit")
    func sendsDigits() async throws {
        let walked = try await walk(StubSession(Self.index.answer), limit: 5)
        #expect(
            walked.asked == [
                "https://registry.test/index?limit=5",
                "https://registry.test/index?since=2019-04-10T19:08:11Z&limit=5",
            ] + Array(repeating: "https://registry.test/index?since=2019-04-10T19:08:12.000002Z&limit=5", count: 6))
    }

    @Test("a time with an offset goes back as the index spelled it, its `+` escaped, and is the same time as another's")
    func sendsOffsets() async throws {
        let spelled = ["21:08:10.1+02:00", "21:08:10.2+02:00", "12:08:10.2-07:00", "19:08:10.2Z", "21:08:11+02:00"]
        let index = SmallIndex(
            entries: spelled.enumerated().map {
                SmallIndex.Entry(path: "a.com/m\($0.offset)", time: "2019-04-10T\($0.element)")
            })
        let walked = try await walk(StubSession(index.answer), limit: 4)
        #expect(walked.names == (0..<5).map { "a.com/m\($0)" })
        #expect(walked.problems == [])
        #expect(
            walked.asked.prefix(3) == [
                "https://registry.test/index?limit=4",
                "https://registry.test/index?since=2019-04-10T19:08:10.2Z&limit=4",
                "https://registry.test/index?since=2019-04-10T21:08:11%2B02:00&limit=4",
            ])
    }

    @Test("the end is asked for six times, after pauses that grow; a window that an entry closes is not")
    func pauses() async throws {
        let session = StubSession(Self.index.answer)
        _ = try await walk(session)
        // The page, and its last time six times.
        #expect(session.failures == [0, 0, 1, 1, 2, 2, 3])
        let later = SmallIndex(
            entries: Self.index.entries + [SmallIndex.Entry(path: "a.com/later", time: "2019-05-01T00:00:00Z")])
        let closed = StubSession(later.answer)
        _ = try await walk(closed)
        #expect(closed.failures == [0])
        let empty = StubSession { _ in .text("") }
        _ = try await walk(empty)
        #expect(empty.failures == [0, 1, 1, 2, 2, 3])
    }

    @Test("a time that fills a page is a gap, and the walk goes on behind it")
    func reportsGaps() async throws {
        let walked = try await walk(StubSession(Self.index.answer), limit: 2)
        #expect(walked.names == ["a.com/m0", "a.com/m1", "a.com/m2", "a.com/m4", "a.com/m5", "a.com/m6"])
        #expect(walked.problems.map(\.kind) == [.gap])
        #expect(walked.problems.map(\.subject) == ["2019-04-10T19:08:10.2Z"])
    }

    @Test("a gap is found too where the index makes smaller pages than it was asked for")
    func reportsGapsOfSmallPages() async throws {
        var index = Self.index
        index.largestPage = 3
        index = SmallIndex(
            entries: index.entries + (0..<2).map { _ in index.entries[6] }, largestPage: 2)
        let walked = try await walk(StubSession(index.answer))
        #expect(walked.problems.map(\.subject) == ["2019-04-10T19:08:10.2Z", "2019-04-10T19:08:12.000002Z"])
    }

    @Test("an empty answer is not believed at once")
    func asksTwice() async throws {
        let count = Mutex(0)
        let session = StubSession { url in
            let isFirst = count.withLock { count in
                count += 1
                return count == 1
            }
            return isFirst ? .text("") : Self.index.answer(url)
        }
        let walked = try await walk(session)
        #expect(walked.names.count == 7)
    }

    @Test("an empty index is an empty list, after six answers")
    func acceptsEmpty() async throws {
        let walked = try await walk(StubSession { _ in .text("") })
        #expect(walked.names == [])
        #expect(walked.asked.count == 6)
    }

    @Test("five empty answers in a row, wherever they come, take nothing from the list")
    func outlastsEmptyAnswers() async throws {
        let empties = Mutex<[String: Int]>([:])
        let session = StubSession { url in
            let times = empties.withLock { empties in
                empties[url, default: 0] += 1
                return empties[url, default: 0]
            }
            return times <= 5 ? .text("") : Self.index.answer(url)
        }
        let walked = try await walk(session, limit: 4)
        #expect(walked.names == (0..<7).map { "a.com/m\($0)" })
        #expect(walked.problems == [])
    }

    @Test("nothing for good where there was something before is an error, in a first run and in an update")
    func refusesForgetfulIndex() async throws {
        let first = try await walk(StubSession(Self.index.answer))
        let empty = StubSession { _ in .text("") }
        await #expect(throws: WireError.self) { try await walk(empty, after: [try #require(first.last)]) }
        #expect(empty.asked.count == 6)
        let forgetful = StubSession { url in url.contains("since") ? .text("") : Self.index.answer(url) }
        let error = await #expect(throws: WireError.self) { try await walk(forgetful, limit: 5) }
        #expect(
            error?.description
                == "malformed: the index has nothing from 2019-04-10T19:08:11Z on, where it had an entry "
                + "of 2019-04-10T19:08:11Z before (6 attempts)")
    }

    @Test("a line that is no entry is named by its place, and the walk goes on")
    func namesUnreadableLines() async throws {
        var index = Self.index
        index.junk = [0: "{}", 1: "{\"Path\":\"a.com/x\"}", 3: "{not json", 5: ""]
        index.junk[6] = #"{"Path":"a.com/x","Version":"v1.0.0","Timestamp":"2019-13-41"}"#
        let walked = try await walk(StubSession(index.answer))
        #expect(walked.names.count == 7)
        let lines = Set(walked.problems).sorted { $0.key < $1.key }
        #expect(
            lines.map(\.subject) == [
                "the beginning, line 1", "2019-04-10T19:08:10.1Z, line 2", "2019-04-10T19:08:10.2Z, line 3",
                "2019-04-10T19:08:12.000001Z, line 2",
            ])
        #expect(lines[1].detail == "Path, Version or Timestamp is missing")
        #expect(lines[2].detail.hasPrefix("no JSON: "))
        #expect(lines[3].detail == "Timestamp is \"2019-13-41\", not an RFC 3339 time from 1970 on")
    }

    @Test(
        "an answer that is no page of the index is a failed attempt, never the end",
        arguments: [
            "<html>\nbusy\n</html>\n", #"{"Path":"a.com/m","Version":"v1","Timestamp":"2019-04-10T19:08:10Z"}"#,
        ])
    func refusesForeignPages(body: String) async throws {
        let session = StubSession { _ in .text(body) }
        await #expect(throws: WireError.self) { try await walk(session) }
        #expect(session.asked.count == 3)
    }

    @Test("broken entries at the end of the index do not keep the walk from its end")
    func endsBehindBrokenEntries() async throws {
        let session = StubSession { url in
            url.contains("since") ? .text("{\"Path\":\n") : Self.index.answer(url)
        }
        let walked = try await walk(session)
        #expect(walked.names.count == 7)
        #expect(
            Set(walked.problems.map(\.subject)) == [
                "2019-04-10T19:08:12.000002Z, line 1", "2019-04-10T19:08:12.000002Z",
            ])
    }

    @Test("an index that does not heed the time asked for is an error, not an endless walk")
    func refusesDeafIndex() async throws {
        let first = SmallIndex(entries: Array(Self.index.entries[..<3]))
        let session = StubSession { _ in first.answer("https://registry.test/index") }
        await #expect(throws: WireError.self) { try await walk(session) }
        #expect(session.asked.count < 10)
    }

    @Test("entries out of order are all taken, once")
    func takesUnsorted() async throws {
        let index = SmallIndex(entries: [6, 2, 4, 0, 1, 3, 5].map { Self.index.entries[$0] })
        let walked = try await walk(StubSession(index.answer))
        #expect(walked.names.sorted() == (0..<7).map { "a.com/m\($0)" })
    }

    @Test("a window ends where the run began, and what came later is left to the next run")
    func leavesLaterEntries() async throws {
        let walked = try await walk(StubSession(Self.index.answer), began: "2019-04-10T19:08:11Z")
        #expect(walked.names == (0..<4).map { "a.com/m\($0)" })
    }

    @Test("an update goes on from the last entry taken, a little before it")
    func updates() async throws {
        let first = try await walk(StubSession(Self.index.answer))
        let second = try await walk(StubSession(Self.index.answer), after: [try #require(first.last)])
        #expect(second.asked.first == "https://registry.test/index?since=2019-04-10T18:58:12.000002Z&limit=2000")
        #expect(second.asked.count == 7)
    }

    @Test("a page cut behind what is known already is asked for again before its time is stepped over")
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
        let walked = try await walk(session, limit: 5)
        #expect(walked.names == entries.map(\.path))
        #expect(walked.problems == [])
    }

    @Test("a crowd at the end of a window is a gap too")
    func reportsGapsAtBorders() async throws {
        let crowd = (0..<5).map { SmallIndex.Entry(path: "a.com/c\($0)", time: "2019-04-10T19:08:10Z") }
        let later = SmallIndex.Entry(path: "a.com/later", time: "2019-06-01T00:00:00Z")
        var index = SmallIndex(entries: crowd + [later])
        index.largestPage = 3
        let walked = try await walk(StubSession(index.answer))
        #expect(walked.names == ["a.com/c0", "a.com/c1", "a.com/c2"])
        #expect(walked.problems.map(\.subject) == ["2019-04-10T19:08:10Z"])
    }

    @Test("entries that come while the end is asked for are no gap")
    func takesLatecomers() async throws {
        let asked = Mutex(0)
        let grown = SmallIndex(
            entries: [Self.index.entries[6], SmallIndex.Entry(path: "a.com/new", time: "2019-04-10T19:08:13Z")])
        let session = StubSession { url in
            let count = asked.withLock { asked in
                asked += 1
                return asked
            }
            return count <= 5 ? SmallIndex(entries: [Self.index.entries[6]]).answer(url) : grown.answer(url)
        }
        let walked = try await walk(session)
        #expect(walked.names == ["a.com/m6", "a.com/new"])
        #expect(walked.problems == [])
    }

    @Test("an entry out of order, ahead of the others or of the run, takes nothing along")
    func passesOutliers() async throws {
        for outlier in ["2019-04-20T00:00:00Z", "2019-05-01T00:01:00Z"] {
            var entries = Self.index.entries
            entries.insert(SmallIndex.Entry(path: "a.com/ahead", time: outlier), at: 3)
            let walked = try await walk(StubSession(SmallIndex(entries: entries).answer), limit: 5)
            let names = Set(walked.names.filter { $0 != "a.com/ahead" })
            #expect(names == Set(Self.index.entries.map(\.path)), "\(outlier)")
        }
    }

    @Test("one entry of a time to come is a problem; a page of them is a wrong clock")
    func namesFutureEntries() async throws {
        let future = SmallIndex.Entry(path: "a.com/future", time: "2099-01-01T00:00:00Z")
        let walked = try await walk(StubSession(SmallIndex(entries: Self.index.entries + [future]).answer))
        #expect(walked.names.count == 7)
        #expect(Set(walked.problems.map(\.detail)) == ["its time is still to come"])
    }

    @Test("names and versions that run into each other are two entries")
    func tellsIdentitiesApart() async throws {
        let lines = [("a@v1", "v2"), ("a", "v1@v2")].map { path, version in
            #"{"Path":"\#(path)","Version":"\#(version)","Timestamp":"2019-04-10T19:08:10Z"}"# + "\n"
        }
        let session = StubSession { url in
            if url.contains("10.000001") { return .text("") }
            return .text(url.contains("since") ? lines.joined() : lines[0])
        }
        #expect(try await walk(session).names == ["a@v1", "a"])
    }

    @Test("a clock that is behind the index is an error, not a short list")
    func noticesWrongClocks() async throws {
        let miner = try GoMiner(indexURL: "https://registry.test/index")
        let span = miner.spans(of: RunFacts(began: Date(timeIntervalSince1970: 1e9)), after: [])[0]
        await #expect(throws: WrongClock.self) {
            try await miner.list(
                from: span, through: StubSession(Self.index.answer),
                into: PageSink(mayFork: true, store: { _, _, _ in }, now: { Date(timeIntervalSince1970: 1e9) }))
        }
    }

    @Test("a cursor survives coding")
    func codesCursors() throws {
        var cursor = IndexCursor(since: "2019-04-10T19:08:10.2Z", end: IndexTime(nanoseconds: 5))
        cursor.taken = ["a.com/é@v1.0.0", "a.com/e\u{301}@v1.0.0"]
        cursor.steppedOver = .init(time: "2019-04-10T19:08:10.2Z", count: 3)
        let data = try JSONEncoder().encode(cursor)
        let read = try JSONDecoder().decode(IndexCursor.self, from: data)
        #expect(read.taken.map { Array($0.utf8) } == cursor.taken.map { Array($0.utf8) })
        #expect(try JSONEncoder().encode(read).count == data.count)
    }
}
