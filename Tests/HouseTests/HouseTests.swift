import ArgumentParser
import Foundation
import PackageMining
import Testing

@testable import PkgmineCLI

/// The plan of the house, held against what stands.
@Suite("The house")
struct HouseTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static let plugins = subfolders(of: "Plugins")

    private static func subfolders(of name: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: name).path)) ?? []
        return names.filter { !$0.hasPrefix(".") }.sorted()
    }

    private func sources(_ folder: String) throws -> [(name: String, text: String)] {
        let url = Self.root.appending(path: folder)
        let files = try #require(FileManager.default.enumerator(at: url, includingPropertiesForKeys: nil))
        return try files.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
            .map { ($0.lastPathComponent, try String(contentsOf: $0, encoding: .utf8)) }
    }

    private func imports(_ text: String) -> [String] {
        text.split(separator: "\n").filter { $0.hasPrefix("import ") }.map { String($0.dropFirst(7)) }
    }

    @Test("a plug-in imports the framework and its readers, and neither session, store nor another plug-in")
    func pluginsKeepToTheirRoom() throws {
        let allowed: Set = [
            "Foundation", "PackageMining", "RegistryJSON", "RegistryXML", "RegistryDocuments", "ContentDigest",
            "ContentInflation", "Synchronization",
        ]
        #expect(!Self.plugins.isEmpty)
        for plugin in Self.plugins {
            for file in try sources("Plugins/\(plugin)") {
                #expect(Set(imports(file.text)).isSubset(of: allowed), "Plugins/\(plugin)/\(file.name)")
                for forbidden in ["URLSession", "FileHandle", "FileManager", "Task.sleep", "Task.detached"] {
                    #expect(!file.text.contains(forbidden), "Plugins/\(plugin)/\(file.name) uses \(forbidden)")
                }
            }
        }
    }

    @Test("each folder of Plugins is a target and a command, and no two share an id or a file")
    func pluginsAreKnown() throws {
        let manifest = try String(contentsOf: Self.root.appending(path: "Package.swift"), encoding: .utf8)
        for plugin in Self.plugins {
            #expect(manifest.contains("\"Plugins/\(plugin)\""))
            #expect(manifest.contains("\"\(plugin)Miner\""))
        }
        let ecosystems = PkgmineTool.ecosystems.map { $0.ecosystem }
        #expect(ecosystems.count == Self.plugins.count)
        #expect(Set(ecosystems.map(\.id)) == Set(Self.plugins.map { $0.lowercased() }))
        #expect(Set(ecosystems.map(\.fileName)).count == ecosystems.count)
        for command in PkgmineTool.ecosystems {
            #expect(command.configuration.commandName == command.ecosystem.id)
        }
    }

    @Test("a command tells the same ecosystem as its miner")
    func commandsAgreeWithMiners() throws {
        for command in PkgmineTool.ecosystems { try check(command) }
    }

    private func check<Command: MiningCommand>(_ command: Command.Type) throws {
        #expect(try command.parse([]).makeMiner().ecosystem == command.ecosystem)
    }

    @Test("the framework is free of network and database")
    func frameworkStandsAlone() throws {
        for file in try sources("Sources/PackageMining") {
            #expect(
                Set(imports(file.text)).isSubset(of: ["Foundation", "Synchronization", "ContentDigest"]), "\(file.name)"
            )
        }
    }

    @Test("the page \"Write a miner\" shows the example that the tests compile")
    func pageShowsExample() throws {
        let page = try String(
            contentsOf: Self.root.appending(path: "Sources/PackageMining/PackageMining.docc/WriteAMiner.md"),
            encoding: .utf8)
        let example = try String(
            contentsOf: Self.root.appending(path: "Tests/MiningRunTests/CrumbMiner.swift"), encoding: .utf8)
        #expect(page.contains("```swift\n\(example)```"))
    }
}
