import Foundation
import MinerTestKit
import PackageMining
import Synchronization
import Testing

@Suite("The example miner")
struct CrumbConformanceTests {
    @Test("keeps every promise", arguments: ConformancePromise.allCases)
    func conforms(to promise: ConformancePromise) async throws {
        try await Conformance { CrumbFixture() }.check(promise)
    }
}

/// The Crumb registry: `/packages?after=ID` lists, `/packages/NAME` tells of one.
private final class CrumbFixture: RegistryFixture {
    private struct Listed: Encodable {
        let id: Int
        let name: String
    }

    private let names = Mutex((1...10).map { "crumb-\($0)" })
    private let pageSize = Mutex(4)
    private let raw = RawNames()

    /// How often all packages are listed, one time behind the other.
    private let repetitions = Mutex(1)

    func miner(at baseURL: String) -> CrumbMiner { CrumbMiner(url: baseURL) }

    func kind(of request: LoopbackRequest) -> RequestKind { request.query("after") == nil ? .lookUp() : .listing }

    func answer(to request: LoopbackRequest) -> LoopbackAnswer {
        let names = names.withLock { $0 }
        if let after = request.query("after").flatMap(Int.init) {
            let last = min(after + pageSize.withLock { $0 }, names.count * repetitions.withLock { $0 })
            return raw.put(
                into: json((after..<max(after, last)).map { Listed(id: $0 + 1, name: names[$0 % names.count]) }))
        }
        let name = request.decodedPath.unicodeScalars.dropFirst("/packages/".unicodeScalars.count)
        guard let id = names.firstIndex(where: { $0.unicodeScalars.elementsEqual(name) }) else {
            return .text(404, "none")
        }
        return json(["homepage": "https://crumbs.test/\(id)", "repository": "https://git.test/\(id)"])
    }

    var expected: [ExpectedRow] {
        names.withLock { $0 }.enumerated().filter { !RawNames.isOne($0.element) }.map {
            // No URL can hold these.
            [".", ".."].contains($0.element)
                ? ExpectedRow($0.element, outcome: .invalidName)
                : ExpectedRow(
                    $0.element, homepage: "https://crumbs.test/\($0.offset)",
                    repository: "https://git.test/\($0.offset)")
        }
    }

    func grow() { _ = add(names: ["new-1", "new-2", "new-3"]) }

    var pageSizes: [Int] { [1, 2, 3] }
    func setPageSize(_ size: Int) { pageSize.withLock { $0 = size } }

    func add(names: [String]) -> Bool {
        self.names.withLock { $0 += names.filter { !$0.isEmpty } }
        return true
    }

    func add(rawNames: [[UInt8]]) -> Bool { add(names: raw.add(rawNames)) }

    func repeatEntries(_ times: Int) -> Bool {
        repetitions.withLock { $0 = times }
        return true
    }

    func emptyPage(for request: LoopbackRequest) -> LoopbackAnswer? { .json("[]") }

    private func json(_ value: some Encodable) -> LoopbackAnswer {
        .json(String(decoding: (try? JSONEncoder().encode(value)) ?? Data(), as: UTF8.self))
    }
}
