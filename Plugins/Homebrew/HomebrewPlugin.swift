import ArgumentParser
public import EcosystemPlugins
public import PackageMining

/// `pkgmine homebrew`
public struct HomebrewPlugin: EcosystemPlugin {
    public static let ecosystem = HomebrewMiner(.formulae).ecosystem
    public static let abstract = "Lists every Homebrew formula, with its homepage and what it is checked out from."
    public static let listedFrom = "`formula.json` of formulae.brew.sh"
    public static let lookedUpAt = "the list tells it"
    public static let examples = [
        "pkgmine homebrew --contact you@example.org  into Package-List/Homebrew.csv",
        "pkgmine homebrew --limit 1000 -o try        the first 1,000 alone",
    ]

    @Option(help: ArgumentHelp("The folder of formula.json.", valueName: "url"))
    var apiURL = HomebrewMiner.defaultAPIURL

    public init() {}

    public func makeMiner() -> HomebrewMiner { HomebrewMiner(.formulae, apiURL: apiURL) }
}

/// `pkgmine homebrew-cask`
public struct HomebrewCaskPlugin: EcosystemPlugin {
    public static let ecosystem = HomebrewMiner(.casks).ecosystem
    public static let abstract = "Lists every Homebrew cask, with its homepage."
    public static let listedFrom = "`cask.json` of formulae.brew.sh"
    public static let lookedUpAt = "the list tells it; casks name no repository"
    public static let examples = [
        "pkgmine homebrew-cask --contact you@example.org",
        "pkgmine homebrew-cask --limit 1000 -o try  the first 1,000 alone",
    ]

    @Option(help: ArgumentHelp("The folder of cask.json.", valueName: "url"))
    var apiURL = HomebrewMiner.defaultAPIURL

    public init() {}

    public func makeMiner() -> HomebrewMiner { HomebrewMiner(.casks, apiURL: apiURL) }
}
