import Foundation
import MinerHarness
import MinerTestKit
import PackageMining
import RubyGemsMiner
import Testing

/// What the dump does not say aloud: a test each.
@Suite("The dump of RubyGems, in detail")
struct RubyGemsMinerTests {
    private let bucket = GemBucket()

    private func list(_ dump: GemDump) async throws -> [String] {
        bucket.list([GemBucket.key("06")])
        bucket.publish(dump, on: "06")
        return try await MinedFolder().run(bucket.miner, through: bucket.session, at: GemBucket.date(13))
    }

    private func refusal(of dump: GemDump) async throws -> WireError {
        try await #require(throws: WireError.self) { _ = try await list(dump) }
    }

    @Test("gems are numbered by their ids, and have the links that RubyGems.org shows")
    func oddities() async throws {
        let fixture = try FolderFixture("fixtures/rubygems/oddities") {
            RubyGemsMiner(dumpURL: $0 + "/rubygems-dumps/")
        }
        let session = StubSession { request in
            let answer = fixture.answer(to: LoopbackRequest(target: request.url.replacing("http://x.test", with: "")))
            return Response(status: answer.status, url: request.url, headers: answer.headers, body: answer.body)
        }
        let folder = try MinedFolder()
        let began = try Date("2026-11-27T00:00:00Z", strategy: .iso8601)
        _ = try await folder.run(fixture.miner(at: "http://x.test"), through: session, at: began)
        #expect(try folder.text("RubyGems.csv") == Places.fixtureText("rubygems/oddities/expected.csv"))
        #expect(try folder.problems(of: bucket.miner) == nil)
        #expect(session.requests.count == 4)
    }

    @Test("a table that the dump lacks is no reason to lose links in silence", arguments: ["linksets", "versions"])
    func lacksTable(name: String) async throws {
        var dump = GemDump()
        dump.tables = dump.tables.filter { !$0.key.hasPrefix("public.\(name) ") }
        #expect(try await refusal(of: dump).reason.hasSuffix("the dump: it has no table public.\(name)"))
    }

    @Test("a column that the dump lacks is named", arguments: ["indexed", "metadata", "latest"])
    func lacksColumn(name: String) async throws {
        var dump = GemDump()
        dump.tables = Dictionary(
            uniqueKeysWithValues: dump.tables.map { ($0.key.replacing(name, with: "renamed"), $0.value) })
        #expect(try await refusal(of: dump).reason.hasSuffix("it has no column \(name)"))
    }

    @Test("an archive without the dump is no empty list")
    func lacksDump() async throws {
        var dump = GemDump()
        dump.memberName = "public_postgresql/databases/MySQL.sql.gz"
        #expect(
            try await refusal(of: dump).reason == "the file cannot be read: the archive: it has no file "
                + "databases/PostgreSQL.sql.gz")
    }

    @Test(
        "a dump that is cut or damaged, inside its archive or with it, is refused, and the list stays", arguments: 0..<6
    )
    func damaged(kind: Int) async throws {
        let folder = try MinedFolder()
        bucket.list([GemBucket.key("05")])
        bucket.publish(GemDump(), on: "05")
        _ = try await folder.run(bucket.miner, through: bucket.session, at: GemBucket.date(13))
        let list = try folder.text("RubyGems.csv")
        var dump = GemDump()
        dump.set("rubygems", ["1\ta\tt", "2\tforged\tt"])
        dump.set("versions", (1...99).map { "\($0)\t\($0)\truby\tt\t0\tt\t\"homepage_uri\"=>\"https://h/\($0 * $0)\"" })
        let (sql, packed) = (Array(dump.sql.utf8), gzip(Array(dump.sql.utf8)))
        var flipped = packed
        flipped[packed.count / 2] ^= 1
        let damaged: [[UInt8]] = [
            dump.bytes.dropLast(), dump.bytes + [0x61], dump.packed(packed.dropLast()), dump.packed(flipped),
            dump.packed(packed + [0x61]), dump.packed(gzip(sql.dropLast(3))),
        ]
        bucket.list([GemBucket.key("05"), GemBucket.key("06")])
        bucket.session.set(GemBucket.address("06"), damaged[kind])
        let error = try await #require(throws: WireError.self) {
            _ = try await folder.run(bucket.miner, through: bucket.session, at: GemBucket.date(13))
        }
        #expect(error.category == .malformed && error.attempts == 6)
        #expect(try folder.text("RubyGems.csv") == list)
        bucket.publish(dump, on: "06")
        #expect(
            try await folder.run(bucket.miner, through: bucket.session, at: GemBucket.date(13))
                == ["1 a https://h/1 nan", "2 forged https://h/4 nan"])
    }

    @Test("rows that cannot be read are named, and cost no other")
    func unreadable() async throws {
        let folder = try MinedFolder()
        var dump = GemDump()
        dump.set("rubygems", ["1\ta\tt", "2\t\tt", "x\tb\tt"])
        dump.set("linksets", ["1\t1\thttps://h\t\\N", "2\t\\N\t\\N\t\\N"])
        dump.set(
            "versions",
            ["1\t1\truby\tt\t0\tt\t", "2\t1\truby\tf\tfirst\tt\t", "3\t1\truby\tt\t-1\tt\thomepage_uri=>https://x"])
        bucket.list([GemBucket.key("06")])
        bucket.publish(dump, on: "06")
        #expect(
            try await folder.run(bucket.miner, through: bucket.session, at: GemBucket.date(13))
                == ["1 a https://h nan"])
        let place = "unreadable,\"\(GemBucket.address("06")), public."
        #expect(
            try folder.problems(of: bucket.miner) == """
                \(place)linksets, id 2",it has no rubygem_id
                \(place)rubygems, id 2",it has no name
                \(place)rubygems, id x",its id is no number
                \(place)versions, id 2",its position is no number
                \(place)versions, id 3",its metadata is no hstore
                """)
    }

    @Test("a gem that is yanked whole is left out, and comes back with its Package ID")
    func yanked() async throws {
        let folder = try MinedFolder()
        var dump = GemDump()
        dump.set("rubygems", ["1\ta\tt", "2\tb\tt"])
        dump.set("versions", ["1\t1\truby\tt\t0\tt\t", "2\t2\truby\tt\t0\tt\t"])
        let rows = ["1 a https://h https://c", "2 b nan nan"]
        for (day, yanked) in ["03", "04", "05"].enumerated() {
            var dump = dump
            if day == 1 { dump.set("rubygems", ["1\ta\tf", "2\tb\tt"]) }
            bucket.list([GemBucket.key(yanked)])
            bucket.publish(dump, on: yanked)
            #expect(
                try await folder.run(bucket.miner, through: bucket.session, at: GemBucket.date(13))
                    == (day == 1 ? [rows[1]] : rows))
        }
    }
}
