import AttackLog
import Foundation
import GoMiner
import GoRegistryFixture
import MinerTestKit
import PackageMining
import Synchronization
import Testing

/// The first of two proxies, behind which any error leads to the second, fails for all.
@Suite("A proxy that fails for all, in front of one that does not")
struct BrokenProxyTests {
    private static let registry = GoRegistry.synthetic(modules: 600, seed: 61, mix: .healthy)

    /// Serves a registry whose `/broken/…` is a proxy too, but answers with `fault` as long as it is asked to.
    private func serve(
        _ isBroken: @escaping @Sendable () -> Bool, _ body: (GoService) async throws -> Void
    ) async throws {
        let registry = Self.registry
        try await LoopbackServer.run(
            handler: { request in
                guard request.path.hasPrefix("/broken/") else { return registry.answer(to: request) }
                if isBroken() { return .text(500, "internal server error") }
                return registry.answer(to: LoopbackRequest(target: "/proxy/" + request.target.dropFirst(8)))
            }) { try await body(GoService(registry: registry, server: $0)) }
    }

    private func list(_ service: GoService) -> String {
        "\(service.server.baseURL)/broken|\(service.cachedOnlyURL)"
    }

    @Test(
        "A proxy that fails for all, in front of one that does not costs the list nothing, and few requests",
        arguments: [1, 16, 256])
    func isPassedOver(concurrency: Int) async throws {
        try await serve {
            true
        } _: { service in
            let run = WholeRun()
            let report = try await run.mine(service, proxyURL: list(service), concurrency: concurrency)
            #expect(report.exitCode == 0)
            #expect(try run.list() == Self.registry.expectedList())
            // Six attempts each for twenty and for those that were under way, and for one in fifty of the others.
            let broken = service.journal.requests { $0.hasPrefix("/broken/") }
            #expect(broken <= 6 * (20 + concurrency + 900 / 50), "\(broken)")
        }
    }

    @Test(
        "A proxy that fails for all, in front of one that does not and heals in mid-run changes nothing in the list, and is asked again"
    )
    func heals() async throws {
        let asked = Mutex(0)
        try await serve {
            asked.withLock { asked in
                asked += 1
                return asked <= 130
            }
        } _: { service in
            let run = WholeRun()
            let report = try await run.mine(service, proxyURL: list(service), concurrency: 1)
            #expect(report.exitCode == 0)
            #expect(try run.list() == Self.registry.expectedList())
            #expect(service.journal.requests { $0.hasPrefix("/broken/") } > 400)
        }
    }

    @Test("A proxy that fails for all, in front of one that does not is not waited for where its host is down")
    func isNotWaitedFor() async throws {
        try await serve {
            true
        } _: { service in
            let run = WholeRun()
            let began = run.clock.now
            let nowhere = "http://127.0.0.1:9|\(service.cachedOnlyURL)"
            let report = try await run.mine(service, proxyURL: nowhere)
            #expect(report.exitCode == 0)
            #expect(try run.list() == Self.registry.expectedList())
            #expect(run.clock.now - began < 300)
        }
    }
}
