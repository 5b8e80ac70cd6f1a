import Foundation
import MiningStore
import PackageMining
import RegistrySession

/// A registry that is up, an output folder, and the processes that mine the one into the other, one after another.
///
/// The real session and the real store take part: what a miner does with them is what counts.
final class Stage<Fixture: RegistryFixture>: Sendable {
    let fixture: Fixture
    let server: LoopbackServer

    /// Holds the output folder and nothing else.
    let surroundings: URL
    var folder: URL { surroundings.appending(path: "out") }

    private init(_ fixture: Fixture, _ server: LoopbackServer) throws {
        self.fixture = fixture
        self.server = server
        surroundings = FileManager.default.temporaryDirectory.appending(path: "conformance-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: surroundings) }

    /// How a process goes about its run.
    struct Process: Sendable {
        var concurrency = 8
        var interference = Interference()

        /// The longest time for one attempt, by the clock on the wall.
        var attemptTimeout: Duration = .seconds(10)

        /// How long the registry may answer nothing, by the session's fast clock.
        var outageLimit: Duration = .seconds(600)
    }

    /// Serves the fixture while `body` runs. `delay` is asked before each answer.
    static func open<Result>(
        _ fixture: Fixture, misbehaving misbehaviour: Misbehaviour = .none,
        delay: @escaping @Sendable (LoopbackRequest) async -> Void = { _ in },
        body: (Stage) async throws -> Result
    ) async throws -> Result {
        try await LoopbackServer.run(
            misbehaving: misbehaviour,
            handler: { request in
                await delay(request)
                return fixture.answer(to: request)
            }
        ) { try await body(Stage(fixture, $0)) }
    }

    /// One process: a new miner, a new session, the state as the process before it left it.
    @discardableResult
    func run(_ process: Process = Process()) async throws -> Result<RunReport, any Error> {
        let miner = try fixture.miner(at: server.baseURL)
        let store = try MiningStore(StateFiles(outputFolder: folder, id: miner.ecosystem.id))
        var options = MiningOptions(outputFolder: folder)
        options.concurrency = process.concurrency
        let run = MiningRun(
            miner, through: try CurlSession(configuration(of: process)),
            into: InterferingCheckpoint(store, process.interference), options: options)
        let result: Result<RunReport, any Error>
        do { result = .success(try await run.run()) } catch { result = .failure(error) }
        try await store.close()
        return result
    }

    private func configuration(of process: Process) -> CurlSession.Configuration {
        var configuration = CurlSession.Configuration(userAgent: "miner-conformance")
        configuration.concurrency = process.concurrency
        configuration.attemptTimeout = process.attemptTimeout
        configuration.outageLimit = process.outageLimit
        configuration.time = FastTime.source
        return configuration
    }
}

extension Stage {
    /// Runs a process that has to end with exit code 0 and the fixture's list. Returns what was wrong.
    func runToTheEnd(_ process: Process = Process()) async throws -> String? {
        switch try await run(process) {
        case .failure(let error): "the run ended with an error: \(printable("\(error)"))"
        case .success(let report) where report.exitCode != 0:
            "exit code \(report.exitCode): \(printable(try problems().map { $0.joined(separator: " ") }.joined(separator: "; ")))"
        case .success: try difference()
        }
    }

    /// Where the list is not what the fixture says; nil where it is, byte for byte.
    func difference() throws -> String? {
        guard let list = try list() else { return "there is no list" }
        return firstDifference(of: list, from: try expectedList())
    }

    /// The published list; nil where there is none.
    func list() throws -> [UInt8]? {
        let file = folder.appending(path: "\(try ecosystem.fileName).csv")
        return FileManager.default.fileExists(atPath: file.path) ? Array(try Data(contentsOf: file)) : nil
    }

    func expectedList() throws -> [UInt8] {
        listText(of: fixture.expected, platform: try ecosystem.platform)
    }

    /// The rows of the problems file.
    func problems() throws -> [[String]] {
        let file = folder.appending(path: "\(try ecosystem.fileName).problems.csv")
        guard FileManager.default.fileExists(atPath: file.path) else { return [] }
        return Array(readCSV(Array(try Data(contentsOf: file))).dropFirst())
            .map { $0.map { String(decoding: $0, as: UTF8.self) } }
    }

    var ecosystem: Ecosystem {
        get throws { try fixture.miner(at: server.baseURL).ecosystem }
    }

    /// The targets that were asked for, in order, of the kinds that are wanted.
    func asked(_ isWanted: (RequestKind) -> Bool = { _ in true }) -> [String] {
        server.journal.log.filter { isWanted(fixture.kind(of: $0)) }.map(\.target)
    }
}
