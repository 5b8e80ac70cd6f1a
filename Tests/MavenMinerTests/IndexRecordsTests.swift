import MavenFormats
import MavenMiner
import MinerHarness
import RecordReaders
import RegistryDocuments
import Testing

@Suite("Nexus index")
struct IndexRecordsTests {
    private static func number(_ value: Int, _ size: Int) -> [UInt8] {
        (0..<size).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    private static func document(_ fields: KeyValuePairs<String, String>) -> [UInt8] {
        var bytes = number(fields.count, 4)
        for (name, value) in fields {
            bytes.append(5)
            bytes += number(name.utf8.count, 2)
            bytes += Array(name.utf8)
            bytes += number(value.utf8.count, 4)
            bytes += Array(value.utf8)
        }
        return bytes
    }

    private static let index: [UInt8] = {
        var bytes: [UInt8] = [1, 0, 0, 1, 0x21, 0x88, 0x5E, 0x1E, 0x1F]
        bytes += document(["u": "g|a|1.0|NA", "m": "1", "c": String(repeating: "x", count: 300)])
        bytes += document(["DESCRIPTOR": "NexusIndex", "u": "x|y|z|NA"])
        bytes += document(["n": "name", "u": "g|a|1.1|sources|jar"])
        bytes += document(["del": "g|b|2.0|NA", "m": ""])
        return bytes
    }()

    private func read(_ bytes: [UInt8], by size: Int) throws -> [String] {
        var records = IndexRecords()
        var found: [String] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            records.feed(Array(bytes[start..<min(start + size, bytes.count)]))
            while let record = try records.next() {
                found.append((record.isDeletion ? "-" : "") + String(decoding: record.coordinates, as: UTF8.self))
            }
        }
        #expect(try records.finish() == nil)
        return found
    }

    @Test(
        "artifacts and deletions are found among all documents, however the bytes arrive",
        arguments: [1, 2, 3, 50, 9_999])
    func records(size: Int) throws {
        #expect(try read(Self.index, by: size) == ["g|a|1.0|NA", "g|a|1.1|sources|jar", "-g|b|2.0|NA"])
    }

    @Test("an index that ends anywhere but behind a document is cut off")
    func truncation() throws {
        var whole = 0
        for count in 0..<Self.index.count where (try? read(Array(Self.index[..<count]), by: 64)) != nil { whole += 1 }
        // Behind the header, and behind each document but the last.
        #expect(whole == 4)
    }

    @Test("what is no index is refused with the place")
    func foreign() throws {
        let error = try #require(throws: IndexRecords.Damaged.self) { try read(Array("<html></html>".utf8), by: 5) }
        #expect(error.description == "no Nexus index of version 1, at byte 0 of the inflated index")
    }

    @Test(
        "coordinates name a release, or nothing that is listed",
        arguments: [
            ("g|a|1.0|NA", "g:a 1.0"), ("g|a|1.0|NA| pom", "g:a 1.0|pom"), ("g|a|1.0|sources|jar", nil),
            ("g|a|1-SNAPSHOT|NA", nil),
            ("g|a|1snapshot|NA", nil), ("g|a|1.0-20240131.123456-7|NA", nil),
            ("g|a|1.0-20240131.1234-7|NA", "g:a 1.0-20240131.1234-7"),
            ("gé|a|1|NA", "gé:a 1"),
        ])
    func coordinates(text: String, release: String?) throws {
        let found = try IndexedRelease(Array(text.utf8))
        #expect(found.map { String(decoding: $0.name + [32] + $0.version, as: UTF8.self) } == release)
    }

    @Test(
        "coordinates that lack a part cannot be read", arguments: ["g|a|1", "g||1|NA", "|a|1|NA", "g|a||NA", "g", ""])
    func unreadableCoordinates(text: String) {
        #expect(throws: IndexedRelease.Unreadable.self) { try IndexedRelease(Array(text.utf8)) }
    }

    @Test("modified UTF-8 becomes UTF-8")
    func modified() {
        let bytes: [UInt8] = [0x61, 0xC0, 0x80, 0xC3, 0xA9, 0xE2, 0x82, 0xAC, 0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80]
        #expect(String(decoding: utf8(ofModified: bytes), as: UTF8.self) == "a\0é€😀")
    }

    @Test("chunks are usable in one chain without a gap only")
    func chunks() throws {
        let properties = try #require(
            IndexProperties(
                """
                #Wed Apr 08 12:52:23 UTC 2026
                nexus.index.chain-id=7
                nexus.index.timestamp=20260408120526.011 +0000
                nexus.index.last-incremental=12
                nexus.index.incremental-0=12
                nexus.index.incremental-1=11
                nexus.index.incremental-2=9
                """))
        #expect(properties.chunks(after: 12, of: "7") == [])
        #expect(properties.chunks(after: 8, of: "7") == [9, 10, 11, 12])
        #expect(properties.chunks(after: 7, of: "7") == nil)
        #expect(properties.chunks(after: 11, of: "8") == nil)
        #expect(properties.chunks(after: 13, of: "7") == nil)
        #expect(IndexProperties("<html></html>") == nil)
    }

    @Test(
        "indexes that maven-indexer wrote are read to their end",
        .enabled(if: Places.realData != nil, "there is no real data beside this checkout"),
        arguments: ["index-2", "index-small"])
    func real(name: String) throws {
        let bytes = try Places.real("maven/\(name)/nexus-maven-repository-index.gz")
        let records = Inflated(IndexRecords(), limit: 1 << 30)
        #expect(try Inflated.records(of: bytes, by: records).isEmpty == false)
    }
}
