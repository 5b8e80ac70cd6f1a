import MinerTestKit
import Testing

@Suite("The example miner")
struct CrumbConformanceTests {
    @Test("The example miner keeps every promise", arguments: ConformancePromise.allCases)
    func conforms(to promise: ConformancePromise) async throws {
        try await Conformance { try FolderFixture("fixtures/crumb") { CrumbMiner(url: $0) } }.check(promise)
    }
}
