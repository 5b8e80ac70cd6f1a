import CratesMiner
import Foundation
import MinerTestKit
import PackageMining
import Synchronization
import Testing

@Suite("The crates.io miner")
struct CratesConformanceTests {
    @Test("The crates.io miner keeps every promise", arguments: ConformancePromise.allCases)
    func conforms(to promise: ConformancePromise) async throws {
        try await Conformance { CratesFixture() }.check(promise)
    }
}

/// A small crates.io: a dump whose rows are in no order, one of them made in the second of another, and one twice
/// updated.
private final class CratesFixture: RegistryFixture {
    private struct State {
        var crates: [CrateRow] = []

        /// So many of the last crates are told; nil where all are.
        var told: Int?

        /// How often each crate's version is told, in a table behind that of the crates.
        var versions = 1

        /// How often the registry has changed: its dump is made so many days later.
        var changes = 0

        /// Ten seconds behind the last crate.
        var behindAll: Int { (crates.map(\.created).max() ?? 0) + 10_000_000 }

        mutating func tell(_ name: String, at created: Int? = nil, isReadable: Bool = true) {
            let (number, created) = (crates.count + 1, created ?? behindAll)
            crates.append(CrateRow(number: number, name: name, created: created, isReadable: isReadable))
        }
    }

    private let state = Mutex(State())
    private let raw = RawNames()

    init() {
        for number in 1...6 { change { $0.tell("crate-\(number)") } }
        change { state in
            let created = state.behindAll
            state.tell("same-second-b", at: created + 500_000)
            state.tell("same-second-a", at: created + 1)
            for name in ["at-once-b", "at-once-a"] { state.tell(name, at: created + 700_000) }
        }
    }

    private func change(_ body: (inout State) -> Void) {
        state.withLock { state in
            body(&state)
            state.changes += 1
        }
    }

    func miner(at baseURL: String) -> CratesMiner { CratesMiner(dumpURL: baseURL + "/db-dump.tar.gz") }

    func kind(of request: LoopbackRequest) -> RequestKind { .listing }

    func answer(to request: LoopbackRequest) -> LoopbackAnswer {
        guard request.path == "/db-dump.tar.gz" else { return .text(404, "no such file") }
        let state = state.withLock { $0 }
        let tag = "\"\(state.changes)-\(state.told ?? -1)\""
        var answer = LoopbackAnswer(200, headers: [Header("ETag", tag)], body: dump(of: state))
        answer.mayCompress = false
        return answer.conditional(on: request)
    }

    /// The tables in the order in which the registry packs them, their rows from the last to the first.
    private func dump(of state: State) -> [UInt8] {
        let told = state.crates.suffix(state.told ?? state.crates.count)
        let versions = (0..<state.versions).flatMap { _ in told.map { "\($0.number),1.0.\($0.number)\n" } }
        var archive = TarWriter()
        archive.addFile("dump/metadata.json", Array("{\"timestamp\":\"\(CrateRow.time(ofDay: state.changes))\"}".utf8))
        archive.addFile("dump/data/categories.csv", Array("category\nAlgorithms\n".utf8))
        archive.addFile("dump/data/crates.csv", put(CrateRow.header + told.reversed().map(\.csv).joined()))
        archive.addFile("dump/data/versions.csv", Array(("crate_id,num\n" + versions.joined()).utf8))
        archive.end()
        return gzip(archive.bytes)
    }

    private func put(_ text: String) -> [UInt8] { raw.put(into: LoopbackAnswer(200, body: Array(text.utf8))).body }

    var expected: [ExpectedRow] {
        state.withLock { $0 }.crates.filter { $0.isReadable && !RawNames.isOne($0.name) }
            .sorted { ($0.created, $0) < ($1.created, $1) }.map(\.expected)
    }

    func grow() { _ = add(names: ["new-1", "new-2", "new-3"]) }

    func add(names: [String]) -> Bool {
        change { state in names.forEach { state.tell($0, isReadable: !$0.isEmpty) } }
        return true
    }

    func add(rawNames: [[UInt8]]) -> Bool { add(names: raw.add(rawNames)) }

    func add(namesWithinSecond names: [String]) -> Bool {
        change { state in
            let first = state.behindAll
            for (number, name) in names.enumerated() { state.tell(name, at: first + number) }
        }
        return true
    }

    func addUnreadableEntry() -> Bool {
        change { $0.tell("", isReadable: false) }
        return true
    }

    func repeatEntries(_ times: Int) -> Bool {
        change { $0.versions = times }
        return true
    }

    var isListedWhole: Bool { true }

    func shrink(to count: Int?) -> Bool {
        change { $0.told = count }
        return true
    }

    func remove(_ name: String) -> Bool { change(name) { $0.isRemoved = true } }

    func change(_ name: String) -> Bool { change(name) { $0.publications += 1 } }

    private func change(_ name: String, _ body: (inout CrateRow) -> Void) -> Bool {
        var isThere = false
        change { state in
            guard let index = state.crates.firstIndex(where: { $0.name.utf8.elementsEqual(name.utf8) }) else { return }
            body(&state.crates[index])
            isThere = true
        }
        return isThere
    }
}

private struct CrateRow: Comparable {
    let number: Int
    let name: String

    /// When the crate was made, in microseconds of the year 2015.
    let created: Int

    /// Whether it has what it must have.
    let isReadable: Bool
    var publications = 1
    var isRemoved = false

    static let header = "created_at,description,homepage,id,name,readme,repository\n"

    var csv: String {
        if isRemoved { return "" }
        let fields = [
            time, "crate, the \(number)th", homepage ?? "", String(number), name, "# Crate\r\n\n\"\(number)\"",
            repository,
        ]
        let quoted = fields.map { $0.isEmpty ? "" : "\"\($0.replacing("\"", with: "\"\""))\"" }
        return quoted.joined(separator: ",") + "\n"
    }

    private var homepage: String? { number % 3 == 0 ? nil : "https://home.test/\(number)?a,b&p=\(publications)" }
    private var repository: String { number % 5 == 0 ? "" : "https://git.test/\(number)/\(publications)" }

    /// Without the zeros at the end of its fraction.
    private var time: String {
        let fraction = String(String(1_000_000 + created % 1_000_000).dropFirst())
        let digits = fraction.reversed().drop { $0 == "0" }.reversed()
        return Self.second(created / 1_000_000).replacing("T", with: " ") + (digits.isEmpty ? "" : ".") + digits + "+00"
    }

    static func time(ofDay day: Int) -> String { second(day * 24 * 60 * 60) + ".000000001Z" }

    private static func second(_ second: Int) -> String {
        String(Date(timeIntervalSince1970: 1_420_070_400 + Double(second)).ISO8601Format().dropLast())
    }

    var expected: ExpectedRow {
        ExpectedRow(
            name, homepage: homepage, repository: repository.isEmpty ? nil : repository,
            outcome: isRemoved ? .withdrawn : nil)
    }

    /// In the order of their names' UTF-8.
    static func < (a: CrateRow, b: CrateRow) -> Bool { a.name.utf8.lexicographicallyPrecedes(b.name.utf8) }
}
