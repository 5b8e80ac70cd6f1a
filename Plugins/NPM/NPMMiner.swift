public import PackageMining
import RegistryDocuments

/// npm packages: listed by the names in npm's replication database and by its feed of changes, looked up at the manifest
/// of their latest version.
///
/// The database tells a name and the revision of its document, and nothing else (docs.npmjs.com, since May 2025). The
/// revision takes the place of a version: where the names are listed anew, it tells which documents have changed.
public struct NPMMiner: EcosystemMiner {
    /// Where a walk stands: in the names, or behind them in the feed.
    public struct Cursor: Codable, Hashable, Sendable {
        /// The feed goes on behind this seq. It was read before the first page of names.
        var seq: Int64 = 0
        /// What the database said of itself last; nil where it was never asked.
        var updateSeq: Int64?
        /// Set while the names are listed.
        var names: KeysetPlace<NameKey>?
        /// Why they are listed, where that is not for the first time.
        var anew: String?
        /// What was listed, until the feed has told what happened meanwhile.
        var listed: ListedNames?
    }

    public static let defaultReplicationURL = "https://replicate.npmjs.com/registry"
    public static let defaultRegistryURL = "https://registry.npmjs.org"

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
        self.replicationURL = replicationURL.hasSuffix("/") ? String(replicationURL.dropLast()) : replicationURL
        self.registryURL = registryURL.hasSuffix("/") ? String(registryURL.dropLast()) : registryURL
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

    public func spans(of run: RunFacts, after walked: [Cursor]) -> [Cursor] { [walked.last ?? Cursor()] }

    public func list(
        from cursor: Cursor, through session: any RegistrySession, into sink: PageSink<Cursor>
    ) async throws {
        let database = ReplicationDatabase(url: replicationURL, session: session)
        var walk = ReplicationWalk(database: database, sink: sink, cursor: cursor)
        try await walk.run()
    }

    public func resolve(_ package: Package, through session: any RegistrySession) async throws -> Resolution {
        try await ManifestLookUp(registryURL: registryURL, session: session).resolve(package.name)
    }
}
