import ArgumentParser
public import EcosystemPlugins
public import PackageMining

/// `pkgmine hex`
public struct HexPlugin: EcosystemPlugin {
    public static let ecosystem = HexMiner().ecosystem
    public static let abstract = "Lists every Hex package, with the links of its last publication."
    public static let listedFrom = "the packages of hex.pm by their last change, held to the names that mix reads"
    public static let lookedUpAt = "the list tells it; the API, for what only the names have"
    public static let examples = [
        "pkgmine hex --contact you@example.org  into Package-List/Hex.csv",
        "pkgmine hex --limit 1000 -o try        the first 1,000, into try/Hex.csv",
    ]

    @Option(help: ArgumentHelp("The API.", valueName: "url"))
    var apiURL = HexMiner.defaultAPIURL

    @Option(help: ArgumentHelp("The names. (default: those of hex.pm, and none for another API)", valueName: "url"))
    var namesURL: String?

    public init() {}
    public func makeMiner() -> HexMiner { HexMiner(apiURL: apiURL, namesURL: namesURL) }
}
