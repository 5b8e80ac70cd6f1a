import ArgumentParser
import EcosystemPlugins
import PackageMining
import PkgmineCLI
import Testing

/// A folder of `Plugins/`, its tests, its fixtures and a line of the manifest are all that an ecosystem is made of.
@Suite("The plug-ins")
struct PluginTests {
    private static let folders = House.subfolders(of: "Plugins")

    /// The folder whose room the plug-in is in.
    private func folder(of plugin: any EcosystemPlugin.Type) -> String {
        String(String(reflecting: plugin).prefix { $0 != "." }.dropLast("Miner".count))
    }

    @Test("The plug-ins are the folders of Plugins, the lines of the manifest, and what the tool lists")
    func areKnown() throws {
        let lines = try House.text("Package.swift").matches(of: /(?m)^    \("(\w+)", \[/).map { String($0.output.1) }
        #expect(!lines.isEmpty)
        #expect(lines.sorted() == Self.folders)
        #expect(Set(PkgmineTool.plugins.map(folder)) == Set(Self.folders))
    }

    /// Two ecosystems of one folder have a suite each, named as their plug-ins are.
    @Test("The plug-ins are each held to every promise, and have fixtures, and tests of their own")
    func areTested() throws {
        for plugin in PkgmineTool.plugins {
            let suite = "Tests/ConformanceTests/\(String(describing: plugin).dropLast(6))ConformanceTests.swift"
            try #require(House.exists(suite), "\(suite)")
            let conformance = try House.text(suite)
            #expect(conformance.contains("import \(folder(of: plugin))Miner\n"))
            #expect(conformance.contains("arguments: ConformancePromise.allCases"))
            #expect(!House.subfolders(of: "fixtures/\(plugin.ecosystem.id)").isEmpty, "\(plugin)")
            #expect(try !House.files("Tests/\(folder(of: plugin))MinerTests").isEmpty, "\(plugin)")
        }
    }

    @Test("The plug-ins share neither command nor file nor platform")
    func areTold() {
        let ecosystems = PkgmineTool.plugins.map { $0.ecosystem }
        for names in [ecosystems.map(\.id), ecosystems.map(\.fileName), ecosystems.map(\.platform)] {
            #expect(Set(names).count == PkgmineTool.plugins.count)
        }
    }

    /// The options that name the registry of those that have none by default.
    private static let addresses = ["pypi": "--index-url", "debian": "--archive-url"]

    @Test("The plug-ins make, with no options, the miner of the ecosystem that they tell, or say that they need some")
    func agreeWithMiners() throws {
        for plugin in PkgmineTool.plugins { try check(plugin) }
    }

    private func check<Plugin: EcosystemPlugin>(_ plugin: Plugin.Type) throws {
        if plugin.ecosystem.registries.contains(where: \.url.isEmpty) {
            // What this machine says of itself may stand in for options.
            let option = try #require(Self.addresses[plugin.ecosystem.id])
            let named = try plugin.parse([option, "https://a.example/simple"]).makeMiner()
            return #expect(named.ecosystem.registries[0].url == "https://a.example/simple")
        }
        let miner = try plugin.parse([]).makeMiner()
        #expect(miner.ecosystem == plugin.ecosystem)
        #expect(plugin.ecosystem.registries.allSatisfy { $0.url.hasPrefix("https://") })
    }

    @Test("The plug-ins are each a command of their ecosystem's name, whose help has their words")
    func areCommands() {
        let commands = Pkgmine.configuration.subcommands
        for plugin in PkgmineTool.plugins {
            let command = commands.first { $0.configuration.commandName == plugin.ecosystem.id }
            #expect(command?.configuration.abstract == plugin.abstract)
            #expect(
                command?.configuration.discussion
                    .hasPrefix("Examples:\n\n" + plugin.examples.map { "  \($0)" }.joined(separator: "\n")) == true)
            for pace in plugin.ecosystem.pacesInWords {
                #expect(command?.configuration.discussion.contains("\n  \(pace)") == true)
            }
            for example in plugin.examples { #expect(example.hasPrefix("pkgmine \(plugin.ecosystem.id) ")) }
        }
    }

    @Test("The plug-ins are told of by `pkgmine ecosystems`, with their registries")
    func areEcosystems() {
        let told = EcosystemsCommand().lines
        let registries = PkgmineTool.plugins.map { $0.ecosystem.registries }
        #expect(told.count == registries.count + registries.joined().count)
        for ecosystem in PkgmineTool.plugins.map({ $0.ecosystem }) {
            let first = "\(ecosystem.platform), into \(ecosystem.fileName).csv, packages as pkg:\(ecosystem.purlType)/…"
            #expect(told.contains { $0.hasPrefix("\(ecosystem.id) ") && $0.hasSuffix(first) })
            for registry in ecosystem.registries {
                let url = registry.url.isEmpty ? "named by its options" : registry.url
                #expect(told.contains { $0.contains("  \(registry.name): \(url)") })
            }
        }
    }

    @Test("The plug-ins are the rows of the README's table, in their own words")
    func areInTheReadMe() throws {
        let rows = PkgmineTool.plugins.map {
            let cells = [
                "`pkgmine \($0.ecosystem.id)`", $0.ecosystem.platform, $0.listedFrom,
                ([$0.lookedUpAt] + $0.ecosystem.pacesInWords).joined(separator: "; "),
            ]
            return "| \(cells.joined(separator: " | ")) |\n"
        }
        let table = "| Command | Platform | Listed from | Looked up at |\n|---|---|---|---|\n" + rows.joined() + "\n"
        #expect(try House.text("README.md").contains(table), "The README's table is to be:\n\(table)")
    }
}
