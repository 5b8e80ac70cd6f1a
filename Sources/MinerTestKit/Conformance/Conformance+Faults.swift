import PackageMining

extension Conformance {
    /// Each fault on each kind of request, once and three times in a row.
    func faultAttacks() async throws -> [Attack] {
        let probe = try await probe()
        return probe.kinds.flatMap { kind in
            Fault.allCases.flatMap { fault in
                (fault == .refused ? [1] : [1, 3]).filter { !probe.isTruth(fault, on: kind, times: $0) }.map { times in
                    Attack("\(fault.rawValue) on each \(kind.name) request, \(times) in a row") {
                        try await self.play(fault, on: kind, attempts: 1...times, probe)
                    }
                }
            }
        }
    }

    /// Each fault on each kind of request, for ever. That a host refuses connections for ever is no fault of one kind
    /// of request.
    func outageAttacks() async throws -> [Attack] {
        let probe = try await probe()
        return probe.kinds.flatMap { kind in
            Fault.allCases.filter {
                !$0.isHarmless && $0 != .refused && !probe.isTruth($0, on: kind, times: .max)
            }.map { fault in
                Attack("\(fault.rawValue) on each \(kind.name) request, for ever") {
                    try await self.play(fault, on: kind, attempts: 1...Int.max, probe)
                }
            }
        }
    }

    /// Plays a fault, judges the run, then lets the registry heal and judges the run after it.
    private func play(
        _ fault: Fault, on kind: RequestKind, attempts: ClosedRange<Int>, _ probe: Probe
    ) async throws -> String? {
        let fixture = try smallPages()
        let isMeant: @Sendable (LoopbackRequest) -> Bool = { request in
            fixture.kind(of: request) == kind && probe.mayPlay(fault, on: request.target)
        }
        return try await Stage.open(fixture, misbehaving: measured(.once(fault, attempts: attempts, on: isMeant))) {
            stage in
            var process = Stage<Fixture>.Process()
            if fault == .silence || fault == .trickle { process.attemptTimeout = .milliseconds(400) }
            process.outageLimit = attempts.upperBound == .max ? .seconds(60) : .seconds(600)
            let result = try await stage.run(process)
            let isGap = fault == .shortPage && kind.isListing
            let mustHeal = attempts.upperBound < 6 && fault.healsByAsking && !isGap
            if let wrong = try stage.judge(result, mustHeal: mustHeal) { return wrong }
            if let wrong = stage.excess(fault, attempts, probe) { return wrong }
            stage.server.misbehaviour = .none
            // A page that was short may be named as a gap for good, where the list is right for all that.
            if isGap, try !stage.problems().isEmpty { return try stage.difference() }
            return try await stage.runToTheEnd().map { "when the registry had healed: \($0)" }
        }
    }

    private func measured(_ misbehaviour: Misbehaviour) -> Misbehaviour {
        var misbehaviour = misbehaviour
        misbehaviour.measures.outage = .milliseconds(20)
        misbehaviour.measures.tricklePause = .milliseconds(50)
        misbehaviour.measures.hugeMebibytes = 20
        return misbehaviour
    }

    /// What an undisturbed run asks for.
    struct Probe: Sendable {
        let kinds: [RequestKind]
        let counts: [String: Int]

        /// The first, a middle and the last request of each kind: faults that take their time are played on these.
        let chosen: [String]

        /// Whether an empty body is how this registry says that its list has ended.
        let endsInNothing: Bool

        /// Whether nobody can tell it from the truth: a list that says again and again that it has no more.
        func isTruth(_ fault: Fault, on kind: RequestKind, times: Int) -> Bool {
            guard kind.isListing, times > 1 else { return false }
            return fault == .shortPage || fault == .emptyBody && endsInNothing
        }

        /// Whether the fault is played on that request. An outage of the host hits all requests under way, so that a
        /// single one of each kind brings it about.
        func mayPlay(_ fault: Fault, on target: String) -> Bool {
            if fault == .refused { return stride(from: 0, to: chosen.count, by: 3).contains { chosen[$0] == target } }
            return !fault.looksLikeOutage || chosen.contains(target)
        }
    }

