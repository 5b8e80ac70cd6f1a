import ArgumentParser
public import EcosystemPlugins
public import PackageMining

/// `pkgmine cocoapods`
public struct CocoaPodsPlugin: EcosystemPlugin {
    public static let ecosystem = CocoaPodsMiner().ecosystem
    public static let abstract = "Lists every pod of CocoaPods, with the links of its newest version."
    public static let listedFrom = "`all_pods.txt` and the 4,096 shards of CocoaPods' CDN"
    public static let lookedUpAt = "the podspec of the newest version"
    public static let examples = [
        "pkgmine cocoapods --contact you@example.org  into Package-List/CocoaPods.csv",
        "pkgmine cocoapods --limit 1000 -o try        the first 1,000, into try/",
    ]

    @Option(help: ArgumentHelp("The CDN.", valueName: "url"))
    var cdnURL = CocoaPodsMiner.defaultCDNURL

    public init() {}
    public func makeMiner() -> CocoaPodsMiner { CocoaPodsMiner(cdnURL: cdnURL) }
}
