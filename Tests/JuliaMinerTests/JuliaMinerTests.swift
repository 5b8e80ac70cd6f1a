import Foundation
import JuliaMiner
import MachineTools
import MinerHarness
import MinerTestKit
import PackageMining
import Testing

private let git = Tool.machine("git")

/// What a registry of Julia does not say aloud: a test each.
@Suite("Julia, in detail")
struct JuliaMinerTests {
    private let server = JuliaServer()
    private let miner = JuliaMiner(registryURL: JuliaServer.url + "/")
    private static let tree = "42c3e32ccd1b6a67572a4907ae6b7ed6e20d4523"

    private var oddities: [(path: String, bytes: [UInt8])] {
        get throws { try Places.files(of: "julia/oddities/registry") }
    }

    private func refusal() async throws -> WireError {
        let run = StoredRun(miner)
        let error = try await #require(throws: WireError.self) { try await run.list(through: server.session) }
        #expect(await run.pages == 0)
        return error
    }

    /// Publishes files under the name of their git tree, which is told by the error that another name ends in.
    private func publish(_ files: [(path: String, bytes: [UInt8])]) async throws {
        server.publish(files, tree: String(repeating: "0", count: 40))
        let found = try #require(try await refusal().reason.firstMatch(of: /its git tree is ([0-9a-f]{40}), not 0/))
        server.publish(files, tree: String(found.output.1))
    }

    private func publish(_ registry: String, _ files: [String: String]) async throws {
        try await publish(
            ([("Registry.toml", registry)] + files.map { ($0.key, $0.value) }).map {
                (path: $0.0, bytes: Array($0.1.utf8))
            })
    }

    @Test("Every package is listed with its own repository, as Registry.toml leads to it", arguments: [false, true])
    func oddities(isReversed: Bool) async throws {
        server.publish(isReversed ? try oddities.reversed() : try oddities, tree: Self.tree)
        let folder = try MinedFolder()
        _ = try await folder.run(miner, through: server.session)
        #expect(try folder.text("Julia.csv") == Places.fixtureText("julia/oddities/expected.csv"))
        #expect(try folder.problems(of: miner) == nil)
        #expect(server.session.requests.first == "https://julia.test/registries.eager")
        #expect(try folder.text("datapackage.json").contains("\"eager\""))
    }

    @Test("The archive is read behind ./ too, and as it is, where it comes unpacked")
    func plain() async throws {
        let files = try oddities.map { (path: "./\($0.path)", bytes: $0.bytes) }
        server.publish(files, tree: Self.tree) { $0 }
        #expect(try await MinedFolder().run(miner, through: server.session).count == 7)
    }

    @Test("Of an archive that is not the git tree that it is called nothing is believed")
    func wrongTree() async throws {
        var files = try oddities
        files[0].bytes.append(10)
        server.publish(files, tree: Self.tree)
        #expect(try await refusal().reason.hasSuffix(", not \(Self.tree)"))
        server.publish(try oddities.dropLast(), tree: Self.tree)
        #expect(try await refusal().reason.hasSuffix(", not \(Self.tree)"))
    }

