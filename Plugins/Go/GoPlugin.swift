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
    /// Of 2026: sum.golang.org had 66.7 million records in May, and the index is fed by the same fetches.
    public static let size: ListSize? = ListSize(packages: 8_000_000, releases: 70_000_000)
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
                + "`direct` behind them, or alone, finds the repository as the go command does: by the path, or by the "
                + "page at the path. Nothing is cloned.",
            valueName: "url"))
    var proxyURL = GoMiner.defaultProxyURL

    @Option(
        help: ArgumentHelp(
            "Modules that are not asked for, as GONOPROXY writes them. (default: GONOPROXY, else GOPRIVATE)",
            valueName: "globs"))
    var skip: String?

    @Flag(help: "Let `direct` ask hosts of private networks and of this machine too.")
    var allowPrivateHosts = false

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
            skip: skip ?? Self.skipped(by: .ofThisProcess)?.globs ?? "", mayAskPrivateHosts: allowPrivateHosts,
            database: source == .checksumDatabase ? database.sumdb : nil)
    }

    public func notice(on miner: GoMiner) -> String? {
        guard skip == nil, let (variable, globs) = Self.skipped(by: .ofThisProcess) else { return nil }
        return "\(variable) leaves modules out of asking: \(globs); `--skip none` leaves out none"
    }

    /// What the environment leaves out, as the go command reads it there: GONOPROXY, and where that is not set GOPRIVATE.
    static func skipped(by settings: UserSettings) -> (variable: String, globs: String)? {
        ["GONOPROXY", "GOPRIVATE"].lazy.compactMap { name in settings.variable(name).map { (name, $0) } }.first
    }
}

extension GoPlugin: AuditedPlugin {
    public var audit: DatabaseOptions? { isAudited ? database : nil }
}

extension GoMiner.ListSource: ExpressibleByArgument {}
