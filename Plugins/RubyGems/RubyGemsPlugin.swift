import ArgumentParser
public import EcosystemPlugins
public import PackageMining

/// `pkgmine rubygems`
public struct RubyGemsPlugin: EcosystemPlugin {
    public static let ecosystem = RubyGemsMiner().ecosystem
    public static let abstract = "Lists every gem of RubyGems.org, with the links that its page shows."
    public static let listedFrom = "the newest database dump of RubyGems.org, one download a week (`--dump-url`)"
    public static let lookedUpAt = "the list tells it"
    public static let examples = [
        "pkgmine rubygems --contact you@example.org  into Package-List/RubyGems.csv",
        "pkgmine rubygems --limit 1000 -o try        the first 1,000, into try/",
    ]

    @Option(help: ArgumentHelp("The bucket of dumps, or its folder.", valueName: "url"))
    var dumpURL = RubyGemsMiner.defaultDumpURL

    public init() {}
    public func makeMiner() -> RubyGemsMiner { RubyGemsMiner(dumpURL: dumpURL) }
}
