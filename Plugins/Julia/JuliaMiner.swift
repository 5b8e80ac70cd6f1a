public import PackageMining
import RecordReaders
public import RegistryDocuments

/// Julia packages: listed by the General registry, as the package server hands it out: one tar archive.
///
/// The server names the archive by its git tree (https://pkgdocs.julialang.org/v1/protocol/), of the eager registries:
/// the conservative ones lack what was registered last. A package is its UUID. No homepage is told.
public struct JuliaMiner: SnapshotMiner {
    public static let defaultRegistryURL = "https://pkg.julialang.org"
    private static let general = "23338594-aafe-5451-b93e-139f81909106"
    private let registryURL: String

    public init(registryURL: String = JuliaMiner.defaultRegistryURL) { self.registryURL = bareURL(registryURL) }

    public var ecosystem: Ecosystem {
        Ecosystem(
            id: "julia", platform: "Julia", fileName: "Julia", purlType: "julia",
            registries: [Registry(name: "Julia package server", url: registryURL)], options: ["registries": "eager"])
    }

    public func packages(from source: inout SnapshotSource) async throws -> SnapshotPackages {
        let path = try await source.index(at: "\(registryURL)/registries.eager", Self.path)
        var file = Download(registryURL + path.joined()) {
            // Registry.toml is the largest, of a megabyte.
            TarRecords {
                [.file, .symbolicLink].contains($0.kind)
            } readBy: {
                WholeMember($0, limit: 64 << 20)
            }
        }
        file.isNamedByContent = true
        return try await source.read(file, into: RegisteredPackages()) {
            try $0.take($1)
        } atEnd: { registry, _ in
            try registry.end(beingTree: path[1])
        }.packages
    }

    /// Where General is, of lines `/registry/UUID/TREE`, or the only registry of a server without it; the tree alone
    /// is the second part.
    private static func path(_ response: Response) throws -> [String] {
        let text = String(decoding: try response.bodyOfSuccess(), as: UTF8.self)
        let lines = text.split(whereSeparator: \.isNewline).compactMap {
            $0.wholeMatch(of: /(\/registry\/([0-9a-f-]{36})\/)([0-9a-f]{40})\s*/)?.output
        }
        guard let line = lines.first(where: { $0.2 == general }) ?? (lines.count == 1 ? lines[0] : nil) else {
            throw response.malformed("it names no registry General")
        }
        return [String(line.1), String(line.3)]
    }
}
