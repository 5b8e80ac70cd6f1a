import MinerTestKit
import RPMMiner
import Testing

@Suite("The RPM miner")
struct RPMConformanceTests {
    @Test("The RPM miner keeps every promise", arguments: ConformancePromise.allCases)
    func conforms(to promise: ConformancePromise) async throws {
        try await Conformance {
            try FolderFixture("fixtures/rpm/repository", isOrderedByName: true, accepting: isXML) {
                RPMMiner(repositoryURL: $0 + "/os/")
            }
        }.check(promise)
    }
}

/// XML has no place for control characters (https://www.w3.org/TR/xml/#charsets).
private func isXML(_ name: String) -> Bool {
    name.unicodeScalars.allSatisfy { $0.value >= 32 || "\t\n\r".unicodeScalars.contains($0) }
}
