import Foundation
import Testing

/// The plan of the house, held against what stands.
@Suite("The house")
struct HouseTests {
    @Test("tests see what is `package` and no more, since a release build has nothing that is testable")
    func testsNeedNoTestability() throws {
        for file in try House.files("Tests") {
            let lines = file.text.split(separator: "\n").filter { $0.hasPrefix("@testable") }
            #expect(lines.isEmpty, "\(file.name)")
        }
    }

    @Test("the page \"Write a miner\" shows the examples that the tests compile")
    func pageShowsExample() throws {
        let page = try House.text("Sources/PackageMining/PackageMining.docc/WriteAMiner.md")
        for example in ["Tests/MiningRunTests/CrumbMiner.swift", "Tests/OutsidePackage/Sources/crumbs/Crumbs.swift"] {
            #expect(try page.contains("```swift\n\(House.text(example))```"), "\(example)")
        }
        let suite = try House.text("Tests/MiningRunTests/CrumbConformanceTests.swift").split(separator: "\n").map {
            $0.hasPrefix("    ") ? String($0.dropFirst(4)) : String($0)
        }
        #expect(page.contains("```swift\n\(suite[4..<8].joined(separator: "\n"))\n```"))
        let manifest = try House.text("Tests/OutsidePackage/Package.swift").replacing("../..", with: "../pkgmine")
        #expect(page.contains("```swift\n\(manifest)```"))
    }

    @Test("the page \"Mine from your program\" shows the program that the tests compile and run")
    func pageShowsProgram() throws {
        let page = try House.text("Sources/PackageMining/PackageMining.docc/MineFromYourProgram.md")
        let program = try House.text("Tests/OutsideProgram/Sources/trends/main.swift")
        let manifest = try House.text("Tests/OutsideProgram/Package.swift").replacing("../..", with: "../pkgmine")
        for shown in [program, manifest] { #expect(page.contains("```swift\n\(shown)```")) }
    }

    /// What SQL is put together from. All of it is written in the code: nothing of a registry or a user is among it.
    private static let partsOfSQL: Set = [
        "table",  // one of two names, in FirstPlaces and in Schema; with its columns, in RowInserts
        "columns",  // those of the one or the other, in FirstPlaces
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
        "Self.isOfRun", "Self.listed",  // a condition and a query, for what a snapshot has not told
    ]

    @Test("SQL has bound values only, and stands in one room")
    func bindsValues() throws {
        var found: Set<String> = []
        var statements = 0
        for file in try House.files("Sources/MiningStore") {
            for literal in file.text.matches(of: /"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"/).map(\.output)
            where literal.contains(/\b(SELECT|INSERT|UPDATE|DELETE|CREATE|PRAGMA)\b/) {
                statements += 1
                found.formUnion(literal.matches(of: /\\\(([^)]*)\)/).map { String($0.output.1) })
            }
        }
        #expect(statements > 40)
        #expect(found == Self.partsOfSQL)
        for folder in ["Sources", "Plugins"] {
            let others = try House.files(folder).filter { $0.imports.contains { $0.hasPrefix("GRDB") } }
            #expect(
                try others.count == House.files("Sources/MiningStore").filter { $0.text.contains("import GRDB") }.count
                    * (folder == "Sources" ? 1 : 0))
        }
    }

    @Test("TLS verification is set where it is set, to on, and nowhere else")
    func verifiesTLS() throws {
        let lines = try ["Sources", "Plugins"].flatMap { try House.files($0) }.flatMap {
            $0.text.split(separator: "\n")
        }
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
