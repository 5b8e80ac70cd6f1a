import ArgumentParser
import MavenMiner
import PackageMining

/// `pkgmine maven`
public struct MavenCommand: MiningCommand {
    public static let ecosystem = MavenMiner().ecosystem

    public static var configuration: CommandConfiguration {
        describe(
            "Lists every artifact of a Maven repository, with the effective links of its newest version.",
            examples: [
                "pkgmine maven --contact you@example.org  into Package-List/Maven.csv",
                "pkgmine maven --repository-url https://repository.example/maven2 -o own",
            ])
    }

    @OptionGroup public var mining: MiningArguments

    @Option(help: ArgumentHelp("The repository.", valueName: "url"))
    var repositoryURL = MavenMiner.defaultRepositoryURL

    @Option(help: ArgumentHelp("The folder of its index. (default: .index in the repository)", valueName: "url"))
    var indexURL: String?

    public init() {}

    public func makeMiner() -> MavenMiner {
        MavenMiner(repositoryURL: repositoryURL, indexURL: indexURL)
    }
}
