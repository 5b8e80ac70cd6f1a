import ArgumentParser
public import EcosystemPlugins
public import PackageMining

/// `pkgmine julia`
public struct JuliaPlugin: EcosystemPlugin {
    public static let ecosystem = JuliaMiner().ecosystem
    public static let abstract = "Lists every package of Julia's General registry, with its repository."
    public static let listedFrom = "the General registry, one archive of a package server (`--registry-url`)"
    public static let lookedUpAt = "the list tells it; the registry has no homepages"
    public static let examples = [
        "pkgmine julia --contact you@example.org    into Package-List/Julia.csv",
        "pkgmine julia --limit 1000 -o try          the first 1,000, into try/",
    ]

    @Option(help: ArgumentHelp("The package server.", valueName: "url"))
    var registryURL = JuliaMiner.defaultRegistryURL

    public init() {}
    public func makeMiner() -> JuliaMiner { JuliaMiner(registryURL: registryURL) }
}
