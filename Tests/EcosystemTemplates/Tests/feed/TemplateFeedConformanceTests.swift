import EcosystemTemplates
import MinerTestKit
import Testing

@Suite("The TemplateFeed miner")
struct TemplateFeedConformanceTests {
    @Test("The TemplateFeed miner keeps every promise", arguments: ConformancePromise.allCases)
    func conforms(to promise: ConformancePromise) async throws {
        try await Conformance {
            try FolderFixture("fixtures/templatefeed/registry") { TemplateFeedMiner(registryURL: $0) }
        }.check(promise)
    }
}
