public import PackageMining
public import RegistryDocuments
import RegistryJSON

/// conda packages: listed by the repodata of every subdir of a channel, with the links of its `channeldata.json`.
///
/// Neither is whole: repodata has no links, and channeldata is optional and a heuristic (CEP 38). A list is of one
/// channel, which may lag behind by days where a network of copies serves it.
public struct CondaMiner: SnapshotMiner {
    public static let defaultChannelURL = "https://conda.anaconda.org/conda-forge"
    private let channelURL: String

    public init(channelURL: String = CondaMiner.defaultChannelURL) { self.channelURL = bareURL(channelURL) }

    public var ecosystem: Ecosystem {
        Ecosystem(
            id: "conda", platform: "Conda", fileName: "Conda", purlType: "conda",
            registries: [Registry(name: "conda channel", url: channelURL)])
    }

    /// Those that conda knows (`KNOWN_SUBDIRS` of conda 25), for a channel that tells none. Each channel has noarch.
    private static let subdirs = [
        "noarch", "emscripten-wasm32", "wasi-wasm32", "freebsd-64", "linux-32", "linux-64", "linux-aarch64",
        "linux-armv6l", "linux-armv7l", "linux-ppc64", "linux-ppc64le", "linux-riscv64", "linux-s390x", "osx-64",
        "osx-arm64", "win-32", "win-64", "win-arm64", "zos-z",
    ]

    public func packages(from source: inout SnapshotSource) async throws -> SnapshotPackages {
        let told = try await toldSubdirs(in: source)
        let subdirs = told.isEmpty ? Self.subdirs : told.contains("noarch") ? told : told + ["noarch"]
        let repodata = subdirs.map { file("\($0)/repodata.json", isCompressed: true) }
        var packages = try await source.read(repodata + [file("channeldata.json")], into: ChannelPackages()) {
            $0.take($1, of: $2)
        } atEnd: {
            try $0.end($1, of: $2)
        }.packages
        let missing = zip(subdirs, repodata).filter { source.absence(of: $1) != nil }
        if missing.count == repodata.count, let absence = source.absence(of: repodata[0]) { throw absence }
        for (subdir, file) in missing where told.contains(subdir) && !source.wasThere(file) {
            packages.note(Problem(.gap, at: file.url, "the channel tells of this subdir, and does not have it"))
        }
        return packages
    }

    /// Old channels have their repodata uncompressed alone, and some no channeldata.
    private func file(_ path: String, isCompressed: Bool = false) -> Download<JSONElements> {
        var file = Download("\(channelURL)/\(path)") { ChannelPackages.reader }
        file.isOptional = true
        if isCompressed { file.preferredURLs = [file.url + ".zst"] }
        return file
    }

    /// The subdirs that the channel tells; none where it tells none.
    private func toldSubdirs(in source: SnapshotSource) async throws -> [String] {
        let channeldata = file("channeldata.json")
        let told = try await channeldata.reduceIfAny(into: [String](), through: source.session) { _, _ in
        } atEnd: {
            $0 = ($1.kept["/subdirs"]?.elements ?? []).compactMap(\.text).filter { urlSegment($0) == $0 }
        }
        guard told == nil, source.wasThere(channeldata) else { return told ?? [] }
        throw WireError(.absent, url: channeldata.url, "links were in it: --accept-shrinking drops them", isFinal: true)
    }
}
