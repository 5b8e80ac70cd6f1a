import Foundation
import GoMiner
import MinerHarness
import PackageMining
import Testing

@Suite("What a walk of the module index cannot take")
struct IndexTroubleTests {
    @Test("A time that fills a page of the index is a gap, and the walk goes on behind it.")
    func reportsGaps() async throws {
        let walked = try await Walked.walk(StubSession(SmallIndex.seven.answer), limit: 2)
        #expect(walked.names == ["a.com/m0", "a.com/m1", "a.com/m2", "a.com/m4", "a.com/m5", "a.com/m6"])
        #expect(walked.problems.map(\.kind) == [.gap])
        #expect(walked.problems.map(\.subject) == ["2019-04-10T19:08:10.2Z"])
    }

    @Test("A gap is found too where the index makes smaller pages than it was asked for.")
    func reportsGapsOfSmallPages() async throws {
        var index = SmallIndex.seven
        index.largestPage = 3
        index = SmallIndex(
            entries: index.entries + (0..<2).map { _ in index.entries[6] }, largestPage: 2)
        let walked = try await Walked.walk(StubSession(index.answer))
        #expect(walked.problems.map(\.subject) == ["2019-04-10T19:08:10.2Z", "2019-04-10T19:08:12.000002Z"])
    }

    @Test("A time that fills a page at the end of a window is a gap too.")
    func reportsGapsAtBorders() async throws {
        let crowd = (0..<5).map { SmallIndex.Entry(path: "a.com/c\($0)", time: "2019-04-10T19:08:10Z") }
        let later = SmallIndex.Entry(path: "a.com/later", time: "2019-05-01T12:00:00Z")
        var index = SmallIndex(entries: crowd + [later])
        index.largestPage = 3
        let walked = try await Walked.walk(StubSession(index.answer))
        #expect(walked.names == ["a.com/c0", "a.com/c1", "a.com/c2"])
        #expect(walked.problems.map(\.subject) == ["2019-04-10T19:08:10Z"])
    }

    @Test("A line of the index that is no entry is named by where it stands, and the walk goes on.")
    func namesUnreadableLines() async throws {
        var index = SmallIndex.seven
        index.junk = [0: "{}", 1: "{\"Path\":\"a.com/x\"}", 3: "{not json", 5: ""]
        index.junk[6] = #"{"Path":"a.com/x","Version":"v1.0.0","Timestamp":"2019-13-41"}"#
        let walked = try await Walked.walk(StubSession(index.answer))
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
        "An answer that is no page of the index is a failed attempt, and never the end.",
        arguments: [
            "<html>\nbusy\n</html>\n", #"{"Path":"a.com/m","Version":"v1","Timestamp":"2019-04-10T19:08:10Z"}"#,
        ])
    func refusesForeignPages(body: String) async throws {
        let session = StubSession { _ in .text(body) }
        await #expect(throws: WireError.self) { try await Walked.walk(session) }
        #expect(session.requests.count == 3)
    }

    @Test("An entry of a time to come is a problem, and the others of its page are taken.")
    func namesFutureEntries() async throws {
        let future = SmallIndex.Entry(path: "a.com/future", time: "2099-01-01T00:00:00Z")
        let walked = try await Walked.walk(StubSession(SmallIndex(entries: SmallIndex.seven.entries + [future]).answer))
        #expect(walked.names.count == 7)
        #expect(Set(walked.problems.map(\.detail)) == ["its time is still to come"])
    }

    @Test("A page of entries that are all to come is a wrong clock.")
    func refusesFuturePages() async throws {
        let entries = (1...3).map { SmallIndex.Entry(path: "a.com/m\($0)", time: "2099-01-0\($0)T00:00:00Z") }
        for count in [2, 3] {
            let session = StubSession(SmallIndex(entries: Array(entries.prefix(count))).answer)
            await #expect(throws: WrongClock.self) { try await Walked.walk(session) }
        }
    }

    @Test("A clock that is behind the index is an error, not a short list.")
    func noticesWrongClocks() async throws {
        let miner = try GoMiner(indexURL: "https://registry.test/index")
        let span = miner.spans(of: RunFacts(began: Date(timeIntervalSince1970: 1e9)), after: [])[0]
        await #expect(throws: WrongClock.self) {
            try await miner.list(
                from: span, through: StubSession(SmallIndex.seven.answer),
                into: PageSink(mayFork: true, store: { _, _, _ in }, now: { Date(timeIntervalSince1970: 1e9) }))
        }
    }
}
