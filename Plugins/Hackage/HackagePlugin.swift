import ArgumentParser
public import EcosystemPlugins
public import PackageMining

/// `pkgmine hackage`
public struct HackagePlugin: EcosystemPlugin {
    public static let ecosystem = HackageMiner().ecosystem
    public static let abstract = "Lists every Hackage package, with the links of its newest version's last revision."
    public static let listedFrom = "Hackage's index of `.cabal` files, 01-index.tar.gz"
    public static let lookedUpAt = "the list tells it"
    public static let examples = [
        "pkgmine hackage --contact you@example.org  into Package-List/Hackage.csv",
        "pkgmine hackage --limit 1000 -o try        the first 1,000 alone",
    ]

    @Option(help: ArgumentHelp("The index.", valueName: "url"))
    var indexURL = HackageMiner.defaultIndexURL

    public init() {}
    public func makeMiner() -> HackageMiner { HackageMiner(indexURL: indexURL) }
}
