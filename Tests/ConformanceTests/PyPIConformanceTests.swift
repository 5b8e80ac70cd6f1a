import MinerTestKit
import PyPIMiner
import Testing

@Suite("The PyPI miner")
struct PyPIConformanceTests {
    @Test("The PyPI miner keeps every promise", arguments: ConformancePromise.allCases)
    func conforms(to promise: ConformancePromise) async throws {
        try await Conformance {
            try FolderFixture(
                "fixtures/pypi/index", isOrderedByName: true, isUnicode: true, accepting: isNormalized
            ) {
                PyPIMiner(indexURL: $0 + "/simple/")
            }
        }.check(promise)
    }
}

/// Names that are no two spellings of one. What else PyPI refuses is what the suite is about.
private func isNormalized(_ name: String) -> Bool {
    name == name.lowercased() && !name.contains(/[_.]|--/)
}
