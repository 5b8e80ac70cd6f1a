import MinerTestKit
import NuGetV2Miner
import Testing

@Suite("The PowerShell Gallery miner")
struct PSGalleryConformanceTests {
    @Test("The PowerShell Gallery miner keeps every promise", arguments: ConformancePromise.allCases)
    func conforms(to promise: ConformancePromise) async throws {
        try await Conformance {
            try FolderFixture(
                "fixtures/psgallery/feed", isOrderedByName: true, isUnicode: true, isListedWhole: true,
                accepting: isID
            ) {
                NuGetV2Miner(.powerShell, feedURL: $0 + "/api/v2")
            }
        }.check(promise)
    }
}
