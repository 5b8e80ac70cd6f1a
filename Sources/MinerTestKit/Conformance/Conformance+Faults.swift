import PackageMining

extension Conformance {
    /// Faults on every request of each kind, at its first attempt and at its first three, and refusals at the first.
    func faultAttacks() async throws -> [Attack] {
        let probe = try await probe()
        return try await refusalAttacks(attempts: 1...1)
            + probe.kinds.enumerated().flatMap { number, kind in
                [1, 3].flatMap { times in
                    faultChoice.faults(on: number, times: times).filter { fault in
                        !probe.isTruth(fault, on: kind, times: times)
                    }.map { fault in
                        Attack("\(fault.rawValue) on each \(kind.name) request, \(times) in a row") {
                            try await self.play(fault, on: kind, attempts: 1...times, probe)
                        }
                    }
                }
            }
    }

    /// Faults and refusals on every request of each kind, for ever.
    func outageAttacks() async throws -> [Attack] {
        let probe = try await probe()
        return try await refusalAttacks(attempts: 1...Int.max)
            + probe.kinds.enumerated().flatMap { number, kind in
                faultChoice.faults(on: number, times: .max).filter { fault in
                    !fault.isHarmless && !probe.isTruth(fault, on: kind, times: .max)
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
        let isForEver = attempts.upperBound == .max
        let plan = Misbehaviour.once(fault, attempts: attempts) { fixture.kind(of: $0) == kind }
        return try await open(fixture, misbehaving: measured(plan, isForEver)) { stage in
            var process = Stage<Fixture>.Process()
            // Silences and outages that heal may add up to hours of virtual time.
            process.outageLimit = isForEver ? .seconds(60) : .seconds(86_400)
            // An outage hits all that is under way: beside others, one request might be hit beyond its budget.
            if fault == .refused { process.concurrency = 1 }
            if fault == .hugeBody || fault == .gzipBomb { process.bodyLimit = lowBodyLimit }
            let result = try await stage.run(process)
            let isGap = fault == .shortPage && kind.isListing
            let mustHeal = !isForEver && fault.healsByAsking && !isGap
            if let wrong = try await stage.judge(result, mustHeal: mustHeal, isSpoiled: fault.isSilent) { return wrong }
            if let wrong = stage.excess(fault, on: kind, probe) { return wrong }
            stage.server.misbehaviour = .none
            try stage.server.recover()
            // A page that was short may be named as a gap for good, where the list is right for all that.
            if isGap, try !stage.problems().isEmpty { return try await stage.difference() }
            return try await stage.runToTheEnd(whereSpoiled: fault.isSilent).map {
                "when the registry had healed: \($0)"
            }
        }
    }

    private func measured(_ misbehaviour: Misbehaviour, _ isForEver: Bool) -> Misbehaviour {
        var misbehaviour = misbehaviour
        misbehaviour.measures.outage = isForEver ? .seconds(86_400) : .seconds(3)
        misbehaviour.measures.tricklePause = .seconds(10)
        misbehaviour.measures.hugeMebibytes = mebibytesBeyondLimit
        return misbehaviour
    }

    /// What an undisturbed run asks for.
    struct Probe: Sendable {
        /// In the order in which they were asked first.
        let kinds: [RequestKind]
        let targets: [RequestKind: [String]]
        let counts: [String: Int]

        /// How many complete answers without a body in a row are how this registry says that its list has ended.
        let endingBodies: Int?

        /// Whether nobody can tell it from the truth: a list that says again and again that it has no more.
        func isTruth(_ fault: Fault, on kind: RequestKind, times: Int) -> Bool {
            guard kind.isListing, times > 1 else { return false }
            return fault == .shortPage || fault == .emptyBody && times >= endingBodies ?? .max
        }
    }

    func probe() async throws -> Probe {
        try await open(smallPages()) { stage in
            var process = Stage<Fixture>.Process()
            process.concurrency = 1
            try await stage.run(process)
            var kinds: [RequestKind] = []
            var targets: [RequestKind: [String]] = [:]
            let log = stage.server.journal.log
            for request in log {
                let kind = stage.fixture.kind(of: request)
                if targets[kind] == nil { kinds.append(kind) }
                targets[kind, default: []].append(request.target)
            }
            let first = log.first { stage.fixture.kind(of: $0).isListing }
            let endsInNothing = first.flatMap { stage.fixture.emptyPage(for: $0) }?.body.isEmpty == true
            return Probe(
                kinds: kinds, targets: targets, counts: stage.server.journal.counts,
                endingBodies: endsInNothing ? stage.fixture.emptyAnswersBelieved : nil)
        }
    }
}

/// What the session takes where bodies beyond its limit are attacked with, in bytes: no answer of a small registry is as
/// large, and limits of 16 or 64 MiB would show no more, and cost a third of all attacks' time.
let lowBodyLimit = 1 << 20

/// The size of a body that is beyond it, in MiB.
let mebibytesBeyondLimit = 2

extension Fault {
    /// Whether asking again brings the true answer, once the fault is over. The others are final by the session's
    /// rules: bodies beyond the limit, unsafe redirects, and waits that no run can wait for.
    fileprivate var healsByAsking: Bool {
        switch self {
        case .throttledAbsurdly, .redirectLoop, .redirectToFile, .hugeBody, .gzipBomb: false
        default: true
        }
    }

    /// The most requests for the sake of one: six attempts are the session's budget. Those that look like an outage of
    /// the host are not charged; a probe is made at growing intervals until the outage has lasted too long.
    fileprivate func mostRequests(for kind: RequestKind) -> Int {
        switch self {
        case .internalError, .badGateway, .gatewayTimeout: kind.isListing ? 24 : 6
        case .throttledForSeconds, .throttledUntilDate, .throttled, .unavailable, .refused, .resetBeforeBody, .trickle,
            .silence:
            24
        default: 6
        }
    }
}

extension Stage {
    /// What is wrong with the end of a run in which a fault was played: a difference that is not named.
    func judge(
        _ result: Result<RunReport, any Error>, mustHeal: Bool, isSpoiled: Bool = false
    ) async throws -> String? {
        switch result {
        case .failure(let error) where mustHeal: "the run ended with an error: \(printable("\(error)"))"
        case .failure(let error): rawText(in: ["\(error)"])
        case .success(let report) where report.exitCode == 0:
            try await difference(whereSpoiled: isSpoiled).map { "exit code 0, and \($0)" }
        case .success(let report) where mustHeal:
            "exit code \(report.exitCode), with \(try problems().count) problems"
        case .success: try await unnamedDifference(whereSpoiled: isSpoiled)
        }
    }

    /// A row that differs from the truth and is not in the problems file.
    func unnamedDifference(whereSpoiled isSpoiled: Bool = false) async throws -> String? {
        let named = Set(try problems().compactMap { $0.count > 1 ? Array($0[1].utf8) : nil })
        if named.isEmpty { return "exit code 75, and no problem is named" }
        let truth = readCSV(try expectedList())
        let found = readCSV(try list() ?? [])
        guard found.count == truth.count else { return "the list has \(found.count) rows, not \(truth.count)" }
        let wrong = zip(found, truth).first { $0.0 != $0.1 && ($0.0[2] != $0.1[2] || !named.contains($0.1[2])) }
        if let wrong { return "the row of \(shownName(wrong.1[2])) is wrong and not named" }
        return try await wrongOutcomes(isSpoiled).first { !named.contains($0.name) }.map {
            "\($0.finding), and is not named"
        }
    }

    /// A target that was asked for more often than the session's budget explains.
    fileprivate func excess(
        _ fault: Fault, on kind: RequestKind, _ probe: Conformance<Fixture>.Probe
    ) -> String? {
        let counts = server.journal.counts
        let worst = probe.counts.map { (target: $0.key, most: fault.mostRequests(for: kind) * $0.value) }
            .first { counts[$0.target, default: 0] > $0.most }
        return worst.map {
            "\(printable($0.target)) was asked for \(counts[$0.target, default: 0]) times, not \($0.most)"
        }
    }
}
