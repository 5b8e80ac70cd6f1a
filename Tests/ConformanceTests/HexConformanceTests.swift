import Foundation
import HexMiner
import MinerHarness
import MinerTestKit
import PackageMining
import Synchronization
import Testing

@Suite("The Hex miner")
struct HexConformanceTests {
    @Test("The Hex miner keeps every promise", arguments: ConformancePromise.allCases)
    func conforms(to promise: ConformancePromise) async throws {
        try await Conformance { HexFixture() }.check(promise)
    }
}

/// A small hex.pm: packages by the time of their last change, of which four changed at once and fill more than a page
/// (hexpm's `repository/package.ex` and `package_view.ex`).
private final class HexFixture: RegistryFixture {
    private let rows = Mutex<[HexFixtureRow]>([])
    private let pageSize = Mutex(3)
    private let kept = Mutex<Int?>(nil)

    init() {
        for number in 0..<3 { tell("only_named_\(number)", at: number, .lost) }
        for number in 0..<5 { tell("package_\(number)") }
        let together = behindAll
        for name in ["at_once_d", "at_once_b", "at_once_a", "at_once_c"] { tell(name, at: together) }
        tell("last")
    }

    /// Ten seconds behind the last change.
    private var behindAll: Int { rows.withLock { ($0.map(\.changed).max() ?? 0) + 10_000_000 } }

    private func tell(
        _ name: String, at place: Int? = nil, _ form: HexFixtureRow.Form = .twoLinks
    ) {
        let place = place ?? behindAll
        rows.withLock { $0.append(HexFixtureRow(name: name, first: place, changed: place, form: form)) }
    }

    func miner(at baseURL: String) -> HexMiner { HexMiner(apiURL: baseURL + "/api", namesURL: baseURL + "/names") }

    func kind(of request: LoopbackRequest) -> RequestKind {
        if request.path == "/names" { return .listing("names") }
        return request.query("search") == nil ? .lookUp() : .listing
    }

    var pace: Pace? { Pace(perMinute: 100) }

    /// Any other offset than Z drops the filter and the order.
    func answer(to request: LoopbackRequest) -> LoopbackAnswer {
        if request.path == "/names" { return names }
        if request.query("search") == nil {
            let row = rows.withLock { $0 }.first {
                urlSegment($0.name).map { request.path.hasSuffix("/\($0)") } == true
            }
            return row.map { .json($0.json) } ?? .text(404, "{}")
        }
        let search = request.query("search") ?? ""
        let after = search.hasPrefix("updated_after:") ? String(search.dropFirst(14)) : ""
        let rows = rows.withLock { $0 }
        let asked =
            after.hasSuffix("Z")
            ? rows.filter { $0.time >= after && ![.lost, .removed].contains($0.form) }.sorted {
                ($0.changed, $0.name) < ($1.changed, $1.name)
            }
            : rows.sorted { $0.name < $1.name }
        let size = pageSize.withLock { $0 }
        let kept = kept.withLock { $0 } ?? rows.count
        let before = ((request.query("page").flatMap(Int.init) ?? 1) - 1) * size
        return .json("[\(asked.suffix(kept).dropFirst(before).prefix(size).map(\.json).joined(separator: ","))]")
    }

    var expected: [ExpectedRow] {
        rows.withLock { $0 }.filter { $0.form != .unreadable }.sorted { ($0.first, $0.name) < ($1.first, $1.name) }
            .map { row in
                row.form == .removed
                    ? ExpectedRow(row.name, outcome: .withdrawn)
                    : ExpectedRow(row.name, homepage: row.homepage, repository: row.repository)
            }
    }

    private var names: LoopbackAnswer {
        let names = rows.withLock { $0 }.filter { $0.form != .unreadable && $0.form != .removed }.map(\.name)
        let kept = kept.withLock { $0 } ?? names.count
        return LoopbackAnswer(
            200, headers: [Header("Content-Type", "application/octet-stream")],
            body: Protobuf.hexNames(names.suffix(kept)))
    }

    func shrink(to count: Int?) -> Bool {
        kept.withLock { $0 = count }
        return true
    }

    func remove(_ name: String) -> Bool {
        rows.withLock { rows in
            guard let index = rows.firstIndex(where: { $0.name.utf8.elementsEqual(name.utf8) }) else { return false }
            rows[index].form = .removed
            return true
        }
    }

    func grow() { _ = add(names: ["new_1", "new_2", "new_3"]) }

    var pageSizes: [Int] { [1, 2, 5] }
    func setPageSize(_ size: Int) { pageSize.withLock { $0 = size } }

    func add(names: [String]) -> Bool {
        for name in names { tell(name) }
        return true
    }

    func add(namesWithinSecond names: [String]) -> Bool {
        let first = behindAll
        for (number, name) in names.enumerated() { tell(name, at: first + number) }
        return true
    }

    func add(namesWithManyLinks names: [String]) -> Bool {
        for (number, name) in names.enumerated() { tell(name, number % 2 == 0 ? .manyLinks : .otherLinks) }
        return true
    }

    func change(_ name: String) -> Bool {
        let now = behindAll
        return rows.withLock { rows in
            guard let index = rows.firstIndex(where: { $0.name.utf8.elementsEqual(name.utf8) }) else { return false }
            rows[index].changed = now
            if rows[index].form == .lost { rows[index].form = .twoLinks }
            return true
        }
    }

    func addUnreadableEntry() -> Bool {
        tell("unreadable", .unreadable)
        return true
    }

    func emptyPage(for request: LoopbackRequest) -> LoopbackAnswer? { .json("[]") }
}

private struct HexFixtureRow: Sendable {
    enum Form: Sendable { case twoLinks, manyLinks, otherLinks, unreadable, lost, removed }

    let name: String

    /// When it was told first, and when it changed last, in microseconds of the year 2020.
    let first: Int
    var changed: Int
    var form: Form

    /// With six digits of a second, as the registry writes it.
    var time: String {
        let second = Date(timeIntervalSince1970: 1_577_836_800 + Double(changed / 1_000_000)).ISO8601Format()
        return "\(second.dropLast()).\(String(String(1_000_000 + changed % 1_000_000).dropFirst()))Z"
    }

    var homepage: String { "https://home.test/\(changed)" }
    var repository: String { "https://git.test/\(changed)" }

    private var links: String {
        switch form {
        case .twoLinks, .unreadable, .lost, .removed: #"{"GitHub":"\#(repository)","Website":"\#(homepage)"}"#
        case .manyLinks:
            #"{"Docs":"https://d","GitHub":"https://g","Homepage":"\#(homepage)","Repository":"\#(repository)"}"#
        case .otherLinks:
            #"{"Website":"https://w","source code":"\#(repository)","Home":"\#(homepage)","Gitlab":"https://l"}"#
        }
    }

    var json: String {
        let name = String(decoding: (try? JSONEncoder().encode(name)) ?? Data(), as: UTF8.self)
        let meta = form == .unreadable ? "null" : #"{"links":\#(links)}"#
        return """
            {"name":\(name),"repository":"hexpm","updated_at":"\(time)","latest_version":"1.0.\(changed)","meta":\(meta)}
            """
    }
}
