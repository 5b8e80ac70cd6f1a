import Foundation
import MiningStore
public import PackageMining

/// The runs of a miner into a folder of its own, each as another process would make it: the framework's run and its
/// store, one request after another.
public actor StoredRun<Miner: EcosystemMiner> {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "pkgmine-\(UUID().uuidString)")
    private let watched: WatchedMiner<Miner>

    /// - Parameter mayFork: false for walks that give no part of a span away.
    public init(_ miner: Miner, mayFork: Bool = true) {
        watched = WatchedMiner(miner, mayFork: mayFork)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// How many pages were kept so far.
    public var pages: Int { watched.pages }

    /// Lists what is new, and looks nothing up. After an error, called again, it goes on where the last page was kept.
    ///
    /// - Parameter limit: the run is stopped before it keeps more pages than that, those of earlier runs included.
    public func list(through session: any RegistrySession, stopAfter limit: Int = .max) async throws {
        watched.stop(afterPages: limit)
        try await run(through: session, resolves: false)
    }

    /// What looking the packages up brings that have no settled outcome, in the order of their names. It lists what is
    /// new before.
    public func rows(through session: any RegistrySession) async throws -> [LookedUpRow] {
        watched.stop(afterPages: .max)
        try await run(through: session, resolves: true)
        return watched.takeRows().sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    /// The packages that are listed, in order of their Package IDs, each with its newest release.
    public var newest: [(name: String, release: Release)] {
        get async throws {
            try await withStore { store in
                let last = try await store.lastPackageID()?.rawValue ?? 0
                return try await store.samplePackages(max(1, last)).compactMap { known in
                    watched.newest(of: known).map { (known.name, $0) }
                }
            }
        }
    }

    /// What was not right in the list, in the order of the problems file.
    public var problems: [Problem] {
        get async throws { try await withStore { try await $0.listProblems(after: nil, limit: 10_000) } }
    }

    private func run(through session: any RegistrySession, resolves: Bool) async throws {
        try await withStore { store in
            var options = MiningOptions(outputFolder: folder)
            options.concurrency = 1
            options.resolves = resolves
            // Long after what the registries of these tests tell.
            options.began = Date(timeIntervalSince1970: 2e9)
            _ = try await MiningRun(watched, through: session, into: store, options: options).run()
        }
    }

    private func withStore<Result>(_ body: (MiningStore) async throws -> Result) async throws -> Result {
        let store = try MiningStore(StateFiles(outputFolder: folder, id: watched.ecosystem.id))
        do {
            let result = try await body(store)
            try await store.close()
            return result
        } catch {
            try await store.close()
            throw error
        }
    }
}
