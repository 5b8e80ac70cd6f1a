import Foundation
import GoMiner
import MinerHarness
import PackageMining
import Testing

@Suite("What a walk of the module index takes")
struct IndexWalkTests {
    @Test(
        "A walk takes each entry of the index once, at every page size that can hold the entries of one time.",
        arguments: [4, 5, 7, 2_000])
    func takesEachOnce(limit: Int) async throws {
        let walked = try await Walked.walk(StubSession(SmallIndex.seven.answer), limit: limit)
        #expect(walked.names == (0..<7).map { "a.com/m\($0)" })
        #expect(walked.problems == [])
    }

    @Test("An entry with the time of the last one taken is read too.")
    func keepsNeighbours() async throws {
        let index = SmallIndex(entries: Array(SmallIndex.seven.entries[..<3]))
        let walked = try await Walked.walk(StubSession(index.answer), limit: 2)
        #expect(walked.names == ["a.com/m0", "a.com/m1", "a.com/m2"])
    }

    @Test("A walk that gives windows away takes the same entries, in as many requests.")
    func forks() async throws {
        let entries = (0..<5_000).map {
            SmallIndex.Entry(
                path: "a.com/m\($0)",
                time: IndexTime(nanoseconds: 1_554_923_332_000_000_000 + Int64($0) * 330_000_000_000).text)
        }
        let session = StubSession(SmallIndex(entries: entries).answer)
        let walked = try await Walked.walk(session, limit: 100, mayFork: true)
        #expect(walked.names.sorted() == entries.map(\.path).sorted())
        #expect(walked.problems == [])
        #expect(session.requests.count > 50 && session.requests.count < 80)
        // Of all windows one alone has an end that no entry closes.
        #expect(session.failures.filter { $0 > 0 } == [1, 1, 2, 2, 3])
    }

    @Test("A window is split where the index has entries, however long the index has been quiet since.")
    func forksBeforeQuiet() async throws {
        let entries = (0..<5_000).map {
            SmallIndex.Entry(
                path: "a.com/m\($0)",
                time: IndexTime(nanoseconds: 1_554_923_332_000_000_000 + Int64($0) * 1_000_000).text)
        }
        let session = StubSession(SmallIndex(entries: entries).answer)
        let walked = try await Walked.walk(session, limit: 100, mayFork: true, began: "2026-11-01T00:00:00Z")
        #expect(walked.names.sorted() == entries.map(\.path).sorted())
        let probes = session.requests.count { $0.hasSuffix("&limit=1") }
        #expect(session.requests.count < 50 + 7 + probes + 20 && probes < 60, "\(session.requests.count), \(probes)")
    }

