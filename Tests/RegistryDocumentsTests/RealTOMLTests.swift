import MinerHarness
import RecordReaders
import RegistryDocuments
import RegistryTOML
import Testing

@Suite(
    "Julia's registry, as it is written in TOML",
    .enabled(if: Places.realData != nil, "there is no real data beside this checkout"))
struct RealTOMLTests {
    @Test("each of its packages has a name and a path, by its UUID")
    func registry() throws {
        let packed = try Places.real("julia/Registry-2022.toml.gz")
        let lines = try Inflated.records(of: packed, by: Inflated(LineReader(), limit: 16 << 20))
        let registry = try TOMLTable(Array(lines.joined(separator: [UInt8(ascii: "\n")])))
        let packages = try #require(registry.table("packages")).members
        #expect(registry.text("name") == "General")
        #expect(packages.count == 7_427)
        #expect(packages.allSatisfy { $0.table?.text("name") != nil && $0.table?.text("path") != nil })
        #expect(registry.text("packages", "0004c1f4-53c5-4d43-a221-a1dac6cf6b74", "path") == "T/TuringGLM")
    }

    @Test("each of them has a document at its path, which says the same name and UUID, and a repository")
    func packages() async throws {
        let url = "http://x.test/registry"
        let session = StubSession([url: try Places.real("julia/general-2020-10-07-subtree.tar.gz")])
        let file = Download(url) {
            TarRecords {
                $0.name == "Registry.toml" || $0.name.hasSuffix("/Package.toml")
            } readBy: {
                WholeMember($0, limit: 1 << 20)
            }
        }
        let tables = try await file.reduce(into: [String: TOMLTable](), through: session) { tables, file in
            tables[file.member.name] = try TOMLTable(file.bytes)
        }
        let packages = try #require(tables["Registry.toml"]?.table("packages")).members
        #expect(packages.count == 300 && tables.count == 301)
        for package in packages {
            let table = tables["\(package.table?.text("path") ?? "")/Package.toml"]
            #expect(table?.text("uuid") == package.key)
            #expect(table?.text("name") == package.table?.text("name"))
            #expect(table?.text("repo")?.hasPrefix("https://") == true)
        }
    }
}
