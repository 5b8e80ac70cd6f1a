import MinerHarness
import PackageMining
import RecordReaders
import RegistryDocuments
import Testing

/// Only its end proves an archive whole, though what is wanted stands in front of it.
@Suite("Dumps are read to their end")
struct DumpTests {
    private static let compressions = ["gz", "xz", "zst", "bz2"]

    private func names(in dump: [UInt8], by chunkSize: Int = 1_000) async throws -> [String?] {
        let file = Download("http://x.test/dump") {
            TarRecords {
                $0.name.hasSuffix("/data/packages.csv")
            } readBy: { _ in
                CSVReader(columns: ["name"])
            }
        }
        let session = StubSession(["http://x.test/dump": dump], chunkSize: chunkSize)
        return try await file.reduce(into: [], through: session) { $0.append($1["name"]) }
    }

    private func refusal(of dump: [UInt8]) async throws -> String {
        let error = try await #require(throws: WireError.self) { _ = try await names(in: dump) }
        #expect(error.category == .malformed && error.attempts == 6)
        return error.reason
    }

    @Test("a table is found in whatever chunks the archive arrives", arguments: compressions, [1, 100, 100_000])
    func reads(compression: String, chunkSize: Int) async throws {
        let dump = try Places.fixture("dumps/packages.tar.\(compression)")
        #expect(try await names(in: dump, by: chunkSize) == ["zeta", "alpha", "béta"])
    }

    @Test("one that is cut behind the table gives nothing, be it of its last byte", arguments: compressions)
    func cut(compression: String) async throws {
        let dump = try Places.fixture("dumps/packages.tar.\(compression)")
        for missing in [1, 4, 8, 9, dump.count / 2] {
            let reason = try await refusal(of: Array(dump.dropLast(missing)))
            #expect(reason.hasPrefix("the file cannot be read: the compressed stream is cut off after"))
        }
    }

    @Test("one that is damaged in what nobody wants gives nothing", arguments: compressions)
    func damaged(compression: String) async throws {
        var dump = try Places.fixture("dumps/packages.tar.\(compression)")
        dump[dump.count * 3 / 4] ^= 1
        let reason = try await refusal(of: dump)
        #expect(reason.hasPrefix("the file cannot be read: "), "\(reason)")
    }

    @Test("anything behind the end is refused: text, another archive, a byte", arguments: compressions)
    func behind(compression: String) async throws {
        let dump = try Places.fixture("dumps/packages.tar.\(compression)")
        for more in [Array("<html>".utf8), [0x61], dump] {
            let reason = try await refusal(of: dump + more)
            #expect(reason.hasPrefix("the file cannot be read: "), "\(reason)")
        }
    }

    @Test("a stream of several members is one, with zeros behind it that belong to nobody")
    func members() async throws {
        let dump = try Places.fixture("dumps/two-members.tar.gz")
        #expect(try await names(in: dump) == ["zeta", "alpha", "béta"])
        let reason = try await refusal(of: dump + [0x61])
        #expect(reason.hasPrefix("the file cannot be read: the compressed stream is damaged after"), "\(reason)")
    }

    @Test("an archive without its end is refused, whole as its compression may be")
    func withoutEnd() async throws {
        let reason = try await refusal(of: Places.fixture("dumps/without-end.tar.gz"))
        #expect(reason.hasSuffix("the archive is cut off"), "\(reason)")
    }
}
