import HomebrewMiner
import MinerTestKit
import Testing

@Suite("The Homebrew Cask miner")
struct HomebrewCaskConformanceTests {
    @Test("The Homebrew Cask miner keeps every promise", arguments: ConformancePromise.allCases)
    func conforms(to promise: ConformancePromise) async throws {
        try await Conformance {
            try FolderFixture("fixtures/homebrew-cask/api", isOrderedByName: true) {
                HomebrewMiner(.casks, apiURL: $0 + "/api/")
            }
        }.check(promise)
    }
}
