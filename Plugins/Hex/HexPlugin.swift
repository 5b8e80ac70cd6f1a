import ArgumentParser
public import EcosystemPlugins
public import PackageMining

/// `pkgmine hex`
public struct HexPlugin: EcosystemPlugin {
    public static let ecosystem = HexMiner().ecosystem
    public static let abstract = "Lists every Hex package, with the links of its last publication."
    public static let listedFrom = "the packages of hex.pm by their last change"
    public static let lookedUpAt = "the list tells it"
    public static let examples = [
        "pkgmine hex --contact you@example.org  into Package-List/Hex.csv",
        "pkgmine hex --limit 1000 -o try        the first 1,000, into try/Hex.csv",
    ]

    @Option(help: ArgumentHelp("The API.", valueName: "url"))
    var apiURL = HexMiner.defaultAPIURL

    public init() {}
    public func makeMiner() -> HexMiner { HexMiner(apiURL: apiURL) }
}
