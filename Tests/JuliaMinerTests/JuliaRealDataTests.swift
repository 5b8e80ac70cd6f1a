import Foundation
import JuliaMiner
import MinerHarness
import PackageMining
import RecordReaders
import RegistryDocuments
import RegistryTOML
import Testing

@Suite("Julia's General registry", .enabled(if: Places.realData != nil, "there is no real data beside this checkout"))
struct JuliaRealDataTests {
    private let server = JuliaServer()

    @Test("300 packages of 2020, by the git tree that git itself made of them: 13 on GitLab, one named julia")
    func general() async throws {
        let told = String(decoding: try Places.real("julia/registries.txt"), as: UTF8.self)
        let tree = try #require(told.split(separator: "/").last?.trimmingCharacters(in: .whitespacesAndNewlines))
        server.publish(archive: try Places.real("julia/general-2020-10-07-subtree.tar.gz"), tree: tree)
        let folder = try MinedFolder()
        let rows = try await folder.run(JuliaMiner(registryURL: JuliaServer.url), through: server.session)
        #expect(rows.count == 300)
        #expect(rows.count { $0.hasSuffix(" nan") } == 0)
        #expect(rows.count { $0.contains("https://gitlab.com/") } == 13)
        #expect(rows.contains { $0.hasSuffix(" julia nan https://github.com/JuliaLang/julia.git") })
        #expect(try folder.problems(of: JuliaMiner()) == nil)
    }

    @Test("The whole Registry.toml of 2022 has 7,427 packages, and homebrew at its own path")
    func registry() async throws {
        let session = StubSession(["https://julia.test": try Places.real("julia/Registry-2022.toml.gz")])
        let bytes = try await Download("https://julia.test") { LineReader() }.reduce(into: [], through: session) {
            $0 += $1 + [10]
        }
        let packages = try #require(try TOMLTable(bytes).table("packages"))
        #expect(packages.members.count == 7_427)
        #expect(packages.members.count { $0.table?.text("name") != nil && $0.table?.text("path") != nil } == 7_427)
        let homebrew = packages.members.first { $0.table?.text("name") == "homebrew" }
        #expect(homebrew?.table?.text("path") == "H/Homebrew")
    }
}
