import ArgumentParser
public import EcosystemPlugins
public import PackageMining

/// `pkgmine chocolatey`
public struct ChocolateyPlugin: EcosystemPlugin {
    public static let ecosystem = NuGetV2Miner(.chocolatey).ecosystem
    public static let abstract = "Lists every Chocolatey package with an approved, final version, and its links."
    public static let listedFrom = "the pages of the community repository's feed (`--feed-url`)"
    public static let lookedUpAt = "the list tells it"
    public static let examples = [
        "pkgmine chocolatey --contact you@example.org  17 minutes, at that pace",
        "pkgmine chocolatey --limit 1000 -o try        the first 1,000, as slowly",
    ]

    @Option(help: ArgumentHelp("The folder of Packages().", valueName: "url"))
    var feedURL = Gallery.chocolatey.defaultFeedURL

    public init() {}
    public func makeMiner() -> NuGetV2Miner { NuGetV2Miner(.chocolatey, feedURL: feedURL) }
}

/// `pkgmine psgallery`
public struct PSGalleryPlugin: EcosystemPlugin {
    public static let ecosystem = NuGetV2Miner(.powerShell).ecosystem
    public static let abstract = "Lists every module and script of PowerShell Gallery, with its homepage."
    public static let listedFrom = "the pages of the gallery's feeds of modules and of scripts (`--feed-url`)"
    public static let lookedUpAt = "the list tells it; the gallery names no repository"
    public static let examples = [
        "pkgmine psgallery --contact you@example.org  into Package-List/",
        "pkgmine psgallery --limit 1000 -o try        the first 1,000, into try/",
    ]

    @Option(help: ArgumentHelp("The folder of Packages() and items/psscript/.", valueName: "url"))
    var feedURL = Gallery.powerShell.defaultFeedURL

    public init() {}
    public func makeMiner() -> NuGetV2Miner { NuGetV2Miner(.powerShell, feedURL: feedURL) }
}
