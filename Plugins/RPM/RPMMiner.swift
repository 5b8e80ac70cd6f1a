public import PackageMining
import RegistryDocuments
import RegistryXML

/// RPM packages: listed by a repository's metadata, which tells of everything that there is to know here.
///
/// `repodata/repomd.xml` names the repository's files and their checksums, among them `primary`, one large XML file
/// with every package. Several builds of a name make one package, with the homepage of its newest. No repository is
/// named anywhere in RPM's metadata, and none is inferred.
public struct RPMMiner: EcosystemMiner {
    /// What has been taken of a repository.
    public struct Cursor: Codable, Hashable, Sendable {
        /// The checksum of the `primary` file that was listed last; nil where none was.
        var taken: String?
    }

    /// Fedora 43 for x86_64, as an example of a large repository. The form of the address is Fedora's; a release that is
    /// no longer maintained moves to https://archives.fedoraproject.org/pub/archive/fedora/linux.
    public static let defaultRepositoryURL =
        "https://dl.fedoraproject.org/pub/fedora/linux/releases/43/Everything/x86_64/os"

    /// Packages in a page.
    static let pageSize = 5_000

    private static let packages = XMLSelection(each: "metadata/package", taking: ["name", "version", "url"])

    private let repositoryURL: String

    /// - Parameter repositoryURL: the folder in which `repodata` is.
    public init(repositoryURL: String = RPMMiner.defaultRepositoryURL) {
        self.repositoryURL = repositoryURL.hasSuffix("/") ? String(repositoryURL.dropLast()) : repositoryURL
    }

    public var ecosystem: Ecosystem {
        Ecosystem(
            id: "rpm", platform: "RPM", fileName: "RPM", purlType: "rpm",
            registries: [Registry(name: "RPM repository", url: repositoryURL)])
    }

    public func spans(of run: RunFacts, after walked: [Cursor]) -> [Cursor] {
        [walked.last ?? Cursor()]
    }

    /// The file is read whole before any of it is handed over: only then its checksum is known. Stopped in between, the
    /// next run reads it again.
    public func list(
        from cursor: Cursor, through session: any RegistrySession, into sink: PageSink<Cursor>
    ) async throws {
        var index = try await fetchIndex(through: session)
        if index.checksum.value == cursor.taken { return }
        var builds: PackageBuilds
        do {
            builds = try await read(index, through: session)
        } catch let error as WireError where error.category == .absent {
            // The repository was refreshed meanwhile: its file has another name now.
            let newer = try await fetchIndex(through: session)
            guard newer != index else { throw error }
            index = newer
            builds = try await read(index, through: session)
        }
        try await sink.beginSnapshot()
        let taken = Cursor(taken: index.checksum.value)
        try await builds.handOver(inPagesOf: Self.pageSize) { page, isLast in
            try await sink.push(page, next: isLast ? taken : cursor)
        }
    }

    public func isVersion(_ a: String, newerThan b: String) -> Bool {
        RPMVersion(b) < RPMVersion(a)
    }

    private func fetchIndex(through session: any RegistrySession) async throws -> RepositoryIndex {
        let repositoryURL = repositoryURL
        return try await session.fetch(Request("\(repositoryURL)/repodata/repomd.xml")) { response in
            try RepositoryIndex(response, of: repositoryURL)
        }
    }

    /// Repositories are written by many tools, and some let control characters into descriptions.
    private func read(_ index: RepositoryIndex, through session: any RegistrySession) async throws -> PackageBuilds {
        var options = XMLOptions()
        options.replacesIllFormedBytes = true
        var file = Download(index.location) { [options] in XMLRecords(Self.packages, options: options) }
        file.checksum = index.checksum
        return try await file.reduce(into: PackageBuilds(at: index.location), through: session) {
            $0.take($1)
        } atEnd: {
            try $0.hold(toCount: $1.root?.attribute("packages"))
        }
    }
}
