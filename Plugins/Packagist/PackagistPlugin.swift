import ArgumentParser
public import EcosystemPlugins
public import PackageMining

/// `pkgmine packagist`
public struct PackagistPlugin: EcosystemPlugin {
    public static let ecosystem = PackagistMiner().ecosystem
    public static let abstract = "Lists every Packagist package, with its registered repository."
    public static let listedFrom = "`list.json` of packagist.org, with fields and without"
    public static let lookedUpAt = "the metadata of Composer: the first version in it"
    public static let examples = [
        "pkgmine packagist --contact you@example.org  into Package-List/Packagist.csv",
        "pkgmine packagist --limit 1000 -o try        the first 1,000, into try/",
    ]

    @Option(help: ArgumentHelp("The repository: where packages.json is.", valueName: "url"))
    var repositoryURL = PackagistMiner.defaultRepositoryURL

    public init() {}
    public func makeMiner() -> PackagistMiner { PackagistMiner(repositoryURL: repositoryURL) }
}
