import HomebrewMiner
import MinerTestKit
import Testing

@Suite("The Homebrew miner")
struct HomebrewConformanceTests {
    @Test("The Homebrew miner keeps every promise", arguments: ConformancePromise.allCases)
    func conforms(to promise: ConformancePromise) async throws {
        try await Conformance {
            try FolderFixture("fixtures/homebrew/api", isOrderedByName: true) {
                HomebrewMiner(.formulae, apiURL: $0 + "/api/")
            }
        }.check(promise)
    }
}
