import PackageMining

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

    /// Fedora 43 for x86_64, as an example of a large repository.
    public static let defaultRepositoryURL =
        "https://dl.fedoraproject.org/pub/fedora/linux/releases/43/Everything/x86_64/os"

    /// Packages in a page.
    static let pageSize = 5_000

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
    /// next run reads it again, and pages that were stored are stored once more, which changes nothing.
    public func list(
        from cursor: Cursor, through session: any RegistrySession, into sink: PageSink<Cursor>
    ) async throws {
        var index = try await fetchIndex(through: session)
        if index.checksum == cursor.taken { return }
        var response: Response
        var file: PrimaryFile
        (response, file) = try await download(index, through: session)
        if response.status == 404 {
            // The repository was refreshed meanwhile: its file has another name now.
            let newer = try await fetchIndex(through: session)
            guard newer != index else { throw response.statusError() }
            index = newer
            (response, file) = try await download(index, through: session)
        }
        guard response.status == 200 || response.status == 206 else { throw response.statusError() }
        let pages = try await file.verifiedPages(of: RPMMiner.pageSize)
        for (number, page) in pages.enumerated() {
            try await sink.push(
                page, next: number == pages.count - 1 ? Cursor(taken: index.checksum) : cursor)
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

    private func download(
        _ index: RepositoryIndex, through session: any RegistrySession
    ) async throws -> (Response, PrimaryFile) {
        let file = try PrimaryFile(index)
        let response = try await session.download(Request(index.location)) { chunk in try await file.take(chunk) }
        return (response, file)
    }
}
