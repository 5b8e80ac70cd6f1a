public import ArgumentParser
public import EcosystemPlugins
public import PackageMining

/// `pkgmine go`
public struct GoPlugin: EcosystemPlugin {
    public static let ecosystem = GoMiner.ecosystem()
    public static let abstract =
        "Lists every Go module of the module index, with the repository that the module proxy tells."
    public static let listedFrom = "the module index, https://index.golang.org"
    public static let lookedUpAt = "the module proxy's Origin, https://proxy.golang.org, from its cache alone"
    public static let examples = [
        "pkgmine go --contact you@example.org     into Package-List/Go.csv",
        "pkgmine go --limit 1000 -o try           the first 1,000, into try/Go.csv",
        "pkgmine go --no-resolve                  names only",
        "pkgmine go --proxy-url https://a.example,https://b.example",
        "pkgmine go --audit                       and hold it against sum.golang.org",
    ]

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

    @Option(
        name: .customLong("list-from"),
        help: "What modules are listed from: module-index or checksum-database, in the order of its records.")
    var source = GoMiner.ListSource.moduleIndex

    @Flag(
        name: .customLong("audit"),
        help: "Prove that the list is complete before it is published: see `pkgmine help audit`.")
    var isAudited = false

    @OptionGroup var database: DatabaseOptions

    public init() {}

    public func makeMiner() throws -> GoMiner {
        _ = try database.makeWitness()
        return try GoMiner(
            indexURL: indexURL, proxyURL: proxyURL, includesUnavailable: includeUnavailable,
            database: source == .checksumDatabase ? database.sumdb : nil)
    }

    public func notice(on miner: GoMiner) -> String? { miner.notice }
}

extension GoPlugin: AuditedPlugin {
    public var audit: DatabaseOptions? { isAudited ? database : nil }
}

extension GoMiner.ListSource: ExpressibleByArgument {}
