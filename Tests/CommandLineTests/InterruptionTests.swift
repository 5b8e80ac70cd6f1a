import Foundation
import GoRegistryFixture
import MachineTools
import MinerTestKit
import Testing

@Suite("A run that is stopped", .serialized)
struct InterruptionTests {
    private static let registry = GoRegistry.synthetic(modules: 600, seed: 11, mix: .healthy)

    @Test("by Ctrl-C or SIGTERM, stores what has arrived, says how to go on, and exits", arguments: [SIGINT, SIGTERM])
    func stopsInOrder(signal: Int32) async throws {
        let wire = Tripwire()
        Self.registry.pageSize = 100
        try await wire.serve(Self.registry) { service in
            for request in [2, 40, 300] {
                let folder = try Scratch()
                let bomb = Trigger(signal, at: request)
                wire.set(bomb)
                let outcome = try await service.mine(folder) { bomb.started($0) }
                #expect(outcome.status == 128 + signal, "\(outcome.errors)")
                #expect(outcome.errors.contains("hint: run `pkgmine go"))
                #expect(try await service.mine(folder).status == 0)
                #expect(try folder.text("Go.csv") == Self.registry.expectedList())
            }
        }
    }
}
