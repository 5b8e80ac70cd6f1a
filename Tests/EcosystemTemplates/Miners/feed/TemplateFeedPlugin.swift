import ArgumentParser
public import EcosystemPlugins
public import PackageMining

/// `pkgmine templatefeed`
public struct TemplateFeedPlugin: EcosystemPlugin {
    public static let ecosystem = TemplateFeedMiner().ecosystem
    public static let abstract = "Lists every TemplateFeed package: say with which links."
    public static let listedFrom = "say what it is listed from"
    public static let lookedUpAt = "say where its packages are looked up"
    public static let examples = [
        "pkgmine templatefeed --contact you@example.org",
        "pkgmine templatefeed --limit 1000 -o try",
    ]

    @Option(help: ArgumentHelp("The registry.", valueName: "url"))
    var registryURL = TemplateFeedMiner.defaultRegistryURL

    public init() {}

    public func makeMiner() -> TemplateFeedMiner { TemplateFeedMiner(registryURL: registryURL) }
}
