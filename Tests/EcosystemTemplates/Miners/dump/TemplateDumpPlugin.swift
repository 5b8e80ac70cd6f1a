import ArgumentParser
public import EcosystemPlugins
public import PackageMining

/// `pkgmine templatedump`
public struct TemplateDumpPlugin: EcosystemPlugin {
    public static let ecosystem = TemplateDumpMiner().ecosystem
    public static let abstract = "Lists every TemplateDump package: say with which links."
    public static let listedFrom = "say what it is listed from"
    public static let lookedUpAt = "say where its packages are looked up"
    public static let examples = [
        "pkgmine templatedump --contact you@example.org",
        "pkgmine templatedump --limit 1000 -o try",
    ]

    @Option(help: ArgumentHelp("The registry.", valueName: "url"))
    var registryURL = TemplateDumpMiner.defaultRegistryURL

    public init() {}

    public func makeMiner() -> TemplateDumpMiner { TemplateDumpMiner(registryURL: registryURL) }
}
