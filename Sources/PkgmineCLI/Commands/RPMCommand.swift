import ArgumentParser
import PackageMining
import RPMMiner

/// `pkgmine rpm`
public struct RPMCommand: MiningCommand {
    public static let ecosystem = RPMMiner().ecosystem

    public static var configuration: CommandConfiguration {
        describe(
            "Lists the packages of an RPM repository, with their homepages.",
            examples: [
                "pkgmine rpm -o fedora     the default Fedora repository, into fedora/RPM.csv",
                "pkgmine rpm --repository-url https://mirror.example/fedora/releases/44/Everything/x86_64/os -o f44",
            ])
    }

    @OptionGroup public var mining: MiningArguments

    @Option(help: ArgumentHelp("The repository: the folder that holds repodata/.", valueName: "url"))
    var repositoryURL = RPMMiner.defaultRepositoryURL

    public init() {}

    public func makeMiner() -> RPMMiner {
        RPMMiner(repositoryURL: repositoryURL)
    }
}
