import ArgumentParser
import NuGetMiner
import PackageMining

/// `pkgmine nuget`
public struct NuGetCommand: MiningCommand {
    public static let ecosystem = NuGetMiner().ecosystem

    public static var configuration: CommandConfiguration {
        describe(
            "Lists every NuGet package, with the links of its newest listed version.",
            examples: [
                "pkgmine nuget --contact you@example.org     all packages, into Package-List/NuGet.csv",
                "pkgmine nuget --index-url https://packages.example/v3/index.json -o own",
            ])
    }

    @OptionGroup public var mining: MiningArguments

    @Option(help: ArgumentHelp("The service index (V3).", valueName: "url"))
    var indexURL = NuGetMiner.defaultIndexURL

    public init() {}

    public func makeMiner() -> NuGetMiner {
        NuGetMiner(indexURL: indexURL)
    }
}
