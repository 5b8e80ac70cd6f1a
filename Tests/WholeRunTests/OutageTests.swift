import AttackLog
import Foundation
import GoRegistryFixture
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
        case internalError = "500"
        case badGateway = "502"
        case gatewayTimeout = "504"
        case reset

        var isServerError: Bool { [.internalError, .badGateway, .gatewayTimeout].contains(self) }

        /// What every request gets meanwhile; a host that is down gives nothing.
        var fault: Fault? {
            switch self {
            case .refused: nil
            case .throttled: .throttled
            case .throttledForAMinute: .throttledForSeconds
            case .unavailable: .unavailable
            case .internalError: .internalError
            case .badGateway: .badGateway
            case .gatewayTimeout: .gatewayTimeout
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

    /// The fifth request is for a page of the list, the two hundredth for a package.
    private static let moments = Kind.allCases.flatMap { kind in
        (kind.isServerError ? [5] : [5, 200]).map { Moment(kind: kind, request: $0) }
    }

    private struct Moment {
        let kind: Kind
        let request: Int
    }

    @Test("An outage of a minute in mid-run is waited for, costs no package, and few requests", arguments: moments)
    private func isWaitedFor(moment: Moment) async throws {
        let run = WholeRun()
        try await serve(run, moment) { service in
            let report = try await run.mine(service)
            #expect(report.exitCode == 0)
            let isSame = try run.list() == Self.registry.expectedList()
            #expect(isSame)
            // Sixteen in flight when it began, once more each, and a probe every 15 s or so.
            #expect(report.activity.retries <= 60, "\(report.activity.retries) in vain")
            AttackLog.note("2", "an outage of a minute: \(moment.kind.rawValue)", survived: isSame ? 1 : 0)
        }
    }

    /// A server error may be of one package alone, and then nothing is to be waited for.
    @Test("An outage that answers packages with server errors names them, and the next run asks for them alone")
    func namesServerErrors() async throws {
        let run = WholeRun()
        try await serve(run, Moment(kind: .badGateway, request: 200)) { service in
            let report = try await run.mine(service)
            let failed = report.tally.outcomes[.failed] ?? 0
            #expect(report.exitCode == 75 && failed > 0 && failed < 400)
            let again = try await run.mine(service)
            #expect(again.exitCode == 0 && again.lookedUp == failed)
            #expect(try run.list() == Self.registry.expectedList())
        }
    }

    /// Lets the trouble begin with a request, and end after a minute.
    private func serve(_ run: WholeRun, _ moment: Moment, _ body: (GoService) async throws -> Void) async throws {
        let clock = run.clock
        let ended = Mutex<Double?>(nil)
        let kind = moment.kind
        try await serve(troubleAt: moment.request) { server in
            if let fault = kind.fault {
                var plan = Misbehaviour.always(fault)
                plan.measures.retryAfterSeconds = 60
                server.misbehaviour = plan
            } else {
                server.goDown()
            }
            clock.after(60) {
                server.misbehaviour = .none
                do { try server.comeBack() } catch { Issue.record(error) }
                ended.withLock { $0 = clock.now }
            }
        } _: { service in
            try await body(service)
            #expect(ended.withLock { $0 } != nil, "there was no outage")
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
            #expect(reason.contains("\(service.server.baseURL) has given no usable answer for 10 min"), "\(reason)")
            #expect(run.clock.now - began < 900)
            try service.server.comeBack()
            #expect(try await run.mine(service).exitCode == 0)
            let isSame = try run.list() == Self.registry.expectedList()
            #expect(isSame)
            let packages = service.journal.counts.filter { $0.key.hasPrefix("/proxy/") }
            #expect(packages.values.reduce(0, +) <= packages.count + 32)
            AttackLog.note("2", "an outage without end", survived: isSame ? 1 : 0)
        }
    }
}
