import Foundation
import MachineTools
import Testing

/// The study that `make demo` makes: seven ecosystems of `fixtures/family`, compared.
@Suite("Seven ecosystems, mined into one folder")
struct FamilyTests {
    @Test(
        "Seven ecosystems, mined into one folder, are the lists that their registries tell, and a repository that each writes in its own way is shared by all"
    )
    func study() async throws {
        let folder = try Scratch()
        try await Family.serve { family in
            let run = try await family.mineAll(into: folder)
            #expect(run.status == 0, "\(run.errors)")
        }
        for id in Family.ids where id != "go" {
            let file = packageFolder.appending(path: "fixtures/family/\(id)/expected.csv")
            let told = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
            #expect(try rows(of: id, in: folder) == told.map(String.init))
        }
        let lists = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".csv") }
            .sorted().map { "\(folder.path)/\($0)" }
        let output = ["--output-dir", "\(folder.path)/compare", "--quiet"]
        let compared = try await Tool.pkgmine.run(["compare"] + lists + output)
        #expect(compared.status == 0, "\(compared.errors)")
        #expect(
            try folder.text("compare/summary.csv") == """
                Number of Ecosystems,Ecosystems,Repositories,Packages,File
                3,NPM + Packagist + PyPI,1,3,3-ecosystems/NPM+Packagist+PyPI.csv
                4,Crates.io + Go + Maven + PyPI,1,4,4-ecosystems/Crates.io+Go+Maven+PyPI.csv
                4,Go + NPM + PyPI + RubyGems,1,4,4-ecosystems/Go+NPM+PyPI+RubyGems.csv
                7,Crates.io + Go + Maven + NPM + Packagist + PyPI + RubyGems,1,7,\
                7-ecosystems/Crates.io+Go+Maven+NPM+Packagist+PyPI+RubyGems.csv

                """)
    }

    /// Name, homepage and repository of each row, as an `expected.csv` has them.
    private func rows(of id: String, in folder: Scratch) throws -> [String] {
        try folder.text(Family.lists[id] ?? "").split(separator: "\n").dropFirst().map { row in
            row.split(separator: ",", omittingEmptySubsequences: false).dropFirst(2)
                .map { $0 == "nan" ? "" : String($0) }.joined(separator: ",")
        }
    }
}
