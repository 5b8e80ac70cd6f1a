public import Foundation
// Whoever mines needs its names, as of a miner, the options and the report.
@_exported public import PackageMining
public import RegistryHTTP

/// What a program mines: one ecosystem into one folder, as `pkgmine` does it.
///
/// ```swift
/// let mining = Mining(HexMiner(), into: folder, by: Program(name: "trends", version: "1.0"))
/// let report = try await mining.run()
/// ```
public struct Mining<Miner: EcosystemMiner>: Sendable {
    public let miner: Miner

    /// What the list is to hold, and what it is called.
    public var options: MiningOptions

    /// How registries are asked. What they bear need not be said: the miner tells it.
    public var session: CurlSession.Configuration

    /// Start over. The old state is kept aside until the new list is published. A call that is to go on with a run that
    /// was stopped leaves it out.
    public var fresh = false

    /// - Parameters:
    ///   - folder: of the lists; made if missing. Several ecosystems may share one.
    ///   - program: what registries see in the User-Agent, and readers in the manifest.
    public init(_ miner: Miner, into folder: URL, by program: Program) {
        self.miner = miner
        options = MiningOptions(outputFolder: folder)
        options.tool = program.told
        session = program.session()
    }

    /// Mines: the whole list the first time, then what is new in it, and the rest of it after a run that was stopped.
    ///
    /// Cancelling the task stops the run in order, with all stored that had arrived; the same call goes on from there.
    ///
    /// - Parameters:
    ///   - session: asks in place of one that is made from ``session``, as one that records or replays. It keeps the
    ///     pace of registries only where its own configuration says so.
    ///   - interval: how often `show` is told of a moment.
    ///   - show: watches the run beside it, and is waited for when that has ended. What it throws stops the run in
    ///     order, and is thrown here.
    /// - Throws: ``MiningFailure``, whose text says what is safe and what to do; `CancellationError`; what `show` throws.
    public func run(
        through session: (any RegistrySession)? = nil, every interval: Duration = .seconds(1),
        showing show: @escaping @Sendable (_ moments: RunMoments) async throws -> Void = { _ in }
    ) async throws -> RunReport {
        let list = try told {
            try options.check()
            return try OpenedList(of: miner.ecosystem, options, fresh: fresh)
        }
        let report = await ending { try await run(in: list, session, every: interval, showing: show) }
        do { try await list.close() } catch { throw MiningFailure(error) }
        return try report.get()
    }

    private func run(
        in list: OpenedList, _ given: (any RegistrySession)?, every interval: Duration,
        showing show: @escaping @Sendable (RunMoments) async throws -> Void
    ) async throws -> RunReport {
        let session = try told { try given ?? ownSession() }
        let run = MiningRun(miner, through: session, into: list.store, options: options)
        let progress = ProgressOfOne(miner.ecosystem.id, run.progress, session)
        let moments = RunMoments()
        let watched = await Watched {
            try await moments.tell(of: progress, every: interval) { try await run.run() }
        } by: {
            try await show(moments)
        }
        return try watched.report { MiningFailure($0, run.progress.snapshot()) }
    }

    private func ownSession() throws -> CurlSession {
        var configuration = session
        configuration.concurrency = options.concurrency
        configuration.keepPaces(of: miner.ecosystem.registries)
        return try CurlSession(configuration)
    }
}

/// An error of what comes before a run.
private func told<Value>(_ body: () throws -> Value) throws -> Value {
    do { return try body() } catch { throw MiningFailure(error) }
}
