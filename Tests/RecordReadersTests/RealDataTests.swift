import ContentInflation
import MinerHarness
import RecordReaders
import Testing

@Suite(
    "What registries wrote, as records",
    .enabled(if: RealData.folder != nil, "there is no real data beside this checkout"))
struct RealDataTests {
    private func inflated(_ bytes: [UInt8]) throws -> [UInt8] {
        let inflater = Inflater()
        var inflated: [UInt8] = []
        inflater.feed(bytes)
        while let piece = try inflater.next() { inflated += piece }
        while let piece = try inflater.finish() { inflated += piece }
        return inflated
    }

    /// The bytes of a file's members, by name.
    private func files(_ archive: [UInt8]) throws -> [(name: String, bytes: [UInt8])] {
        var files: [(name: String, bytes: [UInt8])] = []
        for part in try TarReader({ $0.kind == .file }).records(of: archive, by: 100) {
            switch part {
            case .member(let member): files.append((member.name, []))
            case .bytes(let bytes): files[files.count - 1].bytes += bytes
            case .end: break
            }
        }
        return files
    }

    @Test("crates.io's dump: each crate of the sheet, and nothing else")
    func crates() throws {
        let files = try files(inflated(RealData.bytes("crates/db-dump-made.tar.gz")))
        let table = try #require(files.first { $0.name.hasSuffix("/data/crates.csv") })
        let rows = try CSVReader(columns: ["name", "homepage", "repository"]).records(of: table.bytes, by: 11)
        let sheet = try lines("crates/db-dump-made.expected.tsv")
        #expect(rows.count == sheet.count - 1)
        #expect(Set(rows.map { $0["name"] ?? "" }) == Set(sheet.dropFirst().map { $0[0] }))
        #expect(rows.contains { $0["homepage"] == "" } && rows.contains { $0["homepage"] == nil })
    }

    @Test("a dump of 2022, packed again by others, with blank lines")
    func cratesOf2022() throws {
        let files = try files(inflated(RealData.bytes("crates/db-dump-2022-09-05.tar.gz")))
        let table = try #require(files.first { $0.name.hasSuffix("/data/crates.csv") })
        let rows = try CSVReader(columns: ["name", "repository"]).records(of: table.bytes, by: 1)
        #expect(rows.compactMap { $0["name"] } == ["rand", "regex", "regex-syntax", "pin-project"])
    }

    @Test("RubyGems' dump: each gem of the sheet, with its hstore values")
    func rubygems() throws {
        let archive = try files(RealData.bytes("rubygems/public_postgresql-made.tar"))
        let dump = try inflated(#require(archive.first).bytes)
        let rows = try CopyReader([
            CopyReader.Table("public.rubygems", columns: ["name", "id"]),
            CopyReader.Table("public.versions", columns: ["rubygem_id", "metadata", "description"]),
        ]).records(of: dump, by: 13)
        let gems = rows.filter { $0.table == "public.rubygems" }
        let versions = rows.filter { $0.table == "public.versions" }
        #expect(gems.count == 101 && versions.count == 103)
        #expect(Set(gems.map { $0.fields["name"] }).isSuperset(of: ["-", ".cat", "rubystats"]))
        #expect(versions.contains { $0.fields["description"] == #"\N"# })
        let stores = versions.compactMap { $0.fields["metadata"].flatMap { HStore($0) } }
        #expect(stores.count == 103)
        #expect(stores.contains { $0.contains("source_code_uri") && $0["source_code_uri"] == nil })
    }

    @Test("Debian's Sources: 400 stanzas, the same of gzip and of xz")
    func debian() throws {
        let stanzas = try ["gz", "xz"].map { ending in
            let file = try inflated(RealData.bytes("debian/bookworm-main-400-Sources.\(ending)"))
            return try StanzaReader(taking: ["package", "HOMEPAGE", "Package-List"]).records(of: file, by: 1_000)
        }
        #expect(stanzas[0] == stanzas[1])
        #expect(stanzas[0].count == 400)
        #expect(stanzas[0].allSatisfy { $0["Package"] != nil })
        #expect(stanzas[0].filter { $0["Package"] == "sphinx" }.count == 10)
        #expect(stanzas[0].contains { $0["Homepage"]?.hasPrefix("gopher://") == true })
        #expect(stanzas[0].contains { ($0.lines(of: "Package-List")?.count ?? 0) > 2 })
    }

    @Test("Hackage's index: each package of the sheet has a file, and revisions come twice")
    func hackage() throws {
        let files = try files(inflated(RealData.bytes("hackage/01-index-sample.tar.gz")))
        let cabal = files.map(\.name).filter { $0.hasSuffix(".cabal") }
        let sheet = try lines("hackage/01-index-sample.expected.tsv")
        #expect(Set(cabal.map { $0.split(separator: "/")[0] }).count == 265)
        #expect(sheet.allSatisfy { line in cabal.contains("\(line[0])/\(line[1])/\(line[0]).cabal") })
        #expect(cabal.count - Set(cabal).count == 6)
    }

    @Test("Julia's registry: 300 packages with their files")
    func julia() throws {
        let files = try files(inflated(RealData.bytes("julia/general-2020-10-07-subtree.tar.gz")))
        #expect(files.filter { $0.name.hasSuffix("/Package.toml") }.count == 300)
        #expect(files.contains { $0.name == "Registry.toml" && !$0.bytes.isEmpty })
    }

    private func lines(_ path: String) throws -> [[String]] {
        try LineReader().records(of: RealData.bytes(path), by: 100).map {
            String(decoding: $0, as: UTF8.self).split(separator: "\t", omittingEmptySubsequences: false).map(
                String.init)
        }
    }
}
