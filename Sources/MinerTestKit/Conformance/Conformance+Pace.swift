import Foundation
import PackageMining
import Synchronization

extension Conformance {
    /// A registry that counts, and refuses what comes faster than it bears; and one that locks out whom it refuses.
    func paceAttacks() async throws -> [Attack] {
        let paces = [(1, Duration.zero), (64, .zero), (64, .seconds(2))].map { concurrency, latency in
            Attack("at concurrency \(concurrency), answers after \(latency.components.seconds) s") {
                try await self.mineAtPace(concurrency, latency)
            }
        }
        let probe = try await probe()
        let bans = probe.kinds.map { kind in
            Attack("a \(kind.name) request is refused, and that is a ban") {
                try await self.ban(at: (probe.targets[kind]?.count ?? 0) / 2, of: kind)
            }
        }
        return paces + bans
    }

    /// What the registry bears: as the fixture says, or as the miner does. Where neither says anything, the session is
    /// told a pace of the suite's own, as if the miner had stated that.
    private func mineAtPace(_ concurrency: Int, _ latency: Duration) async throws -> String? {
        let fixture = try smallPages()
        let stated = try fixture.miner(at: "http://127.0.0.1").ecosystem.registries.compactMap(\.pace)
        let known = stated.reduce(fixture.pace) { $0?.kept(with: $1) ?? $1 }
        let turnstile = Turnstile(known ?? paceOfTheSuite)
        return try await open(
            fixture, answering: { turnstile.refusal(of: $0) },
            prelude: { await pass(turnstile, $0, $1, latency) }
        ) { stage in
            var process = Stage<Fixture>.Process()
            process.concurrency = concurrency
            process.registries = try stage.ecosystem.registries
            if known == nil { process.registries.append(stage.registry(paceOfTheSuite)) }
            return try await stage.judgePace(try await stage.run(process), turnstile)
        }
    }

    /// A refusal of one request, which ends the run: nothing is asked behind it, and the next run goes on.
    private func ban(at place: Int, of kind: RequestKind) async throws -> String? {
        let fixture = try smallPages()
        let pick = Pick(place) { fixture.kind(of: $0) == kind }
        return try await open(fixture, misbehaving: .always(.throttled) { pick.takes($0) }) { stage in
            var process = Stage<Fixture>.Process()
            process.concurrency = 1
            process.registries = [stage.registry(Pace(ban: .seconds(3_600)))]
            switch try await stage.run(process) {
            case .success(let report): return "the run went on, to exit code \(report.exitCode)"
            case .failure(let error as WireError) where error.category == .banned: break
            case .failure(let error): return "the run did not end with the ban, but with \(printable("\(error)"))"
            }
            if let next = pick.next { return "\(printable(next)) was asked for behind the ban" }
            stage.server.misbehaviour = .none
            return try await stage.runToTheEnd().map { "when the ban was over: \($0)" }
        }
    }
}

/// Picks one request out of those that are meant, and tells what was asked for behind it.
private final class Pick: Sendable {
    private let isMeant: @Sendable (LoopbackRequest) -> Bool
    private let state: Mutex<(left: Int, next: String?)>

    /// - Parameter place: how many that are meant come before it.
    init(_ place: Int, of isMeant: @escaping @Sendable (LoopbackRequest) -> Bool) {
        self.isMeant = isMeant
        state = Mutex((place, nil))
    }

    /// The target of the first request behind it; nil where there was none.
    var next: String? { state.withLock(\.next) }

    func takes(_ request: LoopbackRequest) -> Bool {
        state.withLock { state in
            if state.left < 0 {
                state.next = state.next ?? request.target
                return false
            }
            guard isMeant(request) else { return false }
            state.left -= 1
            return state.left < 0
        }
    }
}

/// Where nobody says what a registry bears.
private let paceOfTheSuite = Pace(atOnce: 3, perMinute: 120)

/// Holds a request in service for a while.
private func pass(
    _ turnstile: Turnstile, _ request: LoopbackRequest, _ time: VirtualTime, _ latency: Duration
) async {
    turnstile.enter(request, at: time.now)
    defer { turnstile.leave() }
    if latency == .zero { return }
    do {
        try await time.pass(latency, inFrontOf: request.port)
    } catch {
        // Cut short when its server stops: nobody waits for the answer.
    }
}

extension Stage {
    fileprivate func registry(_ pace: Pace) -> Registry { Registry(name: "suite", url: server.baseURL, pace: pace) }

    /// What was asked faster than is borne, or past the session that knows what is borne.
    fileprivate func judgePace(_ result: Result<RunReport, any Error>, _ turnstile: Turnstile) async throws -> String? {
        let asked = server.journal.requests
        if case .success(let report) = result, report.activity.requests != asked {
            return "\(asked) requests arrived, and the session has sent \(report.activity.requests)"
        }
        if let refusal = turnstile.firstRefusal { return refusal }
        return try await whatIsWrong(with: result)
    }
}
