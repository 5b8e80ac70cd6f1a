import ArgumentParser
public import EcosystemPlugins
public import PackageMining

/// `pkgmine npm`
public struct NPMPlugin: EcosystemPlugin {
    public static let ecosystem = NPMMiner().ecosystem
    public static let abstract = "Lists every npm package, with the links of its latest version."
    public static let listedFrom = "the names of npm's replication database, then its feed of changes"
    public static let lookedUpAt = "the manifest of the latest version, else the package's document"
    public static let examples = [
        "pkgmine npm --no-resolve               the names, in minutes",
        "pkgmine npm --contact you@example.org  the links too, over weeks: stop at will",
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

    /// npm had 4,373,599 packages on 22 August 2026.
    public func notice(on miner: NPMMiner) -> String? {
        let days = (4_373_599 + perMinute * 1_440 - 1) / (perMinute * 1_440)
        return "the names come in minutes; the links of 4.4 million packages take a first run \(days) days, at "
            + "\(perMinute) requests a minute: npm's terms name five million a month as never reasonable. Stop it at "
            + "will: the list is published with what is known by then, and the next run goes on. --no-resolve lists "
            + "names alone"
    }
}
