import Foundation
import MachineTools
import Testing

/// One source, and what repeats it.
@Suite("The version")
struct VersionTests {
    private func text(_ file: String) throws -> String {
        try String(contentsOf: packageFolder.appending(path: file), encoding: .utf8)
    }

    @Test("The version is one to the tool, to what is built before it, to who cites it and to who reads what changed")
    func isOne() async throws {
        let version = try await Tool.pkgmine.run(["--version"]).output.trimmingCharacters(in: .newlines)
        #expect(try await Tool.make("version").run([]).output == "\(version)\n")
        let citation = try text("CITATION.cff")
        let cited = try #require(citation.firstMatch(of: /(?m)^version: (.+)\ndate-released: (.+)$/)?.output)
        let changes = try text("CHANGELOG.md").matches(of: /(?m)^## (\d\S*) - (\S+)$/)
        let newest = try #require(changes.first?.output)
        #expect([String(cited.1), String(newest.1)] == [version, version])
        #expect(cited.2 == newest.2)
    }

    @Test("The version is not guessed where its source does not say it")
    func isNotGuessed() async throws {
        let folder = try Scratch()
        try Data("let version = \"0.1.0\"\n".utf8).write(to: folder.url.appending(path: "ThisPackage.swift"))
        let said = try await Tool.make("version").run([folder.path + "/ThisPackage.swift"])
        #expect(said.status == 1)
        #expect(said.output == "")
        #expect(said.errors == "error: ThisPackage.swift does not say the version\n")
    }
}
