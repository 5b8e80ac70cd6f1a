import HackageMiner
import MinerTestKit
import Testing

@Suite("The Hackage miner")
struct HackageConformanceTests {
    @Test("The Hackage miner keeps every promise", arguments: ConformancePromise.allCases)
    func conforms(to promise: ConformancePromise) async throws {
        try await Conformance {
            try FolderFixture("fixtures/hackage/index", accepting: isFolder) {
                HackageMiner(indexURL: $0 + "/01-index.tar.gz")
            }
        }.check(promise)
    }
}

/// A package is a folder of the index.
private func isFolder(_ name: String) -> Bool { !name.utf8.contains { $0 == 0x2F || $0 == 0 } }
