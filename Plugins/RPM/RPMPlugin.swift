import ArgumentParser
public import EcosystemPlugins
public import PackageMining

/// `pkgmine rpm`
public struct RPMPlugin: EcosystemPlugin {
    public static let ecosystem = RPMMiner().ecosystem
    public static let abstract = "Lists the packages of an RPM repository, with their homepages."
    public static let listedFrom = "`repomd.xml` and `primary` of any RPM repository (`--repository-url`)"
    public static let lookedUpAt = "the list tells it; RPM names no repository"
    public static let examples = [
        "pkgmine rpm --contact you@example.org    into Package-List/RPM.csv",
        "pkgmine rpm --limit 1000 -o try          the first 1,000, into try/RPM.csv",
        "pkgmine rpm --repository-url https://mirror.example/f44/x86_64/os -o f44",
    ]

    // The address is longer than a line of help.
    @Option(
        help: ArgumentHelp(
            "The repository: the folder that holds repodata/. (default: the one that the command `ecosystems` tells)",
            valueName: "url"))
    var repositoryURL: String?

    public init() {}

    public func makeMiner() -> RPMMiner {
        RPMMiner(repositoryURL: repositoryURL ?? RPMMiner.defaultRepositoryURL)
    }
}