    func probe() async throws -> Probe {
        try await Stage.open(smallPages()) { stage in
            var process = Stage<Fixture>.Process()
            process.concurrency = 1
            try await stage.run(process)
            var targets: [(kind: RequestKind, targets: [String])] = []
            for request in stage.server.journal.log {
                let kind = stage.fixture.kind(of: request)
                if let place = targets.firstIndex(where: { $0.kind == kind }) {
                    targets[place].targets.append(request.target)
                } else {
                    targets.append((kind, [request.target]))
                }
            }
            let first = stage.server.journal.log.first { stage.fixture.kind(of: $0).isListing }
            let chosen = targets.flatMap { [$0.targets[0], $0.targets[$0.targets.count / 2], $0.targets.last ?? ""] }
            return Probe(
                kinds: targets.map(\.kind), counts: stage.server.journal.counts, chosen: chosen,
                endsInNothing: first.flatMap { stage.fixture.emptyPage(for: $0) }?.body.isEmpty == true)
        }
    }
}

extension Fault {
    /// Whether asking again brings the true answer, once the fault is over. The others are final by the session's
    /// rules: bodies beyond the limit, unsafe redirects, and waits that no run can wait for.
    fileprivate var healsByAsking: Bool {
        switch self {
        case .throttledAbsurdly, .redirectLoop, .redirectToFile, .hugeBody, .gzipBomb: false
        default: true
        }
    }

    /// Whether the session takes it for an outage of the host when it comes often: it is played on three requests of
    /// each kind, the first, a middle and the last one, and costs time-outs and waits.
    fileprivate var looksLikeOutage: Bool {
        switch self {
        case .throttledForSeconds, .throttledUntilDate, .throttled, .unavailable, .refused, .resetBeforeBody, .trickle,
            .silence:
            true
        default: false
        }
    }

    /// The most attempts at one request: six are the session's budget. Those that look like an outage of the host are
    /// not charged, and a probe is made at growing intervals until the outage has lasted too long.
    fileprivate var mostAttempts: Int { looksLikeOutage ? 24 : 6 }
}

extension Stage {
    /// What is wrong with the end of a run in which a fault was played: a difference that is not named.
    fileprivate func judge(_ result: Result<RunReport, any Error>, mustHeal: Bool) throws -> String? {
        switch result {
        case .failure(let error) where mustHeal: "the run ended with an error: \(printable("\(error)"))"
        case .failure(let error): unprintable("\(error)")
        case .success(let report) where report.exitCode == 0: try difference().map { "exit code 0, and \($0)" }
        case .success(let report) where mustHeal:
            "exit code \(report.exitCode), with \(try problems().count) problems"
        case .success: try unnamedDifference()
        }
    }

    private func unprintable(_ text: String) -> String? {
        text.unicodeScalars.contains { $0.value < 32 && $0 != "\n" || (127...159).contains($0.value) }
            ? "an error has control characters: \(printable(text))" : nil
    }

    /// A row that differs from the truth and is not in the problems file.
    func unnamedDifference() throws -> String? {
        let named = Set(try problems().compactMap { $0.count > 1 ? Array($0[1].utf8) : nil })
        if named.isEmpty { return "exit code 75, and no problem is named" }
        let truth = readCSV(try expectedList())
        let found = readCSV(try list() ?? [])
        guard found.count == truth.count else { return "the list has \(found.count) rows, not \(truth.count)" }
        let wrong = zip(found, truth).first { $0.0 != $0.1 && ($0.0[2] != $0.1[2] || !named.contains($0.1[2])) }
        return wrong.map { "the row of \(printable(String(decoding: $0.1[2], as: UTF8.self))) is wrong and not named" }
    }

    /// A target that was asked for more often than the session's budget explains.
    fileprivate func excess(_ fault: Fault, _ attempts: ClosedRange<Int>, _ probe: Conformance<Fixture>.Probe)
        -> String?
    {
        let played = attempts.upperBound == .max
        let worst = server.journal.counts.filter { probe.counts[$0.key] != nil }.max { $0.value < $1.value }
        guard played, let worst else { return nil }
        let most = fault.mostAttempts * (probe.counts[worst.key] ?? 1)
        return worst.value > most ? "\(printable(worst.key)) was asked for \(worst.value) times, not \(most)" : nil
    }
}
