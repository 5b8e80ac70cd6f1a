public import Foundation
import MiningStore
public import PackageMining

/// An output folder, and runs into it as separate processes would make them.
public final class MinedFolder: Sendable {
    private let folder: URL

    public init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "pkgmine-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// What a file of the folder says.
    public func text(_ name: String) throws -> String {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }

    /// Whether any file of the folder, the state included, has this text in it.
    public func holds(_ text: String) throws -> Bool {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path).contains { path in
            let file = folder.appending(path: path)
            guard try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else { return false }
            return try Data(contentsOf: file).range(of: Data(text.utf8)) != nil
        }
    }

    /// Makes a run to its end and returns the rows of its list, without the header and the column of the platform.
    public func run(
        _ miner: some EcosystemMiner, through session: any RegistrySession, at began: Date? = nil, limit: Int? = nil,
        acceptsShrinking: Bool = false
    ) async throws -> [String] {
        let store = try MiningStore(StateFiles(outputFolder: folder, id: miner.ecosystem.id))
        var options = MiningOptions(outputFolder: folder)
        options.concurrency = 4
        options.began = began
        options.limit = limit
        options.acceptsShrinking = acceptsShrinking
        do {
            _ = try await MiningRun(miner, through: session, into: store, options: options).run()
            try await store.close()
        } catch {
            try await store.close()
            throw error
        }
        return try text("\(miner.ecosystem.fileName).csv").split(separator: "\n").dropFirst().map { line in
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            return (fields.prefix(1) + fields.dropFirst(2)).joined(separator: " ")
        }
    }

    /// The problems file that the last run left, without its header; nil where it left none.
    public func problems(of miner: some EcosystemMiner) throws -> String? {
        let file = folder.appending(path: "\(miner.ecosystem.fileName).problems.csv")
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        let text = try String(contentsOf: file, encoding: .utf8)
        return text.split(separator: "\n").dropFirst().joined(separator: "\n")
    }
}
