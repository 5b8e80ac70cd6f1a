import EcosystemTemplates
import MinerTestKit
import PackageMining
import Synchronization
import Testing

@Suite("The TemplatePages miner")
struct TemplatePagesConformanceTests {
    @Test("keeps every promise", arguments: ConformancePromise.allCases)
    func conforms(to promise: ConformancePromise) async throws {
        try await Conformance { TemplatePagesFixture() }.check(promise)
    }
}

/// A small TemplatePages registry: say where its form comes from.
private final class TemplatePagesFixture: RegistryFixture {
    private let names = Mutex((1...10).map { "package-\($0)" })
    private let pageSize = Mutex(3)

    func miner(at baseURL: String) -> TemplatePagesMiner { TemplatePagesMiner(registryURL: baseURL) }

    func kind(of request: LoopbackRequest) -> RequestKind {
        .listing
    }

    func answer(to request: LoopbackRequest) -> LoopbackAnswer {
        .text(501, "say how TemplatePages answers to \(request.target)")
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

    var pageSizes: [Int] { [2, 3, 5] }
    func setPageSize(_ size: Int) { pageSize.withLock { $0 = size } }

    func emptyPage(for request: LoopbackRequest) -> LoopbackAnswer? { .json("[]") }
}
