public import PackageMining
public import RegistryDocuments

/// npm packages: listed by the names in npm's replication database and by its feed of changes, looked up at the manifest
/// of their latest version.
///
/// The database tells a name and the revision of its document, and nothing else (docs.npmjs.com, since May 2025). The
/// revision takes the place of a version: where the names are listed anew, it tells which documents have changed. A feed
/// that loses changes in silence, as npm's did for days in spring 2025 (google/deps.dev#205), no update finds out.
public struct NPMMiner: EcosystemMiner {
    public typealias Cursor = CouchDBCursor

    public static let defaultReplicationURL = "https://replicate.npmjs.com/registry"
    public static let defaultRegistryURL = "https://registry.npmjs.org"

    /// The most rows that the replication database gives at once (github.com/orgs/community/discussions/152515).
    private static let largestPage = 10_000

    /// 2.6 million requests in 30 days. npm allows no number, and names five million a month as never reasonable
    /// (docs.npmjs.com/policies/open-source-terms, 17).
    public static let defaultPerMinute = 60

    private let replicationURL: String
    private let registryURL: String
    private let perMinute: Int

    /// - Parameter perMinute: how often the registry is asked at most.
    public init(
        replicationURL: String = NPMMiner.defaultReplicationURL, registryURL: String = NPMMiner.defaultRegistryURL,
        perMinute: Int = NPMMiner.defaultPerMinute
    ) {
        self.replicationURL = bareURL(replicationURL)
        self.registryURL = bareURL(registryURL)
        self.perMinute = max(1, perMinute)
    }

    public var ecosystem: Ecosystem {
        Ecosystem(
            id: "npm", platform: "NPM", fileName: "NPM", purlType: "npm",
            registries: [
                Registry(name: "npm replication database", url: replicationURL),
                Registry(name: "npm registry", url: registryURL, pace: Pace(perMinute: perMinute)),
            ], publishesWhenStopped: true)
    }

    /// How long a first run takes, of the 4,373,599 packages that npm had on 22 August 2026.
    public var notice: String {
        let days = (4_373_599 + perMinute * 1_440 - 1) / (perMinute * 1_440)
        return "the names come in minutes; the links of 4.4 million packages take a first run \(days) "
            + "\(days == 1 ? "day" : "days"), at \(perMinute) requests a minute: npm's terms name five million a month "
            + "as never reasonable. Stop it at will: the list is published with what is known by then, and the next run "
            + "goes on. --no-resolve lists names alone"
    }

    public func spans(of run: RunFacts, after walked: [Cursor]) -> [Cursor] { [walked.last ?? Cursor()] }

    public func list(
        from cursor: Cursor, through session: any RegistrySession, into sink: PageSink<Cursor>
    ) async throws {
        var walk = CouchDBWalk(replicationURL, pagesOf: Self.largestPage, from: cursor, through: session, into: sink)
        try await walk.run()
    }

    public func resolve(_ package: Package, through session: any RegistrySession) async throws -> Resolution {
        try await ManifestLookUp(registryURL: registryURL, session: session).resolve(package.name)
    }
}
