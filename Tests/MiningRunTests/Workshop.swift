import Foundation
import MiningStore
import PackageMining

/// An output folder of a test, and runs into it as separate processes would make them.
final class Workshop: Sendable {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "pkgmine-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    @discardableResult
    func run(
        _ registry: CrumbRegistry, fresh: Bool = false, change: (inout MiningOptions) -> Void = { _ in }
    ) async throws -> RunReport {
        try await run(through: registry, fresh: fresh, change: change)
    }

    @discardableResult
    func run(
        through registry: any RegistrySession, fresh: Bool = false, change: (inout MiningOptions) -> Void = { _ in }
    ) async throws -> RunReport {
        try await run(CrumbMiner(url: "https://crumb.test"), through: registry, fresh: fresh, change: change)
    }

    @discardableResult
    func run(
        _ miner: some EcosystemMiner, through registry: any RegistrySession, fresh: Bool = false,
        at now: TimeInterval = 1_700_000_000, change: (inout MiningOptions) -> Void = { _ in }
    ) async throws -> RunReport {
        let store = try MiningStore(StateFiles(outputFolder: folder, id: miner.ecosystem.id), fresh: fresh)
        var options = MiningOptions(outputFolder: folder)
        options.concurrency = 4
        change(&options)
        let run = MiningRun(
            miner, through: registry, into: store, options: options,
            now: { Date(timeIntervalSince1970: now) })
        do {
            let report = try await run.run()
            try await store.close()
            return report
        } catch {
            try await store.close()
            throw error
        }
    }

    func text(_ name: String = "Crumb.csv") throws -> String {
        String(decoding: try Data(contentsOf: folder.appending(path: name)), as: UTF8.self)
    }

    /// What the manifest says of how a list was mined, each value as text.
    func entry(_ id: String) throws -> [String: String] {
        let data = try Data(contentsOf: folder.appending(path: ".pkgmine/\(id).list.json"))
        let entry = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        return (entry?["mining"] as? [String: Any] ?? [:]).mapValues {
            ($0 as? [String: Int]).map {
                "[" + $0.map { "\($0.key): \($0.value)" }.sorted().joined(separator: ", ") + "]"
            }
                ?? "\($0)"
        }
    }

    func exists(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: name).path)
    }
}
