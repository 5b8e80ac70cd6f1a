import Foundation
import Testing

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
            "Foundation", "PackageMining", "EcosystemPlugins", "RegistryJSON", "RegistryXML", "RegistryDocuments",
            "RecordReaders", "MavenFormats", "ContentDigest", "ContentInflation", "Synchronization",
        ]
        #expect(!Self.plugins.isEmpty)
        for plugin in Self.plugins {
            for file in try sources("Plugins/\(plugin)") {
                // What it says of itself are options; no other file knows of a command line.
                let more: Set = file.name.hasSuffix("Plugin.swift") ? ["ArgumentParser"] : []
                let imports = Set(imports(file.text))
                #expect(imports.isSubset(of: allowed.union(more)), "Plugins/\(plugin)/\(file.name)")
                for forbidden in ["URLSession", "FileHandle", "FileManager", "Task.sleep", "Task.detached"] {
                    #expect(!file.text.contains(forbidden), "Plugins/\(plugin)/\(file.name) uses \(forbidden)")
                }
            }
        }
    }

    @Test("the framework is free of network and database")
    func frameworkStandsAlone() throws {
        for file in try sources("Sources/PackageMining") {
            #expect(
                Set(imports(file.text)).isSubset(of: ["Foundation", "Synchronization", "ContentDigest"]), "\(file.name)"
            )
        }
    }

    @Test("tests see what is `package` and no more, since a release build has nothing that is testable")
    func testsNeedNoTestability() throws {
        for file in try sources("Tests") {
            let lines = file.text.split(separator: "\n").filter { $0.hasPrefix("@testable") }
            #expect(lines.isEmpty, "\(file.name)")
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

    /// What SQL is put together from. All of it is written in the code: nothing of a registry or a user is among it.
    private static let partsOfSQL: Set = [
        "table",  // one of two names, in FirstPlaces; with its columns, in RowInserts
        "row", "rows",  // question marks, in RowInserts
        "Outcome.withdrawn.rawValue",  // a case of an enum
        "applicationID", "format",  // numbers of the schema
        "verb",  // one of two ways to insert, in KnownList
        "kibibytes",  // a number, of which a pragma knows no bound ones
        "run", "open",  // a subquery, in abandonRun and where a registry has moved
        "known", "negative",  // cases of an enum, in MiningStore+Services
        "addedWithFormat3",  // tables, in Schema
        "isSame", "none",  // conditions, in KnownReleases and in keeping outcomes
        "isOther", "others", "isOfRun", "condition",  // and in Spellings and snapshots
    ]

    @Test("SQL has bound values only, and stands in one room")
    func bindsValues() throws {
        var found: Set<String> = []
        var statements = 0
        for file in try sources("Sources/MiningStore") {
            for literal in file.text.matches(of: /"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"/).map(\.output)
            where literal.contains(/\b(SELECT|INSERT|UPDATE|DELETE|CREATE|PRAGMA)\b/) {
                statements += 1
                found.formUnion(literal.matches(of: /\\\(([^)]*)\)/).map { String($0.output.1) })
            }
        }
        #expect(statements > 40)
        #expect(found == Self.partsOfSQL)
        for folder in ["Sources", "Plugins"] {
            let others = try sources(folder).filter { imports($0.text).contains { $0.hasPrefix("GRDB") } }
            #expect(
                try others.count == sources("Sources/MiningStore").filter { $0.text.contains("import GRDB") }.count
                    * (folder == "Sources" ? 1 : 0))
        }
    }

    @Test("TLS verification is set where it is set, to on, and nowhere else")
    func verifiesTLS() throws {
        let lines = try ["Sources", "Plugins"].flatMap { try sources($0) }.flatMap { $0.text.split(separator: "\n") }
        let verifying = lines.filter { $0.contains(/VERIFY(PEER|HOST|STATUS)/) }.map {
            $0.trimmingCharacters(in: .whitespaces)
        }
        #expect(
            verifying == [
                "pkgmine_set_long(easy, CURLOPT_SSL_VERIFYPEER, 1)",
                "pkgmine_set_long(easy, CURLOPT_SSL_VERIFYHOST, 2)",
            ])
    }
}
