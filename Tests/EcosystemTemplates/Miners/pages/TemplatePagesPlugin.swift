import ArgumentParser
public import EcosystemPlugins
public import PackageMining

/// `pkgmine templatepages`
public struct TemplatePagesPlugin: EcosystemPlugin {
    public static let ecosystem = TemplatePagesMiner().ecosystem
    public static let abstract = "Lists every TemplatePages package: say with which links."
    public static let listedFrom = "say what it is listed from"
    public static let lookedUpAt = "say where its packages are looked up"
    public static let examples = [
        "pkgmine templatepages --contact you@example.org",
        "pkgmine templatepages --limit 1000 -o try",
    ]

    @Option(help: ArgumentHelp("The registry.", valueName: "url"))
    var registryURL = TemplatePagesMiner.defaultRegistryURL

    public init() {}

    public func makeMiner() -> TemplatePagesMiner { TemplatePagesMiner(registryURL: registryURL) }
}
