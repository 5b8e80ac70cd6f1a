import Foundation
import MiningStore
import PackageMining
import RegistryHTTP

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

        /// When the run begins, where that is not now.
        var began: Date?

        /// How many refusals in a row are looked into.
        var fewestRefusals = MiningOptions(outputFolder: URL(filePath: "/")).fewestRefusals

        /// Registries whose paces the session keeps.
        var registries: [Registry] = []

        /// How long the registry may answer nothing.
        var outageLimit: Duration = .seconds(600)
    }

    /// One process: a new miner, a new session, the state as the process before it left it.
    @discardableResult
    func run(_ process: Process = Process()) async throws -> Result<RunReport, any Error> {
        let id = try ecosystem.id
        let store = try MiningStore(StateFiles(outputFolder: folder, id: id))
        let result = try await run(
            process, into: InterferingCheckpoint(store, process.interference, leash))
        try await store.close()
        return result
    }

    /// The same with another keeper of what is found.
    func run(_ process: Process, into checkpoint: any Checkpoint) async throws -> Result<RunReport, any Error> {
        leash.begin()
        var options = MiningOptions(outputFolder: folder)
        options.concurrency = process.concurrency
        options.began = process.began
        options.fewestRefusals = process.fewestRefusals
        let session = LeashedSession(session: try CurlSession(configuration(of: process)), leash: leash)
        let run = MiningRun(
            try fixture.miner(at: server.baseURL), through: session, into: checkpoint, options: options)
        let result: Result<RunReport, any Error>
        do { result = .success(try await run.run()) } catch { result = .failure(error) }
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
    private func watched<Result: Sendable>(_ body: @escaping @Sendable () async throws -> Result) async throws -> Result
    {
        let (alarm, ring) = AsyncStream<Void>.makeStream()
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask { try await cancelling(body, at: alarm) }
            group.addTask { [self] in
                try await leash.watch()
                server.goDown()
                time.goOn()
                ring.finish()
                try await Task.sleep(for: leash.patience)
                // Nobody can end a task from outside, and one that goes on would hold the whole test run for ever.
                fatalError("a miner that has to be stopped goes on, and nothing else can end it")
            }
            defer { group.cancelAll() }
            guard let result = try await group.next() ?? nil else { throw CancellationError() }
            try leash.check()
            return result
        }
    }
}

/// Does `body`, and cancels it when the alarm ends.
private func cancelling<Result: Sendable>(
    _ body: @escaping @Sendable () async throws -> Result, at alarm: AsyncStream<Void>
) async throws -> Result? {
    try await withThrowingTaskGroup(of: Result?.self) { group in
        group.addTask { try await body() }
        group.addTask {
            for await _ in alarm {}
            return nil
        }
        while let ended = try await group.next() {
            group.cancelAll()
            if let result = ended { return result }
        }
        return nil
    }
}
