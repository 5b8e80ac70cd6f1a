public import PackageMining
import Synchronization

/// A miner, and what the framework's run has asked it for.
final class WatchedMiner<Miner: EcosystemMiner>: EcosystemMiner {
    private struct State {
        var pages = 0
        var mostPages = Int.max
        var rows: [LookedUpRow] = []
    }

    private let miner: Miner
    private let mayFork: Bool
    private let state = Mutex(State())

    init(_ miner: Miner, mayFork: Bool) {
        self.miner = miner
        self.mayFork = mayFork
    }

    static var cursorFormat: Int { Miner.cursorFormat }

    var ecosystem: Ecosystem { miner.ecosystem }
    var pages: Int { state.withLock { $0.pages } }

    func stop(afterPages count: Int) { state.withLock { $0.mostPages = count } }

    /// What was looked up since this was last read.
    func takeRows() -> [LookedUpRow] {
        state.withLock { state in
            defer { state.rows = [] }
            return state.rows
        }
    }

    func spans(of run: RunFacts, after walked: [Miner.Cursor]) throws -> [Miner.Cursor] {
        try miner.spans(of: run, after: walked)
    }

    func list(
        from cursor: Miner.Cursor, through session: any RegistrySession, into sink: PageSink<Miner.Cursor>
    ) async throws {
        let watching = PageSink<Miner.Cursor>(mayFork: mayFork && sink.mayFork) {
            try await sink.beginSnapshot()
        } count: {
            try await sink.countTold()
        } keepUntold: {
            try await sink.keepUntold(where: $0)
        } store: { page, next, forks in
            if self.state.withLock({ $0.pages >= $0.mostPages }) { throw Stopped() }
            try await sink.push(page, next: next, forks: forks)
            self.state.withLock { $0.pages += 1 }
        } now: {
            sink.now()
        }
        try await miner.list(from: cursor, through: session, into: watching)
    }

    func resolve(_ package: Package, through session: any RegistrySession) async throws -> Resolution {
        do {
            let resolution = try await miner.resolve(package, through: session)
            note(package, resolution)
            return resolution
        } catch {
            note(package, Resolution(.failed, because: "\(error)"))
            throw error
        }
    }

    func isVersion(_ a: String, newerThan b: String) -> Bool { miner.isVersion(a, newerThan: b) }

    private func note(_ package: Package, _ resolution: Resolution) {
        let row = LookedUpRow(name: package.name, version: package.newest.version, resolution: resolution)
        state.withLock { $0.rows.append(row) }
    }
}

/// A package that was looked up: its newest release, and what the miner found.
public struct LookedUpRow: Hashable, Sendable, CustomStringConvertible {
    public let name: String
    public let version: String
    public let resolution: Resolution

    public var outcome: Outcome { resolution.outcome }
    public var repository: String? { resolution.repository }

    public var description: String {
        "\(name) \(version) \(resolution.homepage ?? "nan") \(repository ?? "nan") (\(outcome.rawValue))"
    }
}

/// The run was stopped, as by kill -9.
public struct Stopped: Error {}
