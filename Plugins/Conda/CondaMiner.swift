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

    public init(channelURL: String = CondaMiner.defaultChannelURL) {
        self.channelURL = channelURL.hasSuffix("/") ? String(channelURL.dropLast()) : channelURL
    }

    public var ecosystem: Ecosystem {
        Ecosystem(
            id: "conda", platform: "Conda", fileName: "Conda", purlType: "conda",
            registries: [Registry(name: "conda channel", url: channelURL)])
    }

    /// The subdirs that conda knows (`KNOWN_SUBDIRS` of conda 25), for a channel that does not tell its own.
    private static let subdirs = [
        "noarch", "emscripten-wasm32", "wasi-wasm32", "freebsd-64", "linux-32", "linux-64", "linux-aarch64",
        "linux-armv6l", "linux-armv7l", "linux-ppc64", "linux-ppc64le", "linux-riscv64", "linux-s390x", "osx-64",
        "osx-arm64", "win-32", "win-64", "win-arm64", "zos-z",
    ]

    public func packages(from source: inout SnapshotSource) async throws -> SnapshotPackages {
        let told = try await toldSubdirs(through: source.session)
        // What every channel has, whatever it tells.
        let subdirs = told.map { $0.contains("noarch") ? $0 : $0 + ["noarch"] } ?? Self.subdirs
        let empty = ChannelPackages(repodata: subdirs.map { "\(channelURL)/\($0)/repodata.json" })
        do {
            let files = empty.repodata.map { $0 + ".zst" } + ["\(channelURL)/channeldata.json"]
            return try await source.read(files.map(Self.file), into: empty) {
                $0.take($1)
            } atEnd: {
                try $0.end($1)
            }.packages
        } catch let error as WireError where error.category == .absent {
            return try await packages(of: empty, told: told ?? [], through: source.session)
        }
    }

    private static func file(_ url: String) -> Download<JSONElements> { Download(url) { ChannelPackages.reader } }

    /// The subdirs that the channel tells; nil where it tells none.
    private func toldSubdirs(through session: any RegistrySession) async throws -> [String]? {
        do {
            let told = try await Self.file("\(channelURL)/channeldata.json")
                .reduce(into: [String](), through: session) { _, _ in
                } atEnd: { subdirs, reader in
                    subdirs =
                        reader.kept["/subdirs"]?.elements?.compactMap(\.text).filter { urlSegment($0) == $0 } ?? []
                }
            return told.isEmpty ? nil : told
        } catch let error as WireError where error.category == .absent {
            return nil
        }
    }

    /// The same of a channel that lacks some of the documents: repodata may be there uncompressed alone.
    private func packages(
        of empty: ChannelPackages, told: [String], through session: any RegistrySession
    ) async throws -> SnapshotPackages {
        var channel = empty
        var missing: [WireError] = []
        for (number, url) in (empty.repodata + ["\(channelURL)/channeldata.json"]).enumerated() {
            let isOfSubdir = number < empty.repodata.count
            let before = missing.count
            for candidate in isOfSubdir ? [url + ".zst", url] : [url] {
                do {
                    channel = try await Self.file(candidate).reduce(into: channel, through: session) {
                        $0.take($1)
                    } atEnd: {
                        try $0.end($1)
                    }
                    break
                } catch let error as WireError where error.category == .absent {
                    if isOfSubdir, candidate == url { missing.append(error) }
                }
            }
            if missing.count > before {
                channel.pass(isTold: told.contains { url == "\(channelURL)/\($0)/repodata.json" })
            }
        }
        if let first = missing.first, missing.count == empty.repodata.count { throw first }
        return channel.packages
    }
}
