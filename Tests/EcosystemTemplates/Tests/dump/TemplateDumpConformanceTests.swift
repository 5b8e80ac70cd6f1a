import EcosystemTemplates
import MinerTestKit
import PackageMining
import Synchronization
import Testing

@Suite("The TemplateDump miner")
struct TemplateDumpConformanceTests {
    @Test("keeps every promise", arguments: ConformancePromise.allCases)
    func conforms(to promise: ConformancePromise) async throws {
        try await Conformance { TemplateDumpFixture() }.check(promise)
    }
}

/// A small TemplateDump registry: say where its form comes from.
private final class TemplateDumpFixture: RegistryFixture {
    private let names = Mutex((1...10).map { "package-\($0)" })

    /// So many of the last packages are told; nil where all are.
    private let told = Mutex<Int?>(nil)

    func miner(at baseURL: String) -> TemplateDumpMiner { TemplateDumpMiner(registryURL: baseURL) }

    func kind(of request: LoopbackRequest) -> RequestKind {
        .listing
    }

    func answer(to request: LoopbackRequest) -> LoopbackAnswer {
        .text(501, "say how TemplateDump answers to \(request.target)")
    }

    var expected: [ExpectedRow] {
        names.withLock { $0 }.map {
            ExpectedRow($0, homepage: "https://home.test/\($0)", repository: "https://git.test/\($0)")
        }
    }

    func grow() { _ = add(names: ["new-1", "new-2", "new-3"]) }

    func add(names: [String]) -> Bool {
        self.names.withLock { $0 += names }
        return true
    }

    var isListedWhole: Bool { true }

    func shrink(to count: Int?) -> Bool {
        told.withLock { $0 = count }
        return true
    }
}
