/// Step 4 of a run: each package that waits is looked up, and its outcome is stored, a batch a transaction.
struct Resolving<Miner: EcosystemMiner> {
    let miner: Miner
    let session: any RegistrySession
    let checkpoint: any Checkpoint
    let options: MiningOptions
    let progress: RunProgress

    private static var batchSize: Int { 500 }

    /// What has arrived is stored at the latest with the next arrival after this time: a transaction takes a hundredth
    /// of it, and a kill loses no more.
    private static var longestWait: Duration { .milliseconds(20) }

    /// And at the latest after this time where nothing arrives, as from a host that is left alone.
    private static var longestSilence: Duration { .seconds(1) }

    /// So many look-ups in a row that could not reach the registry end the run: it is down, and all others would
    /// fail as well.
    private static var mostUnreachable: Int { 100 }

    /// - Returns: how many packages were looked up.
    func run() async throws -> Int {
        progress.beginResolving(try await checkpoint.beginLookUps())
        return try await withThrowingTaskGroup(of: LookedUp?.self) { group in
            var batch = Batch()
            group.addTask { try await silence() }
            do {
                try await resolveAll(in: &group, batch: &batch)
                group.cancelAll()
            } catch {
                // What has arrived is stored before the run stops.
                group.cancelAll()
                while let result = await group.nextResult() {
                    if case .success(let lookedUp?) = result { batch.add(lookedUp) }
                }
                try await store(&batch)
                throw error
            }
            return batch.total
        }
    }

    private func resolveAll(
        in group: inout ThrowingTaskGroup<LookedUp?, any Error>, batch: inout Batch
    ) async throws {
        var inFlight = 0
        var after = 0
        while true {
            let packages = try await checkpoint.pendingPackages(after: after, limit: 1_000)
            guard let last = packages.last else { break }
            after = last.id
            for package in packages {
                if inFlight >= options.concurrency {
                    try await take(from: &group, into: &batch)
                    inFlight -= 1
                }
                group.addTask { try await lookUp(package) }
                inFlight += 1
            }
        }
        for _ in 0..<inFlight { try await take(from: &group, into: &batch) }
        try await store(&batch)
    }

    /// Waits for one look-up to end.
    private func take(
        from group: inout ThrowingTaskGroup<LookedUp?, any Error>, into batch: inout Batch
    ) async throws {
        while let result = try await group.next() {
            guard let lookedUp = result else {
                try await store(&batch)
                group.addTask { try await silence() }
                continue
            }
            batch.add(lookedUp)
            if batch.waiting.count >= Self.batchSize || batch.begun.duration(to: .now) > Self.longestWait {
                try await store(&batch)
            }
            if batch.unreachable >= Self.mostUnreachable { throw RegistryIsDown(last: lookedUp.problem ?? "") }
            return
        }
    }

    /// Ends without a look-up, so that what waits is stored.
    private func silence() async throws -> LookedUp? {
        try await Task.sleep(for: Self.longestSilence)
        return nil
    }

    private func store(_ batch: inout Batch) async throws {
        if !batch.waiting.isEmpty { try await checkpoint.keep(batch.waiting) }
        progress.stored(batch.waiting)
        batch.stored()
    }

    /// One package failing never stops the others: what it throws is its outcome. Only the end of the run is passed on.
    private func lookUp(_ known: KnownPackage) async throws -> LookedUp? {
        guard let package = miner.package(known) else {
            return LookedUp(package: known.id, resolution: Resolution(.withdrawn), newest: nil)
        }
        let newest = package.newest
        do {
            let resolution = try await miner.resolve(package, through: session)
            return LookedUp(
                package: known.id, resolution: resolution, newest: newest,
                problem: resolution.outcome.isSettled
                    ? nil : printable(resolution.problem ?? "the registry refuses to answer"))
        } catch {
            if Task.isCancelled || (error as? WireError)?.category == .cancelled { throw CancellationError() }
            return LookedUp(
                package: known.id, resolution: Resolution(.failed), newest: newest,
                problem: printable("\(error)"), isUnreachable: (error as? WireError)?.isNoAnswer == true)
        }
    }
}

/// Outcomes that wait to be stored together.
private struct Batch {
    private(set) var waiting: [LookedUp] = []
    private(set) var begun = ContinuousClock.now
    private(set) var total = 0

    /// How many look-ups in a row could not reach the registry.
    private(set) var unreachable = 0

    mutating func add(_ lookedUp: LookedUp) {
        waiting.append(lookedUp)
        total += 1
        unreachable = lookedUp.isUnreachable ? unreachable + 1 : 0
    }

    mutating func stored() {
        waiting.removeAll(keepingCapacity: true)
        begun = .now
    }
}

/// The registry answers nobody any more.
public struct RegistryIsDown: Error, CustomStringConvertible {
    public let last: String
    public var description: String { "the registry cannot be reached: \(last)" }
}

extension WireError {
    /// Whether the registry gave no answer at all, as opposed to one that cannot be used.
    fileprivate var isNoAnswer: Bool {
        (category == .unreachable && status == nil) || category == .throttled
    }
}
