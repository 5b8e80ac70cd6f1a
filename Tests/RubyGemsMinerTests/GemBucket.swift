import Foundation
import MinerHarness
import MinerTestKit
import PackageMining
import RubyGemsMiner

/// A bucket of RubyGems' dumps as a test writes it.
struct GemBucket {
    static let url = "https://bucket.test/rubygems-dumps"
    static let folder = "production/public_postgresql"
    static let listing = "\(url)/?prefix=\(folder)"

    let session = StubSession(chunkSize: 1_000)
    let miner = RubyGemsMiner(dumpURL: "\(url)/\(folder)")

    static func key(_ day: String) -> String { "\(folder)/2022.10.\(day).06.10.05/public_postgresql.tar" }

    static func address(_ day: String) -> String { "\(url)/\(key(day))" }

    /// A time in October 2022.
    static func date(_ day: Int) throws -> Date { try Date("2022-10-\(day)T12:00:00Z", strategy: .iso8601) }

    /// A page of the listing.
    func list(_ keys: [String], behind marker: String? = nil, more: String = "false", _ beside: String = "") {
        let contents = keys.map {
            "<Contents><Key>\($0)</Key><Size>9</Size><StorageClass>STANDARD</StorageClass></Contents>"
        }
        let page =
            "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><IsTruncated>\(more)</IsTruncated>"
        let behind = marker.map { "&marker=\($0.replacing("/", with: "%2F"))" } ?? ""
        session.set(Self.listing + behind, Array((page + beside + contents.joined() + "</ListBucketResult>").utf8))
    }

    func publish(_ dump: GemDump, on day: String, tag: String? = nil) {
        session.set(Self.address(day), dump.bytes, headers: tag.map { [Header("ETag", "\"\($0)\"")] } ?? [])
    }
}

/// A dump as a test writes it: the rows of its tables.
struct GemDump {
    /// By their names.
    var tables = [
        "public.linksets (id, rubygem_id, home, code)": ["1\t1\thttps://h\thttps://c"],
        "public.rubygems (id, name, indexed)": ["1\ta\tt"],
        "public.versions (id, rubygem_id, platform, latest, \"position\", indexed, metadata)": [
            "1\t1\truby\tt\t0\tt\t"
        ],
    ]
    var memberName = "public_postgresql/databases/PostgreSQL.sql.gz"

    /// Tables in the order of their names.
    var sql: String {
        tables.sorted { $0.key < $1.key }.map { table, rows in
            "COPY \(table) FROM stdin;\n\(rows.map { $0 + "\n" }.joined())\\.\n"
        }.joined()
    }

    mutating func set(_ name: String, _ rows: [String]) {
        for table in tables.keys where table.hasPrefix("public.\(name) ") { tables[table] = rows }
    }

    var bytes: [UInt8] { packed(gzip(Array(sql.utf8))) }

    func packed(_ member: [UInt8]) -> [UInt8] {
        var archive = TarWriter()
        archive.addFile(memberName, member)
        archive.end()
        return archive.bytes
    }
}
