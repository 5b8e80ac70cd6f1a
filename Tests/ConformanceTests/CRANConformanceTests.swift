import CRANMiner
import Foundation
import MinerHarness
import MinerTestKit
import PackageMining
import Synchronization
import Testing

@Suite("The CRAN miner")
struct CRANConformanceTests {
    @Test("The CRAN miner keeps every promise", arguments: ConformancePromise.allCases)
    func conforms(to promise: ConformancePromise) async throws {
        try await Conformance { CRANFixture() }.check(promise)
    }
}

/// A small mirror of CRAN: a table with names of columns that come twice, and two rows of each recommended package.
private final class CRANFixture: RegistryFixture {
    private struct Row: Sendable {
        var name: [UInt8]?
        var url: String
        let listing: Int
        var isRemoved = false
    }

    private let rows = Mutex<[Row]>([])

    /// How often the registry has grown.
    private let listing = Mutex(0)

    /// So many of the last packages are told; nil where all are.
    private let told = Mutex<Int?>(nil)

    init() { _ = add(names: ["Matrix", "abind", "ash", "boot", "MASS", "class", "zoo", "DBI", "R6", "A3"]) }

    func miner(at baseURL: String) -> CRANMiner { CRANMiner(mirrorURL: baseURL + "/") }

    func kind(of request: LoopbackRequest) -> RequestKind { .listing }

    func answer(to request: LoopbackRequest) -> LoopbackAnswer {
        guard request.target == "/web/packages/packages.rds" else { return .text(404, "no such file") }
        let count = told.withLock { $0 } ?? .max
        let rows = rows.withLock { $0.filter { !$0.isRemoved }.suffix(count) }
        // Those of a second row have other addresses in it.
        let again = rows.filter { $0.name != nil && $0.url.hasSuffix("4") }.map {
            Row(name: $0.name, url: "https://again.test", listing: 0)
        }
        let all = rows + again
        let columns: [(name: String, texts: [[UInt8]?])] = [
            ("Package", all.map(\.name)), ("MD5sum", all.map { _ in Array("00".utf8) }),
            ("URL", all.map { Array("<\($0.url)>,\nhttps://other.test/ (devel)".utf8) }),
            ("MD5sum", all.map { _ in nil }), ("URL", all.map { _ in Array("https://second.test/".utf8) }),
        ]
        return LoopbackAnswer(200, body: gzip(RDSWriter(columns).bytes))
    }

    /// In the order of their names' bytes, as far as they came together.
    var expected: [ExpectedRow] {
        let named = rows.withLock { $0 }.compactMap { row in
            row.name.flatMap { String(validating: $0, as: UTF8.self) }.map { (name: $0, row: row) }
        }
        let ordered = named.filter { !$0.name.isEmpty }.sorted {
            if $0.row.listing != $1.row.listing { return $0.row.listing < $1.row.listing }
            return $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
        }
        return ordered.map {
            $0.row.isRemoved ? ExpectedRow($0.name, outcome: .withdrawn) : ExpectedRow($0.name, homepage: $0.row.url)
        }
    }

    func grow() {
        listing.withLock { $0 += 1 }
        _ = add(names: ["zzz", "aaa", "Mmm"])
    }

    private func tell(_ name: [UInt8]?) -> Bool {
        let listing = listing.withLock { $0 }
        rows.withLock { $0.append(Row(name: name, url: "https://home.test/\($0.count)", listing: listing)) }
        return true
    }

    func add(names: [String]) -> Bool { names.allSatisfy { tell(Array($0.utf8)) } }

    func add(rawNames: [[UInt8]]) -> Bool { rawNames.allSatisfy(tell) }

    func addUnreadableEntry() -> Bool { tell(nil) }

    private func edit(_ name: String, _ edit: @Sendable (inout Row) -> Void) -> Bool {
        rows.withLock { rows in
            guard let index = rows.firstIndex(where: { $0.name == Array(name.utf8) }) else { return false }
            edit(&rows[index])
            return true
        }
    }

    func remove(_ name: String) -> Bool { edit(name) { $0.isRemoved = true } }

    func change(_ name: String) -> Bool { edit(name) { $0.url += "changed" } }

    func shrink(to count: Int?) -> Bool {
        told.withLock { $0 = count }
        return true
    }

    var isListedWhole: Bool { true }
}
