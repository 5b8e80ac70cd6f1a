import Foundation

/// Step 4 of a run: each package that waits is looked up, and its outcome is stored, a batch a transaction.
struct Resolving<Miner: EcosystemMiner> {
    let miner: Miner
    let session: any RegistrySession
    let checkpoint: any Checkpoint
    let options: MiningOptions
    let progress: RunProgress
    let run: OpenRun
    let clock: any Clock<Duration>

    private static var batchSize: Int { 500 }

    /// What has arrived is stored this long after the first of it at the latest: a transaction takes a hundredth of it,
    /// and a kill loses no more. Refusals wait for what comes behind them; see `RefusalStreak`.
    private static var longestWait: Duration { .milliseconds(20) }

    /// So many look-ups in a row that could not reach the registry end the run: it is down, and all others would
    /// fail as well.
    private static var mostUnreachable: Int { 100 }

    /// How many packages from all over the list are asked for where a service may be refusing everything.
    private static var sampleSize: Int { 50 }

    /// - Returns: how many packages were looked up.
    func run() async throws -> Int {
        progress.beginResolving(try await checkpoint.beginLookUps(at: miner.ecosystem.lookUpService))
        let lookUp = LookUp(miner: miner, session: RefusalNotes(session), run: run)
        return try await withThrowingTaskGroup(of: Event.self) { group in
            var batch = Batch(streak: RefusalStreak(shortest: options.fewestRefusals))
            do {
                try await resolveAll(lookUp, in: &group, batch: &batch)
                group.cancelAll()
            } catch {
                // What has arrived is stored before the run stops.
                group.cancelAll()
                while let result = await group.nextResult() {
                    if case .success(.lookedUp(let ended)) = result { batch.add(ended) }
                }
                try await store(&batch, andHeld: !(error is ServiceRefuses))
                if error is ServiceRefuses { try await checkpoint.markStale(batch.streak.letGo) }
                throw error
            }
            return batch.total
        }
    }

    private enum Event: Sendable {
        case lookedUp(EndedLookUp)
        /// What waits has waited long enough.
        case due
    }

    private func resolveAll(
        _ lookUp: LookUp<Miner>, in group: inout ThrowingTaskGroup<Event, any Error>, batch: inout Batch
    ) async throws {
        var inFlight = 0
        var after: PackageID?
        while true {
            let packages = try await checkpoint.pendingPackages(after: after, limit: 1_000)
            guard let last = packages.last else { break }
            after = last.id
            for package in packages {
                if inFlight >= options.concurrency {
                    try await take(lookUp, from: &group, into: &batch)
                    inFlight -= 1
                }
                group.addTask { .lookedUp(try await lookUp(package)) }
                inFlight += 1
            }
        }
        for _ in 0..<inFlight { try await take(lookUp, from: &group, into: &batch) }
        if batch.streak.isImprobable { try await hear(lookUp, on: &batch) }
        try await store(&batch, andHeld: true)
    }

    /// Waits for one look-up to end.
    private func take(
        _ lookUp: LookUp<Miner>, from group: inout ThrowingTaskGroup<Event, any Error>, into batch: inout Batch
    ) async throws {
        while let event = try await group.next() {
            guard case .lookedUp(let ended) = event else {
                batch.isTimed = false
                try await store(&batch)
                continue
            }
            batch.add(ended)
            if batch.unreachable >= Self.mostUnreachable { throw RegistryIsDown(last: ended.lookedUp.problem ?? "") }
            if batch.streak.isSuspicious { try await hear(lookUp, on: &batch) }
            if batch.waiting.count >= Self.batchSize { try await store(&batch) }
            if !batch.waiting.isEmpty, !batch.isTimed {
                batch.isTimed = true
                group.addTask {
                    try await clock.sleep(for: Self.longestWait)
                    return .due
                }
            }
            return
        }
    }

    /// Asks for packages from all over the list: where the service refuses them too, it refuses everything.
    private func hear(_ lookUp: LookUp<Miner>, on batch: inout Batch) async throws {
        let sample = try await checkpoint.samplePackages(Self.sampleSize)
        let answers = try await withThrowingTaskGroup(of: EndedLookUp.self) { group in
            for package in sample { group.addTask { try await lookUp(package) } }
            return try await group.reduce(into: [Outcome]()) { if $1.isAnswer { $0.append($1.outcome) } }
        }
        // Where none of them has to be asked for, there is nobody to hear.
        if answers.isEmpty || answers.contains(where: { !$0.isRefusal }) { return batch.acquit() }
        let last = lookUp.session.lastRefusal
        throw ServiceRefuses(
            url: last?.url ?? miner.ecosystem.lookUpService, kinds: batch.streak.kinds, others: answers.count,
            answer: last?.answer ?? "a refusal")
    }

    private func store(_ batch: inout Batch, andHeld: Bool = false) async throws {
        if andHeld { batch.releaseHeld() }
        if !batch.waiting.isEmpty { try await checkpoint.keep(batch.waiting) }
        progress.stored(batch.waiting)
        batch.stored()
    }
}

/// Outcomes that wait to be stored together.
private struct Batch {
    private(set) var waiting: [LookedUp] = []
    private(set) var streak: RefusalStreak
    private(set) var total = 0

    /// How many look-ups in a row could not reach the registry.
    private(set) var unreachable = 0

    /// Whether a task sleeps until what waits is due.
    var isTimed = false

    init(streak: RefusalStreak) {
        self.streak = streak
    }

    mutating func add(_ ended: EndedLookUp) {
        streak.add(ended, to: &waiting)
        total += 1
        unreachable = ended.isUnreachable ? unreachable + 1 : 0
    }

    mutating func acquit() { streak.acquit(to: &waiting) }
    mutating func releaseHeld() { streak.release(to: &waiting) }
    mutating func stored() { waiting.removeAll(keepingCapacity: true) }
}

/// The registry answers nobody any more.
public struct RegistryIsDown: Error, CustomStringConvertible {
    public let last: String
    public var description: String { "the registry cannot be reached: \(last)" }
}

extension Ecosystem {
    /// Where packages are looked up, in a line, without credentials: all registries but the list's own, where there are
    /// others.
    var lookUpService: String {
        let services = registries.count > 1 ? registries[1...] : registries[...]
        return services.map { urlWithoutCredentials($0.url) }.joined(separator: " ")
    }
}