    @Test("The time of the last entry goes back to the index digit for digit.")
    func sendsDigits() async throws {
        let walked = try await Walked.walk(StubSession(SmallIndex.seven.answer), limit: 5)
        #expect(
            walked.asked == [
                "https://registry.test/index?limit=5",
                "https://registry.test/index?since=2019-04-10T19:08:11Z&limit=5",
            ] + Array(repeating: "https://registry.test/index?since=2019-04-10T19:08:12.000002Z&limit=5", count: 6))
    }

    @Test(
        "A time with an offset goes back as the index spelled it, its `+` escaped, and is the same time as another's.")
    func sendsOffsets() async throws {
        let spelled = ["21:08:10.1+02:00", "21:08:10.2+02:00", "12:08:10.2-07:00", "19:08:10.2Z", "21:08:11+02:00"]
        let index = SmallIndex(
            entries: spelled.enumerated().map {
                SmallIndex.Entry(path: "a.com/m\($0.offset)", time: "2019-04-10T\($0.element)")
            })
        let walked = try await Walked.walk(StubSession(index.answer), limit: 4)
        #expect(walked.names == (0..<5).map { "a.com/m\($0)" })
        #expect(walked.problems == [])
        #expect(
            walked.asked.prefix(3) == [
                "https://registry.test/index?limit=4",
                "https://registry.test/index?since=2019-04-10T19:08:10.2Z&limit=4",
                "https://registry.test/index?since=2019-04-10T21:08:11%2B02:00&limit=4",
            ])
    }

    @Test("Entries of the index that are out of order are all taken, once.")
    func takesUnsorted() async throws {
        let index = SmallIndex(entries: [6, 2, 4, 0, 1, 3, 5].map { SmallIndex.seven.entries[$0] })
        let walked = try await Walked.walk(StubSession(index.answer))
        #expect(walked.names.sorted() == (0..<7).map { "a.com/m\($0)" })
    }

    @Test("An entry far ahead of the others, or of the run, takes nothing along.")
    func passesOutliers() async throws {
        for outlier in ["2019-04-20T00:00:00Z", "2019-05-01T00:01:00Z"] {
            var entries = SmallIndex.seven.entries
            entries.insert(SmallIndex.Entry(path: "a.com/ahead", time: outlier), at: 3)
            let walked = try await Walked.walk(StubSession(SmallIndex(entries: entries).answer), limit: 5)
            let names = Set(walked.names.filter { $0 != "a.com/ahead" })
            #expect(names == Set(SmallIndex.seven.entries.map(\.path)), "\(outlier)")
        }
    }

    @Test("A walk ends where its run began, and what came later is left to the next run.")
    func leavesLaterEntries() async throws {
        let walked = try await Walked.walk(StubSession(SmallIndex.seven.answer), began: "2019-04-10T19:08:11Z")
        #expect(walked.names == (0..<4).map { "a.com/m\($0)" })
    }

    @Test("An update goes on a little before the last entry that was taken.")
    func updates() async throws {
        let first = try await Walked.walk(StubSession(SmallIndex.seven.answer))
        let second = try await Walked.walk(StubSession(SmallIndex.seven.answer), after: [try #require(first.last)])
        #expect(second.asked.first == "https://registry.test/index?since=2019-04-10T18:58:12.000002Z&limit=2000")
        #expect(second.asked.count == 7)
    }

    @Test("Names and versions that run into each other are two entries of the index.")
    func tellsIdentitiesApart() async throws {
        let lines = [("a@v1", "v2"), ("a", "v1@v2")].map { path, version in
            #"{"Path":"\#(path)","Version":"\#(version)","Timestamp":"2019-04-10T19:08:10Z"}"# + "\n"
        }
        let session = StubSession { url in
            if url.contains("10.000001") { return .text("") }
            return .text(url.contains("since") ? lines.joined() : lines[0])
        }
        #expect(try await Walked.walk(session).names == ["a@v1", "a"])
    }

    @Test("A cursor of the index reads back as it was written, name by name and byte by byte.")
    func codesCursors() throws {
        var cursor = IndexCursor(since: "2019-04-10T19:08:10.2Z", end: IndexTime(nanoseconds: 5))
        cursor.taken = ["a.com/é@v1.0.0", "a.com/e\u{301}@v1.0.0"]
        cursor.steppedOver = .init(time: "2019-04-10T19:08:10.2Z", count: 3)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let data = try encoder.encode(cursor)
        #expect(
            String(decoding: data, as: UTF8.self)
                == #"{"end":5,"fullPage":0,"lastPage":0,"nothingNew":0,"since":"2019-04-10T19:08:10.2Z","#
                + #""steppedOver":{"count":3,"time":"2019-04-10T19:08:10.2Z"},"#
                + "\"taken\":[\"a.com/é@v1.0.0\",\"a.com/e\u{301}@v1.0.0\"]}")
        let read = try JSONDecoder().decode(IndexCursor.self, from: data)
        #expect(read.taken.map { Array($0.utf8) } == cursor.taken.map { Array($0.utf8) })
        #expect(try encoder.encode(read) == data)
    }
}
