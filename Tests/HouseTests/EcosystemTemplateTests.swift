import EcosystemTemplates
import Foundation
import MachineTools
import MinerHarness
import MinerTestKit
import PackageMining
import Testing

/// `make ecosystem NAME=Hex`, in a copy of what it reads.
@Suite("The beginning of an ecosystem")
struct EcosystemTemplateTests {
    private let sandbox: ScratchFolder
    private static let kinds = House.subfolders(of: "Tests/EcosystemTemplates/Miners")

    init() throws {
        sandbox = try ScratchFolder(named: "ecosystem")
        for path in [".make/ecosystem", "Tests/EcosystemTemplates", "Package.swift"] {
            let copy = sandbox.url.appending(path: path)
            try FileManager.default.createDirectory(
                at: copy.deletingLastPathComponent(), withIntermediateDirectories: true)
            try FileManager.default.copyItem(at: House.root.appending(path: path), to: copy)
        }
    }

    private func make(_ arguments: String...) async throws -> Tool.Outcome {
        try await Tool(executable: sandbox.url.appending(path: ".make/ecosystem")).run(arguments)
    }

    private func text(_ path: String) throws -> String {
        try String(contentsOf: sandbox.url.appending(path: path), encoding: .utf8)
    }

    @Test(
        "The beginning of an ecosystem writes the files of each kind under the new name, with nothing of the template's left",
        arguments: kinds)
    func writes(kind: String) async throws {
        let made = try await make("Hex", kind)
        #expect(made.status == 0, "\(made.errors)")
        let written = made.output.matches(of: /(?m)^written: (\S+)$/).map { String($0.output.1) }
        for path in written {
            let text = try text(path)
            #expect(!"\(path)\n\(text)".lowercased().contains("template"), "\(path)")
        }
        let needed = [
            "Plugins/Hex/HexMiner.swift", "Plugins/Hex/HexPlugin.swift",
            "Tests/ConformanceTests/HexConformanceTests.swift",
            "Tests/HexMinerTests/HexMinerTests.swift",
        ]
        #expect(Set(needed).isSubset(of: written))
        #expect(written.contains { $0.hasPrefix("fixtures/hex/") })
    }

    @Test("The beginning of an ecosystem ends in a word on what is to be filled in")
    func failsUntilFilled() async throws {
        let session = StubSession()
        session.set("\(TemplatePagesMiner.defaultRegistryURL)/packages?since=&page=1", Array("[]".utf8))
        session.set("\(TemplateFeedMiner.defaultRegistryURL)/changes?after=0", Array("[]".utf8))
        session.set(TemplateDumpMiner.defaultRegistryURL, Array("name,homepage,repository\na,b,c\n".utf8))
        try await fails(TemplatePagesMiner(), session)
        try await fails(TemplateFeedMiner(), session)
        try await fails(TemplateDumpMiner(), session)
    }

    private func fails(_ miner: some EcosystemMiner, _ session: StubSession) async throws {
        let error = try await #require(throws: (any Error).self) {
            _ = try await MinedFolder().run(miner, through: session)
        }
        #expect("\(error)".contains("say how \(miner.ecosystem.platform) is listed"), "\(error)")
    }

    @Test(
        "The beginning of an ecosystem puts a line into the manifest's table where its name belongs, and changes nothing else there"
    )
    func addsLine() async throws {
        let before = try text("Package.swift").split(separator: "\n", omittingEmptySubsequences: false)
        for (name, kind) in [("Mmm", "pages"), ("Aaa", "feed"), ("Zzz", "dump")] {
            #expect(try await make(name, kind).status == 0)
        }
        let after = try text("Package.swift").split(separator: "\n", omittingEmptySubsequences: false)
        #expect(after.count == before.count + 3)
        #expect(after.filter { !$0.contains(/^    \("(Mmm|Aaa|Zzz)",/) } == before)
        let names = after.joined(separator: "\n").matches(of: /(?m)^    \("(\w+)", \[/).map { String($0.output.1) }
        #expect(names == names.sorted())
        let imports = try text("Tests/ConformanceTests/ZzzConformanceTests.swift").matches(of: /(?m)^import (\w+)$/)
        #expect(imports.map(\.output.1) == ["MinerTestKit", "Testing", "ZzzMiner"])
        #expect(names.count > 3)
    }

    @Test(
        "The beginning of an ecosystem refuses a name that is none, a kind that it does not know and what is there already",
        arguments: [
            (["hex"], "error: \"hex\" is no name for an ecosystem\nhint: make ecosystem NAME=Hex\n"),
            ([""], "error: \"\" is no name for an ecosystem\nhint: make ecosystem NAME=Hex\n"),
            (["../Hex"], "error: \"../Hex\" is no name for an ecosystem\nhint: make ecosystem NAME=Hex\n"),
            (["Hex", "page"], "error: there is no kind \"page\"\nhint: KIND is one of: dump feed pages\n"),
            (["Gem"], "error: Plugins/Gem is there already\nhint: choose another name, or go on with what is there\n"),
        ])
    func refuses(arguments: [String], told: String) async throws {
        let plugin = sandbox.url.appending(path: "Plugins/Gem")
        try FileManager.default.createDirectory(at: plugin, withIntermediateDirectories: true)
        let manifest = try text("Package.swift")
        let made = try await make(arguments[0], arguments.dropFirst().first ?? "pages")
        #expect(made.status == 64)
        #expect(made.errors == told)
        #expect(try text("Package.swift") == manifest)
        #expect(try FileManager.default.contentsOfDirectory(atPath: sandbox.url.path + "/Plugins") == ["Gem"])
    }
}
