import ArgumentParser
public import EcosystemPlugins
public import PackageMining

/// `pkgmine clojars`
public struct ClojarsPlugin: EcosystemPlugin {
    public static let ecosystem = ClojarsMiner().ecosystem
    public static let abstract = "Lists every project of Clojars, with the links of its highest version."
    public static let listedFrom = "the feed of Clojars, checked against its list of all releases (`--repository-url`)"
    public static let lookedUpAt = "the list tells it; the POM of a project that the feed lacks"
    public static let examples = [
        "pkgmine clojars --contact you@example.org    into Package-List/Clojars.csv",
        "pkgmine clojars --limit 1000 -o try          the first 1,000, into try/",
        "pkgmine clojars --repository-url https://mirror.example/clojars",
    ]

    @Option(help: ArgumentHelp("The repository.", valueName: "url"))
    var repositoryURL = ClojarsMiner.defaultRepositoryURL

    public init() {}
    public func makeMiner() -> ClojarsMiner { ClojarsMiner(repositoryURL: repositoryURL) }
}
