import ArgumentParser
public import EcosystemPlugins
public import PackageMining

/// `pkgmine cran`
public struct CRANPlugin: EcosystemPlugin {
    public static let ecosystem = CRANMiner().ecosystem
    public static let abstract = "Lists every CRAN package, with the first address of its URL."
    public static let listedFrom = "`web/packages/packages.rds` of any CRAN mirror (`--mirror-url`)"
    public static let lookedUpAt = "the list tells it; CRAN names no repository"
    public static let examples = [
        "pkgmine cran --contact you@example.org  into Package-List/CRAN.csv",
        "pkgmine cran --mirror-url https://cran.r-project.org -o vienna",
    ]

    @Option(help: ArgumentHelp("A mirror of CRAN.", valueName: "url"))
    var mirrorURL = CRANMiner.defaultMirrorURL

    public init() {}
    public func makeMiner() -> CRANMiner { CRANMiner(mirrorURL: mirrorURL) }
}
