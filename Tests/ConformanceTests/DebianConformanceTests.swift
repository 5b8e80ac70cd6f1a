import DebianMiner
import MinerTestKit
import Testing

@Suite("The Debian miner")
struct DebianConformanceTests {
    @Test("The Debian miner keeps every promise", arguments: ConformancePromise.allCases)
    func conforms(to promise: ConformancePromise) async throws {
        try await Conformance {
            try FolderFixture("fixtures/debian/archive", isOrderedByName: true, accepting: isField) {
                DebianMiner(archiveURL: $0 + "/debian/")
            }
        }.check(promise)
    }
}

/// A field is a line without the blanks around it (deb822(5)).
private func isField(_ name: String) -> Bool {
    let blanks = " \t\r\n".unicodeScalars
    return !name.unicodeScalars.contains { "\n" == $0 } && name.unicodeScalars.first.map(blanks.contains) != true
        && name.unicodeScalars.last.map(blanks.contains) != true
}
