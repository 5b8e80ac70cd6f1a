import ArgumentParser
import PackageMining

/// `pkgmine ecosystems`
struct EcosystemsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ecosystems", abstract: "Says which ecosystems can be mined, and from where.")

    func run() throws {
        let ecosystems = PkgmineTool.miningCommands.map { $0.ecosystem }
        let width = ecosystems.map(\.id.count).max() ?? 0
        for ecosystem in ecosystems {
            let id = ecosystem.id.padding(toLength: width, withPad: " ", startingAt: 0)
            print(
                "\(id)  \(ecosystem.platform), into \(ecosystem.fileName).csv, packages as pkg:\(ecosystem.purlType)/…")
            for registry in ecosystem.registries {
                print("\(String(repeating: " ", count: width))  \(registry.name): \(registry.url)")
            }
        }
    }
}
