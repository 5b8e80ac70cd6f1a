import Foundation
import GoRegistryFixture
import MachineTools
import MinerTestKit
import Testing

@Suite("A run that is stopped", .serialized)
struct InterruptionTests {
    private static let registry = GoRegistry.synthetic(modules: 600, seed: 11, mix: .healthy)
    private static let atOnce = 4
    /// A busy machine may lose an answer or two besides, which is asked for again in any run.
    private static let mostAgain = 3 * atOnce

    @Test(
        "A run stopped by Ctrl-C or SIGTERM says how to go on, and the next asks again for what was in flight alone.",
        arguments: [SIGINT, SIGTERM])
    func stopsInOrder(signal: Int32) async throws {
        let wire = Tripwire()
        Self.registry.pageSize = 100
        try await wire.serve(Self.registry) { service in
            try await mine(try Scratch(), service)
            let undisturbed = service.journal.counts
            for request in [2, 40, 300] {
                let folder = try Scratch()
                let bomb = Trigger(signal, at: request)
                wire.set(bomb)
                service.journal.reset()
                let outcome = try await mine(folder, service) { bomb.started($0) }
                #expect(outcome.status == 128 + signal, "\(outcome.errors)")
                #expect(outcome.errors.contains("hint: run `pkgmine go"))
                #expect(try await mine(folder, service).status == 0)
                #expect(try folder.text("Go.csv") == Self.registry.expectedList())
                let again = service.journal.counts.filter { $0.key.hasPrefix("/proxy/") }
                    .map { max(0, $0.value - undisturbed[$0.key, default: 0]) }.reduce(0, +)
                #expect(again <= Self.mostAgain, "\(again) asked for again, stopped at \(request)")
            }
        }
    }

    @discardableResult
    private func mine(
        _ folder: Scratch, _ service: GoService, started: (@Sendable (Int32) -> Void)? = nil
    ) async throws -> Tool.Outcome {
        try await service.mine(folder, ["--concurrency", "\(Self.atOnce)"], started: started)
    }
}
