public import Foundation

/// One run: list, keep, number, resolve, publish.
///
/// Whatever stopped an earlier run, this one goes on behind what is stored; after a finished run it brings the list up
/// to date.
public struct MiningRun<Miner: EcosystemMiner>: Sendable {
    private let miner: Miner
    private let session: any RegistrySession
    private let checkpoint: any Checkpoint
    private let options: MiningOptions
    private let now: @Sendable () -> Date
    private let clock: any Clock<Duration>
    private let whenListed: @Sendable () -> Void
    private let beforePublishing: @Sendable () async throws -> Void

    public let progress: RunProgress

    /// - Parameters:
    ///   - now: when the run begins and ends.
    ///   - clock: what outcomes wait by until they are stored together.
    ///   - whenListed: told when the list is walked and its packages are numbered: look-ups follow.
    ///   - beforePublishing: what has to come to its end before anything is published. What it throws ends the run.
    public init(
        _ miner: Miner, through session: any RegistrySession, into checkpoint: any Checkpoint, options: MiningOptions,
        progress: RunProgress = RunProgress(), now: @escaping @Sendable () -> Date = { Date() },
        clock: any Clock<Duration> = ContinuousClock(),
        whenListed: @escaping @Sendable () -> Void = {},
        beforePublishing: @escaping @Sendable () async throws -> Void = {}
    ) {
        self.whenListed = whenListed
        self.beforePublishing = beforePublishing
        self.progress = progress
        self.clock = clock
        self.miner = miner
        self.session = session
        self.checkpoint = checkpoint
        self.options = options
        self.now = now
    }

    public func run() async throws -> RunReport {
        try options.refuseFilesOfAnother(than: miner.ecosystem)
        let open = try await checkpoint.openRun(
            RunFacts(began: options.began ?? now()), of: miner.ecosystem,
            on: RunTerms(cursorFormat: Miner.cursorFormat, movedFrom: options.movedFrom))
        progress.began(open)
        progress.enter(.list)
        // The first packages are a trial. Of a list that has been whole they would leave out what is new.
        let limit = open.isUpdate ? nil : options.limit
        let listing = try await list(open, limit: limit)
        if case .refused(let change) = listing { return try await refuse(change, open) }
        progress.enter(.number)
        let numbered = try await checkpoint.numberPackages(limit: limit)
        progress.enter(.resolve)
        let touched = try await Staleness(miner: miner, checkpoint: checkpoint).settle()
        whenListed()
        let isWalked = if case .whole = listing { true } else { false }
        let isWhole = isWalked && numbered.isAll
        let lookedUp = options.resolves ? try await resolve(open, isWhole: isWhole) : 0
        let isUnchanged = open.isUpdate && !open.isResumed && numbered.count == 0 && touched == 0 && lookedUp == 0
        let done = RunWork(newPackages: numbered.count, lookedUp: lookedUp, isWhole: isWhole)
        return try await publish(open, done, isUnchanged: isUnchanged)
    }

    /// Where that takes days, what is known by then is published wherever it stops: but for a service that refuses
    /// everything, and a store that fails.
    private func resolve(_ open: OpenRun, isWhole: Bool) async throws -> Int {
        do {
            return try await resolving(open).run()
        } catch {
            let isStop = error is CancellationError || error is WireError || error is RegistryIsDown
            if isStop, miner.ecosystem.publishesWhenStopped {
                try await publishing.publishSoFar(open, isWhole: isWhole, registryTime: registryTime())
                progress.publishedSoFar()
            }
            throw error
        }
    }

    /// The list from before stays as it is, nothing gets a Package ID and nothing is looked up.
    private func refuse(_ change: ListChange, _ open: OpenRun) async throws -> RunReport {
        try await publish(open, RunWork(refused: change), isUnchanged: true)
    }

    private func publish(_ open: OpenRun, _ done: RunWork, isUnchanged: Bool) async throws -> RunReport {
        try await beforePublishing()
        progress.enter(.publish)
        let report = try await publishing.run(
            open, done, isUnchanged: isUnchanged, registryTime: registryTime())
        progress.enter(.done)
        return report
    }

    private func registryTime() async throws -> Date? {
        miner.registryTime(ofListBehind: try await listing(nil).walkedCursors())
    }

    private func list(_ open: OpenRun, limit: Int?) async throws -> Listing<Miner>.End {
        do {
            return try await listing(limit).run(open)
        } catch let error as WrongClock {
            try await checkpoint.abandonRun()
            throw error
        }
    }

    /// A replayed run's time stands still.
    private var timeOfRun: @Sendable () -> Date {
        guard let began = options.began else { return now }
        return { began }
    }

    private func listing(_ limit: Int?) -> Listing<Miner> {
        var options = options
        options.limit = limit
        return Listing(
            miner: miner, session: session, checkpoint: checkpoint, options: options, progress: progress,
            now: timeOfRun)
    }

    private func resolving(_ open: OpenRun) -> Resolving<Miner> {
        Resolving(
            miner: miner, session: session, checkpoint: checkpoint, options: options, progress: progress, run: open,
            clock: clock)
    }

    private var publishing: Publishing {
        Publishing(
            ecosystem: miner.ecosystem, session: session, checkpoint: checkpoint, options: options, now: now)
    }
}
