import ArgumentParser
import EcosystemPlugins
import PackageMining
import PkgmineCLI

struct CrumbPlugin: EcosystemPlugin {
    static let ecosystem = CrumbMiner(url: "https://crumb.example").ecosystem
    static let abstract = "Lists every package of the Crumb registry."
    static let listedFrom = "the registry's pages of names"
    static let lookedUpAt = "the document of each package"
    static let examples = ["pkgmine crumb -o lists"]

    @Option(help: "The registry.") var registryURL = "https://crumb.example"

    func makeMiner() -> CrumbMiner { CrumbMiner(url: registryURL) }
}

@main struct Crumbs {
    static func main() async {
        await PkgmineTool.main(adding: [CrumbPlugin.self], name: "crumbs", version: "1.0")
    }
}
