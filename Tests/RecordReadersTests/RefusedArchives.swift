import MinerTestKit
import Testing

/// What an archive may not hold, and what is said of it.
struct RefusedArchive: Sendable, CustomTestStringConvertible {
    let what: String
    let reason: String
    let write: @Sendable (inout TarWriter) -> Void

    var testDescription: String { what }

    private init(_ what: String, _ reason: String, _ write: @escaping @Sendable (inout TarWriter) -> Void) {
        self.what = what
        self.reason = reason
        self.write = write
    }

    /// A header of pax records as they stand, and a member.
    private init(records: String) {
        self.init("records \(records.debugDescription)", "the pax records cannot be read") {
            $0.add("p", records, type: "x")
            $0.add("a")
        }
    }

    /// A member whose size is written so.
    private init(size: [UInt8]) {
        self.init("size \(size)", "a number of the tar header cannot be read") {
            $0.add("a") { $0.replaceSubrange(124..<124 + size.count, with: size) }
        }
    }

    static let all =
        blocks + members + [
            RefusedArchive(size: Array("0000000009".utf8)),
            RefusedArchive(size: Array(repeating: 0xFF, count: 12)),
            RefusedArchive(size: Array(repeating: 0x9F, count: 12)),
            RefusedArchive(records: "12 path=a\n"), RefusedArchive(records: "8 path=a\n"),
            RefusedArchive(records: "0 path=a\n"), RefusedArchive(records: "path=a\n"),
            RefusedArchive(records: "7 path\n"),
            RefusedArchive(records: "99999999999999999999 a=b\n"), RefusedArchive(records: "11 size=-1\n"),
            RefusedArchive(records: "28 size=9223372036854775807\n"), RefusedArchive(records: "11 mtime=x\n"),
        ]

    private static let blocks = [
        RefusedArchive("text", "its checksum is not that of a tar header") {
            $0.addBytes(Array(repeating: 0x61, count: 512))
        },
        RefusedArchive("garbage behind a member", "its checksum is not that of a tar header") {
            $0.add("a")
            $0.addBytes(Array("garbage".utf8) + Array(repeating: 0, count: 505))
        },
        RefusedArchive("a lone block of zeros", "a block stands behind one of zeros; the end has two") {
            $0.addZeros(512)
            $0.add("a")
        },
        RefusedArchive("a member behind the end", "something stands behind the end of the archive") {
            $0.end()
            $0.add("a")
        },
        RefusedArchive("records of no member", "the archive ends where a member should follow") {
            $0.addRecords([("path", "a")])
        },
        RefusedArchive("records without end", "what is said of a member takes more than 1048576 bytes") {
            $0.add("p", type: "x") { $0.replaceSubrange(124..<135, with: Array("00004000001".utf8)) }
        },
    ]

    private static let members = [
        RefusedArchive("GNU's sparse file", "it is a file with holes, which is not read") {
            $0.add("a", type: "S", magic: .gnu)
        },
        RefusedArchive("a sparse file of pax", "it is a file with holes, which is not read") {
            $0.addRecords([("GNU.sparse.major", "1")])
            $0.add("a")
        },
        RefusedArchive("a volume", "the archive is one of several volumes, which are not read") {
            $0.add("a", type: "M", magic: .gnu)
        },
        RefusedArchive("a link with bytes", "it is a link with a size") { $0.add("a", "content", type: "1") },
    ]
}