    @Test("git as it is installed here calls the tree the same", .enabled(if: git != nil, "git is not installed"))
    func asksGit() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "julia-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.copyItem(at: Places.fixtures.appending(path: "julia/oddities/registry"), to: folder)
        var told = ""
        for command in [["init", "-q"], ["add", "-A"], ["write-tree"]] {
            let outcome = try await #require(git).run(["-C", folder.path()] + command)
            #expect(outcome.status == 0, "\(outcome.errors)")
            told = outcome.output
        }
        #expect(told == "\(Self.tree)\n")
    }

    @Test("A state that was taken is not read again, and an earlier one that comes back is")
    func states() async throws {
        let folder = try MinedFolder()
        server.publish(try oddities, tree: Self.tree)
        for _ in 1...2 { #expect(try await folder.run(miner, through: server.session).count == 7) }
        #expect(server.session.requests.count == 3)
        let later = try oddities.map { file in
            let text = String(decoding: file.bytes, as: UTF8.self).replacing("u/Example.jl", with: "v/Example.jl")
            return (path: file.path, bytes: Array(text.utf8))
        }
        try await publish(later)
        #expect(
            try await folder.run(miner, through: server.session)[1]
                == "2 Example nan https://git.example/v/Example.jl.git")
        server.publish(try oddities, tree: Self.tree)
        #expect(
            try await folder.run(miner, through: server.session)[1]
                == "2 Example nan https://git.example/u/Example.jl.git")
    }

    private let entry = "01453d9d-ee7c-5054-8395-0335cb756afa = { name = \"E\", path = \"E/E\" }\n"
    private let package = "name = \"E\"\nuuid = \"01453d9d-ee7c-5054-8395-0335cb756afa\"\nrepo = \"https://e\"\n"

    @Test("A package that was renamed is another by its UUID alone, and keeps its Package ID")
    func renamed() async throws {
        let folder = try MinedFolder()
        try await publish("[packages]\n" + entry, ["E/E/Package.toml": package])
        #expect(try await folder.run(miner, through: server.session) == ["1 E nan https://e"])
        let other = "11111111-ee7c-5054-8395-0335cb756afa"
        try await publish(
            "[packages]\n" + entry + entry.replacing("01453d9d", with: "11111111"),
            [
                "E/E/Package.toml": package,
                "E/E2/Package.toml": package.replacing("01453d9d-ee7c-5054-8395-0335cb756afa", with: other),
            ])
        let rows = try await folder.run(miner, through: server.session)
        #expect(rows == ["1 E nan https://e", "2 E nan nan"])
    }

    @Test(
        "A package that cannot be told of in full is named, and listed with what is known",
        arguments: [
            ("name = \"F\"", "its Package.toml has another name or UUID than Registry.toml"),
            ("uuid = \"x\"", "its Package.toml has another name or UUID than Registry.toml"),
            ("repo = https", "no value stands where one should"), ("", "it has no Package.toml at its path"),
        ])
    func problems(line: String, reason: String) async throws {
        let key = line.prefix { $0 != " " }
        let lines = package.split(separator: "\n").map { !key.isEmpty && $0.hasPrefix(key) ? line : String($0) }
        let other = entry.replacing("01453d9d", with: "21453d9d").replacing("E", with: "G")
        let file = package.replacing("01453d9d", with: "21453d9d").replacing("\"E\"", with: "\"G\"")
        try await publish(
            "[packages]\n" + entry + other,
            [
                line.isEmpty ? "E/Package.toml" : "E/E/Package.toml": lines.joined(separator: "\n"),
                "G/G/Package.toml": file,
            ])
        let folder = try MinedFolder()
        #expect(try await folder.run(miner, through: server.session) == ["1 E nan nan", "2 G nan https://e"])
        let problem = "unreadable,\"Registry.toml, 01453d9d-ee7c-5054-8395-0335cb756afa E\","
        #expect(try folder.problems(of: miner)?.hasPrefix(problem) == true)
        #expect(try folder.problems(of: miner)?.contains(reason) == true)
    }

    @Test("An archive without Registry.toml, and one without [packages], is no empty list")
    func lacks() async throws {
        for text in ["name = \"General\"\n", "packages = 1\n"] {
            try await publish(text, [:])
            let reason = try await refusal().reason
            #expect(reason == "the file cannot be read: Registry.toml: there is none, or it has no [packages]")
        }
    }

    @Test("A page in place of the registries is asked for again, and a server with one registry is taken at its word")
    func registries() async throws {
        server.publish(try oddities, tree: Self.tree)
        let path = "/registry/11111111-aafe-5451-b93e-139f81909106/\(Self.tree)"
        let archive = server.session.answer(at: "\(JuliaServer.url)/registry/\(JuliaServer.general)/\(Self.tree)")
        server.session.set(JuliaServer.url + path, archive)
        server.session.set("\(JuliaServer.url)/registries.eager", Array("<html>\n".utf8))
        let error = try await refusal()
        #expect(error.reason == "it names no registry General")
        #expect(error.isWorthRetrying)
        server.session.set("\(JuliaServer.url)/registries.eager", Array("\(path)\n".utf8))
        #expect(try await MinedFolder().run(miner, through: server.session).count == 7)
    }
}
