import ArgumentParser
public import EcosystemPlugins
public import PackageMining

/// `pkgmine maven`
public struct MavenPlugin: EcosystemPlugin {
    public static let ecosystem = MavenMiner().ecosystem
    public static let abstract =
        "Lists every artifact of a Maven repository, with the effective links of its newest version."
    public static let listedFrom =
        "the Nexus index of Maven Central, or of any repository (`--repository-url`)"
    public static let lookedUpAt = "the effective links of the newest version's POM"
    public static let examples = [
        "pkgmine maven --contact you@example.org  into Package-List/Maven.csv",
        "pkgmine maven --repository-url https://repository.example/maven2 -o own",
    ]

    @Option(help: ArgumentHelp("The repository.", valueName: "url"))
    var repositoryURL = MavenMiner.defaultRepositoryURL

    @Option(help: ArgumentHelp("The folder of its index. (default: .index in the repository)", valueName: "url"))
    var indexURL: String?

    public init() {}

    public func makeMiner() -> MavenMiner {
        MavenMiner(repositoryURL: repositoryURL, indexURL: indexURL)
    }
}
