public import PackageMining
import RecordReaders
public import RegistryDocuments

/// Hackage's packages: listed by its index, an archive with the `.cabal` file of every version, in the order of upload.
///
/// A path comes again for each revision of its file, and the last one counts. What was deleted is left out when the
/// index is made anew (hackage-server's `Packages/Index.hs`, June 2026), so that its beginning may change: where the
/// ETag is another, the file is read whole. Deprecated packages stay listed.
public struct HackageMiner: SnapshotMiner {
    public static let defaultIndexURL = "https://hackage.haskell.org/01-index.tar.gz"
    private let indexURL: String

    public init(indexURL: String = HackageMiner.defaultIndexURL) { self.indexURL = indexURL }

    public var ecosystem: Ecosystem {
        Ecosystem(
            id: "hackage", platform: "Hackage", fileName: "Hackage", purlType: "hackage",
            registries: [Registry(name: "Hackage index", url: indexURL)])
    }

    /// Beside the `.cabal` files there are `package.json` of each version and `preferred-versions` of some packages.
    public func packages(from source: inout SnapshotSource) async throws -> SnapshotPackages {
        let file = Download(indexURL) {
            TarRecords(of: { !$0.name.hasSuffix("/package.json") }) { WholeMember($0, limit: 16 << 20) }
        }
        return try await source.read(file, into: SnapshotPackages()) { packages, record in
            if record.member.name.hasSuffix(".cabal") { Self.take(record, of: file.url, into: &packages) }
        } atEnd: {
            if $1.memberCount == 0 { throw RecordError(at: "its end", "the index is empty") }
        }
    }

    /// Of each package the newest version stays, as its last revision tells of it. Its place is the first version's.
    private static func take(_ record: WholeMember.Record, of url: String, into packages: inout SnapshotPackages) {
        let path = record.member.name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard record.member.kind == .file, path.count == 3, path[0] != "", path[2] == "\(path[0]).cabal",
            !numbers(path[1]).isEmpty, !path[0].unicodeScalars.contains("\u{FFFD}")
        else {
            let (place, reason) = (printable(record.member.name), "it is not PACKAGE/VERSION/PACKAGE.cabal")
            return packages.note(Problem(.unreadable, at: "\(url), \(place)", reason))
        }
        let links = cabalLinks(in: record.bytes)
        let release = Release(
            version: path[1], place: Int64(packages.count), homepage: links.homepage, repository: links.repository)
        packages.add(name: path[0], release) { !numbers(path[1]).lexicographicallyPrecedes(numbers($0.version)) }
    }

    public func isVersion(_ a: String, newerThan b: String) -> Bool { numbers(b).lexicographicallyPrecedes(numbers(a)) }
}

/// What versions are compared by, `1.0` before `1.0.0`; empty for what is none.
private func numbers(_ version: String) -> [Int] { SemanticVersion(version)?.numbers ?? [] }
