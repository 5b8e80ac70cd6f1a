import MinerTestKit
import Testing

@Suite("A miner whose list is a log of whole packages")
struct LogConformanceTests {
    @Test("A miner that hands over changes and deletions keeps every promise.", arguments: ConformancePromise.allCases)
    func conforms(to promise: ConformancePromise) async throws {
        try await Conformance { LogRegistry() }.check(promise)
    }
}
