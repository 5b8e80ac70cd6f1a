import ContentDigest
import MavenFormats
public import PackageMining
import RecordReaders
public import RegistryDocuments
import RegistryXML

/// Clojars projects: listed by the repository's feed, and by its list of all releases, which has what the feed lacks.
///
/// The feed has each project with the links of its highest version, snapshots included, as that one's POM itself says
/// them. A project at which the server fails is left out (clojars-web's `generate_feeds.clj`, August 2026): its POM is
/// asked for. A SHA-1 lies beside each file.
public struct ClojarsMiner: SnapshotMiner {
    public static let defaultRepositoryURL = "https://repo.clojars.org"
    private let repositoryURL: String

    public init(repositoryURL: String = ClojarsMiner.defaultRepositoryURL) {
        self.repositoryURL = bareURL(repositoryURL)
    }

    public var ecosystem: Ecosystem {
        Ecosystem(
            id: "clojars", platform: "Clojars", fileName: "Clojars", purlType: "maven",
            registries: [Registry(name: "Clojars repository", url: repositoryURL)])
    }

    /// A file may be made anew behind its checksum, in place: another checksum is then tried.
    public func packages(from source: inout SnapshotSource) async throws -> SnapshotPackages {
        let files = try await files(through: source.session)
        do {
            return try await packages(of: files, from: &source)
        } catch let error as WireError where error.category == .malformed {
            let now = try await self.files(through: source.session)
            if now.map(\.checksum) == files.map(\.checksum) { throw error }
            return try await packages(of: now, from: &source)
        }
    }

    private func packages(
        of files: [Download<LineReader>], from source: inout SnapshotSource
    ) async throws -> SnapshotPackages {
        let isProven = files.allSatisfy { $0.checksum != nil }
        return try await source.read(files, into: ListedProjects()) { list, line, _ in
            list.take(line)
        } atEnd: { list, _, _ in
            try list.end(mayBeEmpty: isProven)
        }.packages
    }

    private func files(through session: any RegistrySession) async throws -> [Download<LineReader>] {
        var files = ["feed.clj.gz", "all-jars.clj.gz"].map { name in
            Download("\(repositoryURL)/\(name)") { LineReader(lastMayBeOpen: false) }
        }
        for place in files.indices {
            files[place].checksum = try await session.fetch(Request(files[place].url + ".sha1"), read: Self.checksum)
        }
        return files
    }

    /// - Returns: nil where none lies there, as in a copy of the repository.
    private static func checksum(_ response: Response) throws -> FileChecksum? {
        if response.status == 404 { return nil }
        let text = String(decoding: try response.bodyOfSuccess(), as: UTF8.self).filter { !$0.isWhitespace }
        guard let checksum = FileChecksum(reading: text, by: .sha1) else { throw response.malformed("it is no SHA-1") }
        return checksum
    }

    /// Only a project that the feed lacks has a version.
    public func resolve(_ package: Package, through session: any RegistrySession) async throws -> Resolution {
        let newest = package.newest
        if newest.version.isEmpty { return .ofList(newest) }
        let parts = package.name.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let pom = Coordinates(group: parts[0], artifact: parts[parts.count - 1], version: newest.version)
        guard let path = pom.pomPath else { return Resolution(.invalidName) }
        let build = try await build(of: newest.version, besides: path, through: session)
        return try await session.lookUp(Request("\(repositoryURL)/\(build ?? path)")) { response in
            return EffectivePom([try response.pom()])?.resolution(without: nil) ?? Resolution(.failed)
        }
    }

    /// The POM of a snapshot's last build, as its folder tells it: `a-1.0-20240102.030405-6.pom`.
    private func build(
        of version: String, besides path: String, through session: any RegistrySession
    ) async throws -> String? {
        guard version.hasSuffix("-SNAPSHOT"), let slash = path.lastIndex(of: "/") else { return nil }
        let parts = XMLSelection(each: "metadata/versioning/snapshot", taking: ["timestamp", "buildNumber"])
        return try await session.fetch(Request("\(repositoryURL)/\(path[...slash])maven-metadata.xml")) { response in
            if let refusal = try response.refusal() {
                if refusal.outcome == .gone { return nil }
                throw response.statusError()
            }
            guard let build = try response.xml(parts).first, let time = build.text("timestamp"),
                let number = build.text("buildNumber")
            else { return nil }
            return path.dropLast("SNAPSHOT.pom".count) + "\(time)-\(number).pom"
        }
    }
}
