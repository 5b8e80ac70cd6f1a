import CondaMiner
import MinerTestKit
import Testing

@Suite("The conda miner")
struct CondaConformanceTests {
    @Test("The conda miner keeps every promise", arguments: ConformancePromise.allCases)
    func conforms(to promise: ConformancePromise) async throws {
        try await Conformance {
            try FolderFixture("fixtures/conda/channel", isOrderedByName: true) {
                CondaMiner(channelURL: $0 + "/forge/")
            }
        }.check(promise)
    }
}
