import EcosystemTemplates
import MinerTestKit
import Testing

@Suite("The TemplateDump miner")
struct TemplateDumpConformanceTests {
    @Test("The TemplateDump miner keeps every promise", arguments: ConformancePromise.allCases)
    func conforms(to promise: ConformancePromise) async throws {
        try await Conformance {
            try FolderFixture("fixtures/templatedump/registry") {
                TemplateDumpMiner(registryURL: "\($0)/packages.csv.gz")
            }
        }.check(promise)
    }
}
