import ArgumentParser
public import EcosystemPlugins
public import PackageMining

/// `pkgmine conda`
public struct CondaPlugin: EcosystemPlugin {
    public static let ecosystem = CondaMiner().ecosystem
    public static let abstract = "Lists every package of a conda channel, with its links."
    public static let listedFrom = "repodata of every subdir of conda-forge, or of any channel (`--channel-url`)"
    public static let lookedUpAt = "the list tells it: `channeldata.json`"
    public static let examples = [
        "pkgmine conda --contact you@example.org    into Package-List/Conda.csv",
        "pkgmine conda --channel-url https://conda.anaconda.org/bioconda -o bio",
    ]

    @Option(help: ArgumentHelp("The channel.", valueName: "url"))
    var channelURL = CondaMiner.defaultChannelURL

    public init() {}
    public func makeMiner() -> CondaMiner { CondaMiner(channelURL: channelURL) }
}
