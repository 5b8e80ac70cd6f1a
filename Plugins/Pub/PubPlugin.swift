import ArgumentParser
public import EcosystemPlugins
public import PackageMining

/// `pkgmine pub`
public struct PubPlugin: EcosystemPlugin {
    public static let ecosystem = PubMiner().ecosystem
    public static let abstract = "Lists every package of pub.dev, with the links of its latest version."
    public static let listedFrom = "the names of pub.dev, and its pages of what was published last"
    public static let lookedUpAt = "the list tells it; the API, for what the pages lose"
    public static let examples = [
        "pkgmine pub --contact you@example.org  into Package-List/Pub.csv",
        "pkgmine pub --limit 1000 -o try        the first 1,000, into try/Pub.csv",
    ]

    @Option(help: ArgumentHelp("The API.", valueName: "url"))
    var apiURL = PubMiner.defaultAPIURL

    public init() {}
    public func makeMiner() -> PubMiner { PubMiner(apiURL: apiURL) }
}
