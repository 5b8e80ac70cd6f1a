import ChecksumDatabase
import TestDatabase
import Testing

@Suite("A data tile")
struct DataTileTests {
    private func lines(_ text: String, from first: Int = 0, count: Int) throws -> [String] {
        var lines: [String] = []
        try Array(text.utf8).withUnsafeBytes { bytes in
            let hashes = try DataTile.read(bytes, from: first, count: count, by: TreeHasher()) {
                lines.append(
                    "\($0) \(String(decoding: $1.path, as: UTF8.self)) \(String(decoding: $1.version, as: UTF8.self))")
            }
            #expect(hashes.count == count)
        }
        return lines
    }

    @Test("A data tile tells module and version of each line, without /go.mod")
    func reads() throws {
        let text = "7\na.test/B v1.0.0 h1:x\na.test/B v1.0.0/go.mod h1:y\n\n8\nc v2/go.mod h1:x z\n\n"
        #expect(try lines(text, from: 7, count: 2) == ["7 a.test/B v1.0.0", "7 a.test/B v1.0.0", "8 c v2"])
        #expect(try lines(text, from: 7, count: 1) == ["7 a.test/B v1.0.0", "7 a.test/B v1.0.0"])
        #expect(try lines("", count: 0) == [])
    }

    @Test(
        "A data tile is refused where a record is malformed, with the record",
        arguments: [
            ("", "the tile ends in record 0"), ("0\n", "the tile ends in record 0"),
            ("0\na v h\n", "the tile ends in record 0"), ("0\na v h", "the tile ends in record 0"),
            ("0\n\n", "record 0 is empty"),
            ("1\na v h\n\n", "where record 0 should stand, there is another"),
            ("00\na v h\n\n", "where record 0 should stand, there is another"),
            ("a v h\n\n", "where record 0 should stand, there is another"),
            ("0\na\n\n", "a line of record 0 is not a module, a version and a hash"),
            ("0\na v\n\n", "a line of record 0 is not a module, a version and a hash"),
            ("0\na v \n\n", "a line of record 0 is not a module, a version and a hash"),
            ("0\n v h\n\n", "a line of record 0 is not a module, a version and a hash"),
            ("0\na  h\n\n", "a line of record 0 is not a module, a version and a hash"),
            ("0\na\tb v h\n\n", "a record has a control character"),
        ])
    func refuses(text: String, reason: String) {
        #expect(throws: MalformedDocument(reason)) { try lines(text, count: 1) }
    }

    @Test("A data tile of hashes has 32 bytes for each, and may have more than are asked for")
    func readsHashes() throws {
        let bytes = [UInt8](repeating: 1, count: 64)
        #expect(try HashTile.read(bytes, count: 1).count == 1)
        for (count, extra) in [(3, 0), (1, 1), (257, 256 * 32)] {
            #expect(throws: MalformedDocument.self) {
                try HashTile.read(bytes + [UInt8](repeating: 0, count: extra), count: count)
            }
        }
    }
}
