import ArgumentParser
public import EcosystemPlugins
public import PackageMining

/// `pkgmine crates`
public struct CratesPlugin: EcosystemPlugin {
    public static let ecosystem = CratesMiner().ecosystem
    public static let abstract = "Lists every crate of crates.io, with the links that its page shows."
    public static let listedFrom = "the database dump of crates.io, one download a day (`--dump-url`)"
    public static let lookedUpAt = "the list tells it"
    public static let examples = [
        "pkgmine crates --contact you@example.org  into Package-List/Crates.csv",
        "pkgmine crates --limit 1000 -o try        the first 1,000, into try/",
        "pkgmine crates --dump-url https://mirror.example/db-dump.tar.gz",
    ]

    @Option(help: ArgumentHelp("The dump.", valueName: "url"))
    var dumpURL = CratesMiner.defaultDumpURL

    public init() {}

    public func makeMiner() -> CratesMiner { CratesMiner(dumpURL: dumpURL) }
}
