import MinerHarness
import MinerTestKit
import RecordReaders
import Testing

@Suite("The records of a tar archive's members")
struct TarRecordsTests {
    private var archive: [UInt8] {
        var writer = TarWriter()
        writer.add("dump/", type: "5")
        writer.add("dump/a.csv", "id,name\n1,a\n2,b\n")
        writer.add("dump/other", String(repeating: "x", count: 1_000))
        writer.add("dump/b.csv", "name\nc\n")
        writer.end()
        return writer.bytes
    }

    private let tables = TarRecords {
        $0.name.hasSuffix(".csv")
    } readBy: { _ in
        CSVReader(columns: ["name"])
    }

    @Test("each member is read by a reader of its own, in whatever pieces the archive arrives", arguments: pieceSizes)
    func reads(size: Int) throws {
        #expect(try tables.records(of: archive, by: size).map { $0["name"] } == ["a", "b", "c"])
        #expect(try TarRecords.records(of: archive, by: tables).count == 3)
    }

    @Test("members of two kinds are read by two kinds of readers", arguments: pieceSizes)
    func twoKinds(size: Int) throws {
        let reader = TarRecords<EitherReader<CSVReader, WholeMember>> { _ in
            true
        } readBy: {
            $0.name.hasSuffix(".csv") ? .first(CSVReader(columns: ["name"])) : .second(WholeMember($0, limit: 1_000))
        }
        let found = try reader.records(of: archive, by: size).map { record in
            switch record {
            case .first(let row): row["name"] ?? ""
            case .second(let whole): "\(whole.member.name) \(whole.bytes.count)"
            }
        }
        #expect(found == ["dump/ 0", "a", "b", "dump/other 1000", "c"])
    }

    @Test("how many members were read is known, none among them that is passed over")
    func counts() throws {
        var reader = tables
        reader.feed(archive)
        while try reader.next() != nil {}
        #expect(try reader.finish() == nil && reader.memberCount == 2)
    }

    @Test("where one file is meant, an archive without it is refused, and one that has it twice")
    func oneFile() throws {
        let table = TarRecords(ofFile: "a.csv") { _ in CSVReader(columns: ["name"]) }
        #expect(try table.records(of: archive, by: 100).map { $0["name"] } == ["a", "b"])
        for (names, reason) in [
            (["b.csv"], "it has no file a.csv"), (["a.csv", "x/a.csv"], "it has more than one file a.csv"),
        ] {
            var writer = TarWriter()
            for name in names { writer.add(name, "name\nc\n") }
            writer.end()
            let bytes = writer.bytes
            #expect(throws: RecordError(at: "the archive", reason)) { try table.records(of: bytes, by: 100) }
        }
    }

    @Test("a member that is refused is named, and an archive that is cut is refused", arguments: pieceSizes)
    func refuses(size: Int) {
        var writer = TarWriter()
        writer.add("dump/a.csv", "name\na")
        writer.end()
        let bytes = writer.bytes
        #expect(throws: RecordError(at: "dump/a.csv, row 1", "it is cut off")) {
            try tables.records(of: bytes, by: size)
        }
        let error = #expect(throws: RecordError.self) {
            try tables.records(of: Array(archive.dropLast(600)), by: size)
        }
        #expect(error?.reason == "the archive is cut off")
    }

    @Test(
        "a small member is one record, be it empty, and a larger one than the limit is refused", arguments: pieceSizes)
    func wholeMembers(size: Int) throws {
        var writer = TarWriter()
        writer.add("a", "0123456789")
        writer.add("empty")
        writer.end()
        let bytes = writer.bytes
        let files = TarRecords { _ in
            true
        } readBy: {
            WholeMember($0, limit: 10)
        }
        let shown = try files.records(of: bytes, by: size).map {
            "\($0.member.name): \(String(decoding: $0.bytes, as: UTF8.self))"
        }
        #expect(shown == ["a: 0123456789", "empty: "])
        let smaller = TarRecords { _ in
            true
        } readBy: {
            WholeMember($0, limit: 9)
        }
        #expect(throws: RecordError(at: "a, its header", "it has 10 bytes, more than 9")) {
            try smaller.records(of: bytes, by: size)
        }
    }
}
