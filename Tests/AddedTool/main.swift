import ArgumentParser
import EcosystemPlugins
import Foundation
import PackageMining
import PkgmineCLI

// A tool of another author, for tests of what `PkgmineTool.main(adding:name:version:)` takes. It adds the ecosystems
// that ADDED names, as `crumb=Crumb,crust=Crust`: their ids, each with its file name. They are looked up at BANNING, the
// address of a registry that bans, where that is given.

/// Three packages that no registry was asked for.
struct CrumbMiner: EcosystemMiner {
    typealias Cursor = Int

    let ecosystem: Ecosystem

    func spans(of run: RunFacts, after walked: [Int]) -> [Int] { walked.isEmpty ? [0] : [] }

    func list(from cursor: Int, through session: any RegistrySession, into sink: PageSink<Int>) async throws {
        var page = Page()
        for name in ["first", "second", "third"] { page.append(name: name) }
        try await sink.push(page, next: 1)
    }

    func resolve(_ package: Package, through session: any RegistrySession) async throws -> Resolution {
        guard let registry = ecosystem.registries.first, registry.pace != nil else {
            return .links(homepage: nil, repository: nil)
        }
        return try await session.fetch(Request("\(registry.url)/\(package.name)")) { response in
            try response.refusal() ?? .links(homepage: response.url, repository: nil)
        }
    }
}

protocol Place { static var number: Int { get } }
enum First: Place { static let number = 0 }
enum Second: Place { static let number = 1 }

struct AddedPlugin<Number: Place>: EcosystemPlugin {
    static var ecosystem: Ecosystem {
        let (id, file) = added[Number.number]
        return Ecosystem(
            id: id, platform: id, fileName: file, purlType: "generic",
            registries: [registry])
    }
    private static var registry: Registry {
        guard let url = environment["BANNING"] else { return Registry(name: "registry", url: "https://crumb.example") }
        return Registry(name: "registry", url: url, pace: Pace(atOnce: 1, ban: .seconds(3_600)))
    }
    static var abstract: String { "Lists crumbs." }
    static var listedFrom: String { "nothing" }
    static var lookedUpAt: String { "nowhere" }
    static var examples: [String] { ["pkgmine \(ecosystem.id) -o lists  into lists/\(ecosystem.fileName).csv"] }

    func makeMiner() -> CrumbMiner { CrumbMiner(ecosystem: Self.ecosystem) }
}

let environment = ProcessInfo.processInfo.environment
let added = (environment["ADDED"] ?? "").split(separator: ",").map { pair in
    let halves = pair.split(separator: "=", omittingEmptySubsequences: false)
    return (String(halves[0]), String(halves[1]))
}
let plugins: [any EcosystemPlugin.Type] = [AddedPlugin<First>.self, AddedPlugin<Second>.self]

await PkgmineTool.main(
    adding: Array(plugins.prefix(added.count)), name: environment["NAME"] ?? "crumbs", version: "7.1")
