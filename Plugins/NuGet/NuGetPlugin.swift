import ArgumentParser
public import EcosystemPlugins
public import PackageMining

/// `pkgmine nuget`
public struct NuGetPlugin: EcosystemPlugin {
    public static let ecosystem = NuGetMiner().ecosystem
    public static let abstract = "Lists every NuGet package, with the links of its newest listed version."
    public static let listedFrom = "the catalogue of nuget.org, or of any V3 service index (`--index-url`)"
    public static let lookedUpAt = "the manifest of the newest listed version"
    public static let examples = [
        "pkgmine nuget --contact you@example.org  into Package-List/NuGet.csv",
        "pkgmine nuget --limit 1000 -o try        the first 1,000, into try/NuGet.csv",
        "pkgmine nuget --index-url https://a.example/v3/index.json -o own",
    ]

    @Option(help: ArgumentHelp("The service index (V3).", valueName: "url"))
    var indexURL = NuGetMiner.defaultIndexURL

    public init() {}

    public func makeMiner() -> NuGetMiner {
        NuGetMiner(indexURL: indexURL)
    }
}
