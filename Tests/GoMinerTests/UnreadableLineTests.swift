import GoMiner
import MinerHarness
import PackageMining
import Testing

/// An index that holds lines which are no entries. Each stands at a time of its own all the same, by which it is told.
private struct BrokenIndex: Sendable {
    struct Line {
        let time: Int64
        let text: String
        var isEntry: Bool { text.contains("Path") }
    }

    let lines: [Line]

    /// Five hundred lines, one in eight of them broken, mostly in one of three ways; one in three at the time of the
    /// line before it, in one of three spellings.
    init(seed: UInt64) {
        var random = Chance(state: seed)
        var time: Int64 = 1_554_923_332_000_000_000
        lines = (0..<500).map { number in
            if Int.random(in: 0..<3, using: &random) > 0 { time += .random(in: 1...90_000_000, using: &random) * 1_000 }
            if Int.random(in: 0..<8, using: &random) == 0 {
                let broken = ["{", "{}", #"{"Version":"v1.0.0"}"#, "\(number)"].randomElement(using: &random)!
                return Line(time: time, text: broken)
            }
            // The same entry more than once now and then.
            let path = "a.com/m\(number / 2)"
            return Line(
                time: time, text: #"{"Path":"\#(path)","Version":"v1.0.0","Timestamp":"\#(spelled(time, &random))"}"#)
        }
    }

    func answer(_ url: String) -> Response {
        let query = url.split(separator: "?")[1].split(separator: "&").map { $0.split(separator: "=") }
        func value(_ name: String) -> String? {
            query.first { $0[0] == name }.map { String($0[1]).replacing("%2B", with: "+") }
        }
        let since = value("since").flatMap { IndexTime($0.utf8)?.nanoseconds } ?? .min
        let page = lines.drop { $0.time < since }.prefix(Int(value("limit")!)!)
        return .text(page.map { $0.text + "\n\n" }.joined())
    }

    var brokenCount: Int { lines.count { !$0.isEntry } }
}

/// https://prng.di.unimi.it/splitmix64.c
private struct Chance: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

private func spelled(_ time: Int64, _ random: inout Chance) -> String {
    let hours = [0, 2, -7].randomElement(using: &random)!
    if hours == 0 { return IndexTime(nanoseconds: time).text }
    let local = IndexTime(nanoseconds: time + Int64(hours) * 3_600_000_000_000).text.dropLast()
    return local + (hours > 0 ? "+02:00" : "-07:00")
}

@Suite("Lines of the index that are no entries")
struct UnreadableLineTests {
    private struct Row: Hashable, Comparable {
        let key: String
        let subject: String
        let detail: String

        static func < (a: Row, b: Row) -> Bool { a.key < b.key }
    }

    /// The rows of the problems file: the first of each key.
    private func rows(_ problems: [Problem]) -> [Row] {
        var seen: Set<String> = []
        return problems.filter { seen.insert($0.key).inserted }
            .map { Row(key: $0.key, subject: $0.subject, detail: $0.detail) }.sorted()
    }

    @Test(
        "each is named once, by the same place whatever the page size and wherever windows begin",
        arguments: Array(1...12) as [UInt64])
    func placesLines(seed: UInt64) async throws {
        let index = BrokenIndex(seed: seed)
        let whole = rows(try await Walked.walk(StubSession(index.answer)).problems)
        #expect(whole.count == index.brokenCount)
        for limit in [40, 57, 100, 499] {
            for mayFork in [false, true] {
                let walked = try await Walked.walk(StubSession(index.answer), limit: limit, mayFork: mayFork)
                #expect(rows(walked.problems) == whole, "pages of \(limit)")
            }
        }
    }

    @Test("a run and its update name what one run over all names", arguments: Array(1...12) as [UInt64])
    func placesLinesOfUpdates(seed: UInt64) async throws {
        let index = BrokenIndex(seed: seed)
        let whole = rows(try await Walked.walk(StubSession(index.answer)).problems)
        let middle = IndexTime(nanoseconds: index.lines[250].time).text
        let first = try await Walked.walk(StubSession(index.answer), limit: 60, mayFork: true, began: middle)
        let second = try await Walked.walk(StubSession(index.answer), limit: 60, after: [try #require(first.last)])
        #expect(rows(first.problems + second.problems) == whole)
    }

    @Test("those behind a gap are counted on from what it showed, and those at the end from the last entry")
    func placesLinesAtEdges() async throws {
        let crowd = String(
            repeating: #"{"Path":"a.com/c","Version":"v1","Timestamp":"2019-04-10T19:08:10Z"}"# + "\n", count: 3)
        let session = StubSession { url in
            if url.contains("10.000001") {
                return .text("{\n" + #"{"Path":"a.com/d","Version":"v1","Timestamp":"2019-04-10T19:08:12Z"}"# + "\n{\n")
            }
            if url.contains("12Z") {
                return .text(#"{"Path":"a.com/d","Version":"v1","Timestamp":"2019-04-10T19:08:12Z"}"# + "\n{\n")
            }
            return .text(url.contains("12.000001") ? "" : crowd)
        }
        let walked = try await Walked.walk(session, limit: 3)
        #expect(walked.names == ["a.com/c", "a.com/c", "a.com/c", "a.com/d"])
        #expect(
            rows(walked.problems.filter { $0.kind == .unreadable }).map(\.subject) == [
                "2019-04-10T19:08:10Z, line 4", "2019-04-10T19:08:12Z, line 2",
            ])
        #expect(walked.problems.filter { $0.kind == .gap }.map(\.subject) == ["2019-04-10T19:08:10Z"])
    }
}
