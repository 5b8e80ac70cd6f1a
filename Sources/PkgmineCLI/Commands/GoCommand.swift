import ArgumentParser
import GoMiner
import PackageMining

/// `pkgmine go`
public struct GoCommand: MiningCommand {
    public static let ecosystem = Ecosystem(
        id: "go", platform: "Go", fileName: "Go", purlType: "golang",
        registries: [
            Registry(name: "module index", url: GoMiner.defaultIndexURL),
            Registry(name: "module proxy", url: GoMiner.defaultProxyURL),
        ],
        placeIsTime: true)

    public static var configuration: CommandConfiguration {
        describe(
            "Lists every Go module of the module index, with the repository that the module proxy tells.",
            examples: [
                "pkgmine go --contact you@example.org     into Package-List/Go.csv",
                "pkgmine go --limit 1000 -o try           the first 1,000, into try/Go.csv",
                "pkgmine go --no-resolve                  names only",
                "pkgmine go --proxy-url https://a.example,https://b.example",
            ])
    }

    @OptionGroup public var mining: MiningArguments

    @Option(help: ArgumentHelp("The module index.", valueName: "url"))
    var indexURL = GoMiner.defaultIndexURL

    @Option(
        help: ArgumentHelp(
            "Module proxies as GOPROXY writes them: after a comma the next is asked on 404 or 410, after | on any error. "
                + "`direct` behind them is passed over.",
            valueName: "url"))
    var proxyURL = GoMiner.defaultProxyURL

    @Flag(help: "List module versions too that the proxy no longer serves.")
    var includeUnavailable = false

    public init() {}

    public func makeMiner() throws -> GoMiner {
        try GoMiner(indexURL: indexURL, proxyURL: proxyURL, includesUnavailable: includeUnavailable)
    }

    public func notice(on miner: GoMiner) -> String? { miner.notice }
}
