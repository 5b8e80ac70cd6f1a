import EcosystemTemplates
import MinerTestKit
import Testing

@Suite("The TemplatePages miner")
struct TemplatePagesConformanceTests {
    @Test("The TemplatePages miner keeps every promise", arguments: ConformancePromise.allCases)
    func conforms(to promise: ConformancePromise) async throws {
        try await Conformance {
            try FolderFixture("fixtures/templatepages/registry") { TemplatePagesMiner(registryURL: $0) }
        }.check(promise)
    }
}
