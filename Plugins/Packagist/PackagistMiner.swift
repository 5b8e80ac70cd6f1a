public import PackageMining
import RegistryDocuments

/// PHP packages: listed by Packagist's two lists, looked up in the metadata that Composer reads.
///
/// A repository that is registered anew is no change to the feed: an update reads the lists as well.
public struct PackagistMiner: EcosystemMiner {
    /// When every package was to be looked up, and up to when changes were taken, in ten-thousandths of a second since
    /// 1970 as the feed has them; nil in a first run.
    public struct Cursor: Codable, Hashable, Sendable { var all: Int64?, until: Int64? }

    public static let defaultRepositoryURL = "https://packagist.org"
    private let repositoryURL: String
    private let composer: ComposerRepository

    public init(repositoryURL: String = PackagistMiner.defaultRepositoryURL) {
        self.repositoryURL = bareURL(repositoryURL)
        composer = ComposerRepository(at: self.repositoryURL)
    }

    /// Ten requests at once, twenty for static files, none at the full hour (https://packagist.org/apidoc, August 2026).
    public var ecosystem: Ecosystem {
        let isOwn = repositoryURL == Self.defaultRepositoryURL
        let pace = { Pace(atOnce: $0, hourlyRest: isOwn ? .seconds(180) : .zero) }
        let files = Registry(name: "Packagist metadata", url: "https://repo.packagist.org", pace: pace(20))
        return Ecosystem(
            id: "packagist", platform: "Packagist", fileName: "Packagist", purlType: "composer",
            registries: [Registry(name: "Packagist", url: repositoryURL, pace: pace(10))] + (isOwn ? [files] : []))
    }

    public func spans(of run: RunFacts, after walked: [Cursor]) -> [Cursor] { [walked.last ?? Cursor()] }

    /// The feed is asked first: what happens while the lists are read it tells the next time. Where there is none, every
    /// package is looked up again.
    public func list(
        from cursor: Cursor, through session: any RegistrySession, into sink: PageSink<Cursor>
    ) async throws {
        let feed = try await composer.address(of: "/metadata-changes-url", through: session)
        let told = try await feed.map { ChangeFeed(url: $0, session: session) }?.news(since: cursor)
        let news = told ?? News(all: (cursor.all ?? 0) + 1)
        var packages = RegisteredPackages()
        try await packages.read(at: "\(repositoryURL)/packages/list.json", through: session)
        try await sink.beginSnapshot(at: cursor)
        let next = Cursor(all: news.all, until: news.until)
        try await packages.handOver(with: news) { try await sink.push($0, next: $1 ? next : cursor) }
    }

    public func resolve(_ package: Package, through session: any RegistrySession) async throws -> Resolution {
        let url = try await composer.address(of: "/metadata-url", through: session) ?? ""
        let found = try await MetadataLookup(package: package, metadataURL: url, session: session).resolve()
        // A package that the list with fields lacks now keeps the one that it had there.
        return found.naming(package.newest.repository ?? package.known?.repository)
    }
}
