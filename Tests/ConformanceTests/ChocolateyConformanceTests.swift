import MinerTestKit
import NuGetV2Miner
import Testing

@Suite("The Chocolatey miner")
struct ChocolateyConformanceTests {
    @Test("The Chocolatey miner keeps every promise", arguments: ConformancePromise.allCases)
    func conforms(to promise: ConformancePromise) async throws {
        try await Conformance {
            try FolderFixture(
                "fixtures/chocolatey/feed", isOrderedByName: true, isUnicode: true, isListedWhole: true,
                accepting: isID
            ) {
                NuGetV2Miner(.chocolatey, feedURL: $0 + "/api/v2/")
            }
        }.check(promise)
    }
}

/// XML has no place for control characters (https://www.w3.org/TR/xml/#charsets), and the case of an ID does not matter.
func isID(_ name: String) -> Bool {
    name != "case" && name.unicodeScalars.allSatisfy { $0.value >= 32 || "\t\n\r".unicodeScalars.contains($0) }
}
