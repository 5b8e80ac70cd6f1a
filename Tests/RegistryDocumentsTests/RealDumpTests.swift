import MinerHarness
import RecordReaders
import RegistryDocuments
import Testing

@Suite(
    "Dumps as registries pack them",
    .enabled(if: Places.realData != nil, "there is no real data beside this checkout"))
struct RealDumpTests {
    private let url = "http://x.test/dump"

    private func session(_ path: String) throws -> StubSession {
        StubSession([url: try Places.real(path)], chunkSize: 100)
    }

    @Test("crates.io's: two tables of one compressed archive")
    func crates() async throws {
        let file = Download(url) {
            TarRecords {
                $0.name.hasSuffix("/data/crates.csv") || $0.name.hasSuffix("/data/deleted_crates.csv")
            } readBy: {
                CSVReader(columns: $0.name.hasSuffix("deleted_crates.csv") ? ["name"] : ["name", "repository"])
            }
        }
        let counts = try await file.reduce(into: [0, 0], through: session("crates/db-dump-made.tar.gz")) {
            $0[$1.columns.count - 1] += 1
        } atEnd: { counts, reader in
            #expect(reader.memberCount == 2)
        }
        #expect(counts == [1, 109])
    }

    @Test("RubyGems': a dump that is compressed inside of its archive")
    func rubygems() async throws {
        let file = Download(url) {
            TarRecords {
                $0.name.hasSuffix("/PostgreSQL.sql.gz")
            } readBy: { _ in
                Inflated(CopyReader([CopyReader.Table("public.rubygems", columns: ["name"])]), limit: 1 << 30)
            }
        }
        let names = try await file.reduce(into: [String](), through: session("rubygems/public_postgresql-2022.tar")) {
            $0.append($1.fields["name"] ?? "")
        }
        #expect(names == ["l33tify", "haar_joke"])
    }

    @Test("Hackage's: small members, each as a whole")
    func hackage() async throws {
        let file = Download(url) {
            TarRecords {
                $0.name.hasSuffix(".cabal")
            } readBy: {
                WholeMember($0, limit: 1 << 20)
            }
        }
        let count = try await file.reduce(into: 0, through: session("hackage/01-index-sample.tar.gz")) { count, file in
            if Int64(file.bytes.count) == file.member.size && !file.bytes.isEmpty { count += 1 }
        }
        #expect(count == 345)
    }
}
