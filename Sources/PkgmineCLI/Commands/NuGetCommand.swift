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
                "pkgmine nuget --contact you@example.org  into Package-List/NuGet.csv",
                "pkgmine nuget --limit 1000 -o try        the first 1,000, into try/NuGet.csv",
                "pkgmine nuget --index-url https://a.example/v3/index.json -o own",
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
