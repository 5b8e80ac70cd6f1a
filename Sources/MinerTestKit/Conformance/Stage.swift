import Foundation
import MiningStore
import PackageMining
import RegistryHTTP
import Synchronization

/// A registry that is up, an output folder, and the processes that mine the one into the other, one after another.
///
/// The real session and the real store take part: what a miner does with them is what counts. Time is virtual.
final class Stage<Fixture: RegistryFixture>: Sendable {
    let fixture: Fixture
    let server: LoopbackServer
    let time: VirtualTime
    let leash: Leash

    /// Holds nothing but the output folder, a few levels down: a name that climbs out of that stays in here.
    let surroundings: URL
    let folder: URL

    /// What the process holds that is running.
    private let held = Mutex<(session: LeashedSession, store: MiningStore?)?>(nil)

    /// Says what the server does before it answers a request.
    typealias Prelude = @Sendable (LoopbackRequest, VirtualTime) async -> Void

    private init(_ fixture: Fixture, _ server: LoopbackServer, _ time: VirtualTime, _ leash: Leash) throws {
        self.fixture = fixture
        self.server = server
        self.time = time
        self.leash = leash
        surroundings = FileManager.default.temporaryDirectory.appending(path: "conformance-\(UUID().uuidString)")
        folder = surroundings.appending(path: "a/b/c/out")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: surroundings) }

    /// Serves the fixture while `body` runs. A `body` that hangs is given up.
    ///
    /// - Parameter answer: what answers instead of the fixture, where it does not return nil; nil where that does.
    static func open<Result: Sendable>(
        _ fixture: Fixture, patience: Duration, misbehaving misbehaviour: Misbehaviour = .none,
        answering answer: (@Sendable (LoopbackRequest) -> LoopbackAnswer?)? = nil,
        prelude: @escaping Prelude = { _, _ in }, body: @escaping @Sendable (Stage) async throws -> Result
    ) async throws -> Result {
        let time = VirtualTime()
        return try await LoopbackServer.run(
            by: time, misbehaving: misbehaviour,
            handler: { request in
                await prelude(request, time)
                return answer?(request) ?? fixture.answer(to: request)
            }
        ) { server in
            let stage = try Stage(fixture, server, time, Leash(patience: patience))
            return try await stage.watched { try await body(stage) }
        }
    }
}

// MARK: Processes

extension Stage {
    /// How a process goes about its run.
    struct Process: Sendable {
        var concurrency = 8
        var interference = Interference()

        /// Measures how long the walk does nothing, where that is wanted.
        var pauses: Pauses?

        /// When the run begins, where that is not now.
        var began: Date?

        /// How many refusals in a row are looked into.
        var fewestRefusals = MiningOptions(outputFolder: URL(filePath: "/")).fewestRefusals

        /// Registries whose paces the session keeps.
        var registries: [Registry] = []

        /// How long the registry may answer nothing.
        var outageLimit: Duration = .seconds(600)

        /// The largest body that the session takes, in bytes, where the miner does not take less.
        var bodyLimit = Int.max
    }

    /// One process: a new miner, a new session, the state as the process before it left it.
    @discardableResult
    func run(_ process: Process = Process()) async throws -> Result<RunReport, any Error> {
        let id = try ecosystem.id
        let store = try MiningStore(StateFiles(outputFolder: folder, id: id))
        let checkpoint = InterferingCheckpoint(store, process.interference, leash, measuring: process.pauses)
        let result = try await run(process, into: checkpoint, storing: store)
        try await store.close()
        return result
    }

    /// The same with another keeper of what is found.
    func run(
        _ process: Process, into checkpoint: any Checkpoint, storing store: MiningStore? = nil
    ) async throws -> Result<RunReport, any Error> {
        leash.begin()
        var options = MiningOptions(outputFolder: folder)
        options.tellsOutcomes = true
        options.concurrency = process.concurrency
        options.began = process.began
        options.fewestRefusals = process.fewestRefusals
        let session = LeashedSession(
            try CurlSession(configuration(of: process)), leash, bodyLimit: process.bodyLimit, measuring: process.pauses)
        held.withLock { $0 = (session, store) }
        let run = MiningRun(
            try fixture.miner(at: server.baseURL), through: session, into: checkpoint, options: options)
        let result: Result<RunReport, any Error>
        do { result = .success(try await run.run()) } catch { result = .failure(error) }
        held.withLock { $0 = nil }
        try leash.check()
        return result
    }

    private func configuration(of process: Process) -> CurlSession.Configuration {
        var configuration = CurlSession.Configuration(userAgent: "miner-conformance")
        configuration.concurrency = process.concurrency
        configuration.outageLimit = process.outageLimit
        configuration.keepPaces(of: process.registries)
        configuration.time = time.source
        // The one wait that is libcurl's own and so goes by the day's clock. On loopback there is nothing to wait for.
        configuration.connectTimeout = .seconds(3600)
        return configuration
    }

    /// Does `body`, and gives it up when nothing has happened for long: all that it may wait for ends in an error.
    ///
    /// The one task that is nobody's child: a miner that goes on whatever it is told would hold a parent for ever. It is
    /// left where it stands, and what it holds is closed.
    private func watched<Result: Sendable>(_ body: @escaping @Sendable () async throws -> Result) async throws -> Result
    {
        let (results, end) = AsyncStream<Swift.Result<Result, any Error>>.makeStream()
        let work = Task {
            do { end.yield(.success(try await body())) } catch { end.yield(.failure(error)) }
            end.finish()
        }
        return try await withTaskCancellationHandler {
            do {
                let result = try await first(of: results, watching: work).get()
                try leash.check()
                return result
            } catch let runaway as Leash.Runaway {
                try await clearAway()
                throw runaway
            }
        } onCancel: {
            work.cancel()
        }
    }

    private func first<Result: Sendable>(
        of results: AsyncStream<Swift.Result<Result, any Error>>, watching work: Task<Void, Never>
    ) async throws -> Swift.Result<Result, any Error> {
        try await withThrowingTaskGroup(of: Swift.Result<Result, any Error>.self) { group in
            group.addTask {
                for await result in results {
                    // With its task ends what the body holds: the fixture, and the memory that this takes.
                    await work.value
                    return result
                }
                throw CancellationError()
            }
            group.addTask { [self] in
                try await leash.watch()
                server.goDown()
                time.goOn()
                work.cancel()
                return try await leash.giveUp()
            }
            defer { group.cancelAll() }
            guard let result = try await group.next() else { throw CancellationError() }
            return result
        }
    }

    /// Closes what a process holds that was given up, so that nothing of it is left running.
    private func clearAway() async throws {
        guard let left = held.withLock({ $0.take() }) else { return }
        left.session.close()
        try await left.store?.close()
        try FileManager.default.removeItem(at: surroundings)
    }
}
