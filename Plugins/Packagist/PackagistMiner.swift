public import PackageMining
import RegistryDocuments
import RegistryJSON

/// PHP packages: listed by Packagist's two lists, looked up in the metadata that Composer reads.
///
/// A repository that is registered anew is no change to the feed: an update reads the lists as well.
public struct PackagistMiner: EcosystemMiner {
    /// When every package was to be looked up, and up to when changes were taken, in ten-thousandths of a second since
    /// 1970 as the feed has them; nil in a first run.
    public struct Cursor: Codable, Hashable, Sendable { var all: Int64?, until: Int64? }

    public static let defaultRepositoryURL = "https://packagist.org"
    private let repositoryURL: String
    private let roots = SharedAnswers<String, JSONValue>(capacity: 2)

    public init(repositoryURL: String = PackagistMiner.defaultRepositoryURL) {
        self.repositoryURL = repositoryURL.hasSuffix("/") ? String(repositoryURL.dropLast()) : repositoryURL
    }

    /// Ten requests at once, twenty for static files, none at the full hour (https://packagist.org/apidoc, August 2026).
    public var ecosystem: Ecosystem {
        let isOwn = repositoryURL == Self.defaultRepositoryURL
        func registry(_ name: String, _ url: String, atOnce: Int) -> Registry {
            Registry(name: name, url: url, pace: Pace(atOnce: atOnce, hourlyRest: isOwn ? .seconds(180) : .zero))
        }
        let files = registry("Packagist metadata", "https://repo.packagist.org", atOnce: 20)
        return Ecosystem(
            id: "packagist", platform: "Packagist", fileName: "Packagist", purlType: "composer",
            registries: [registry("Packagist", repositoryURL, atOnce: 10)] + (isOwn ? [files] : []))
    }

    public func spans(of run: RunFacts, after walked: [Cursor]) -> [Cursor] { [walked.last ?? Cursor()] }

    /// The feed is asked first: what happens while the lists are read it tells the next time. Where there is none, every
    /// package is looked up again.
    public func list(
        from cursor: Cursor, through session: any RegistrySession, into sink: PageSink<Cursor>
    ) async throws {
        let feed = try await address(of: "/metadata-changes-url", through: session)
        let news = try await feed.map { ChangeFeed(url: $0, session: session) }?.news(since: cursor)
        var packages = RegisteredPackages(news ?? News(all: (cursor.all ?? 0) + 1))
        try await packages.read(at: "\(repositoryURL)/packages/list.json", through: session)
        try await sink.beginSnapshot(at: cursor)
        let next = Cursor(all: packages.news.all, until: packages.news.until)
        try await packages.handOver { try await sink.push($0, next: $1 ? next : cursor) }
    }

    public func resolve(_ package: Package, through session: any RegistrySession) async throws -> Resolution {
        let url = try await address(of: "/metadata-url", through: session) ?? ""
        return try await MetadataLookup(package: package, metadataURL: url, session: session).resolve()
    }

    /// An address that `packages.json` names, which may be one on its host
    /// (https://getcomposer.org/doc/05-repositories.md#packages).
    private func address(of place: String, through session: any RegistrySession) async throws -> String? {
        let root = try await roots.answer(to: repositoryURL) { [repositoryURL] in
            try await session.fetch(Request("\(repositoryURL)/packages.json")) { response in
                let root = try response.json()
                if root["/metadata-url"]?.text?.contains("%package%") == true { return root }
                throw response.lacks("packages.json has no metadata-url with %package% in it")
            }
        }
        let host = repositoryURL.split(separator: "/").prefix(2).joined(separator: "//")
        return root[place]?.text.map { $0.hasPrefix("/") ? host + $0 : $0 }
    }
}
