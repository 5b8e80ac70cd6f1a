import AttackLog
import Foundation
import MinerTestKit
import PackageMining
import Synchronization
import Testing

/// An hour of a registry's troubles passes in a second: the session's waits are jumped over, and counted.
@Suite("An outage")
struct OutageTests {
    private static let registry = GoRegistry.synthetic(modules: 400, seed: 43, mix: .plain, pageSize: 50)

    private enum Kind: String, CaseIterable {
        case refused
        case throttled = "429"
        case throttledForAMinute = "429 with Retry-After"
        case unavailable = "503"
        case reset

        /// What every request gets meanwhile; a host that is down gives nothing.
        var fault: Fault? {
            switch self {
            case .refused: nil
            case .throttled: .throttled
            case .throttledForAMinute: .throttledForSeconds
            case .unavailable: .unavailable
            case .reset: .resetBeforeBody
            }
        }
    }

    /// Serves the registry; when it is asked for the n-th time, `begin` is called before it answers.
    private func serve(
        troubleAt request: Int, _ begin: @escaping @Sendable (LoopbackServer) -> Void,
        _ body: (GoService) async throws -> Void
    ) async throws {
        let server = Mutex<LoopbackServer?>(nil)
        let asked = Mutex(0)
        try await LoopbackServer.run(
            handler: { question in
                let count = asked.withLock { asked in
                    asked += 1
                    return asked
                }
                if count == request, let server = server.withLock({ $0 }) { begin(server) }
                return Self.registry.answer(to: question)
            }) { running in
                server.withLock { $0 = running }
                try await body(GoService(registry: Self.registry, server: running))
            }
    }

    @Test(
        "of a minute in mid-run is waited for, costs no package, and few requests", arguments: Kind.allCases, [5, 200])
    private func isWaitedFor(kind: Kind, request: Int) async throws {
        let run = WholeRun()
        let clock = run.clock
        let ended = Mutex<Double?>(nil)
        try await serve(troubleAt: request) { server in
            if let fault = kind.fault {
                var plan = Misbehaviour.always(fault)
                plan.measures.retryAfterSeconds = 60
                server.misbehaviour = plan
            } else {
                server.goDown()
            }
            clock.after(60) {
                if kind.fault == nil { server.comeBack() } else { server.misbehaviour = .none }
                ended.withLock { $0 = clock.now }
            }
        } _: { service in
            let report = try await run.mine(service)
            #expect(report.exitCode == 0)
            let isSame = try run.list() == Self.registry.expectedList()
            #expect(isSame)
            #expect(ended.withLock { $0 } != nil, "there was no outage")
            // Sixteen in flight when it began, once more each, and a probe every 15 s or so.
            #expect(report.activity.retries <= 60, "\(report.activity.retries) in vain")
            AttackLog.note("2", "an outage of a minute: \(kind.rawValue)", survived: isSame ? 1 : 0)
        }
    }

    @Test("without end stops the run within a quarter of an hour, and the next run goes on", arguments: [5, 200])
    func isGivenUpOn(request: Int) async throws {
        let run = WholeRun()
        try await serve(troubleAt: request) {
            $0.goDown()
        } _: { service in
            let began = run.clock.now
            var reason = ""
            do { try await run.mine(service) } catch { reason = "\(error)" }
            #expect(reason.contains("\(service.server.baseURL) has answered nothing for 10 min"), "\(reason)")
            #expect(run.clock.now - began < 900)
            service.server.comeBack()
            #expect(try await run.mine(service).exitCode == 0)
            let isSame = try run.list() == Self.registry.expectedList()
            #expect(isSame)
            let packages = service.journal.counts.filter { $0.key.hasPrefix("/proxy/") }
            #expect(packages.values.reduce(0, +) <= packages.count + 32)
            AttackLog.note("2", "an outage without end", survived: isSame ? 1 : 0)
        }
    }
}
