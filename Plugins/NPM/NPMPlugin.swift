import ArgumentParser
public import EcosystemPlugins
public import PackageMining

/// `pkgmine npm`
public struct NPMPlugin: EcosystemPlugin {
    public static let ecosystem = NPMMiner().ecosystem
    public static let abstract = "Lists every npm package, with the links of its latest version."
    public static let listedFrom = "the names of npm's replication database, then its feed of changes"
    public static let lookedUpAt = "the manifest of the latest version, else the package's document"
    /// Of August 2026; what its list tells of a package is its latest revision.
    public static let size: ListSize? = ListSize(packages: 4_400_000, releases: 4_400_000)
    public static let examples = [
        "pkgmine npm --no-resolve               the names, in minutes",
        "pkgmine npm --contact you@example.org  the links too, over weeks",
        "pkgmine npm --limit 1000 -o try        the first 1,000, into try/NPM.csv",
    ]

    @Option(help: ArgumentHelp("The replication database.", valueName: "url"))
    var replicationURL = NPMMiner.defaultReplicationURL

    @Option(help: ArgumentHelp("The registry.", valueName: "url"))
    var registryURL = NPMMiner.defaultRegistryURL

    @Option(help: ArgumentHelp("How often the registry is asked a minute, at most.", valueName: "number"))
    var perMinute = NPMMiner.defaultPerMinute

    public init() {}

    public func makeMiner() throws -> NPMMiner {
        guard perMinute > 0 else { throw ValidationError("--per-minute takes a number from 1 on, not \(perMinute)") }
        return NPMMiner(replicationURL: replicationURL, registryURL: registryURL, perMinute: perMinute)
    }

    public func notice(on miner: NPMMiner) -> String? { miner.notice }
}
