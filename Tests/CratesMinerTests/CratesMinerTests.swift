import CratesMiner
import Foundation
import MinerHarness
import MinerTestKit
import PackageMining
import Testing

/// What the dump does not say aloud: a test each.
@Suite("The dump of crates.io, in detail")
struct CratesMinerTests {
    private let session = StubSession(chunkSize: 100)
    private let miner = CratesMiner(dumpURL: CrateDump.url)
    private let header = "created_at,homepage,id,name,repository\n"

    private func publish(_ dump: CrateDump, tag: String? = nil) {
        let headers = tag.map { [Header("ETag", "\"\($0)\"")] } ?? []
        session.set(CrateDump.url, dump.bytes, headers: headers)
    }

    private func row(_ name: String, made day: Int, id: Int = 1, _ homepage: String = "") -> String {
        "2020-01-0\(day) 00:00:00+00,\(homepage),\(id),\(name),\n"
    }

    private func refusal() async throws -> WireError {
        try await #require(throws: WireError.self) { _ = try await MinedFolder().run(miner, through: session) }
    }

    @Test("crates are numbered by when they were made, whatever stands in their fields, and have their own links")
    func oddities() async throws {
        let folder = try MinedFolder()
        session.set(CrateDump.url, try CrateDump.packed(fixture: "crates/oddities/listing/db-dump.tar.gz"))
        _ = try await folder.run(miner, through: session)
        #expect(try folder.text("Crates.csv") == Places.fixtureText("crates/oddities/expected.csv"))
        #expect(try folder.problems(of: miner) == nil)
    }

    @Test("columns are found by their names, in any order, new ones beside them")
    func columns() async throws {
        publish(
            CrateDump("new,name,id,repository,homepage,created_at\n,a,1,https://r,https://h,2020-01-01 00:00:00+00\n"))
        #expect(try await MinedFolder().run(miner, through: session) == ["1 a https://h https://r"])
    }

    @Test("a dump that lacks a column is refused, and says which", arguments: ["name", "homepage", "created_at"])
    func lacksColumn(column: String) async throws {
        publish(CrateDump(header.replacing(column, with: "renamed")))
        #expect(try await refusal().reason.hasSuffix("data/crates.csv, the header: it has no column \(column)"))
    }

    @Test("tables are found wherever they lie, and no other file is taken for one")
    func elsewhere() async throws {
        let other = header + row("other", made: 1)
        var dump = CrateDump(header + row("a", made: 1), folder: "./2020-01-02-000000")
        dump.before = [("./2020-01-02-000000/data/versions.csv", "not, a table"), ("x/y/data/crates.csv", other)]
        dump.behind = [("./2020-01-02-000000/data/my-crates.csv", other), ("crates.csv", other)]
        publish(dump)
        #expect(try await MinedFolder().run(miner, through: session) == ["1 a nan nan"])
    }

    @Test("an archive without the table is no empty list")
    func lacksTable() async throws {
        var dump = CrateDump(nil)
        dump.behind = [("2020/data/versions.csv", header + row("a", made: 1))]
        publish(dump)
        #expect(try await refusal().reason == "the file cannot be read: the dump: it has no file data/crates.csv")
    }

    @Test("a crate that was deleted and made anew has another id and the same Package ID")
    func madeAnew() async throws {
        let folder = try MinedFolder()
        let others = row("b", made: 2, id: 2) + row("c", made: 3, id: 3)
        publish(CrateDump(header + others + row("a", made: 1, "https://old")))
        #expect(
            try await folder.run(miner, through: session) == ["1 a https://old nan", "2 b nan nan", "3 c nan nan"])
        publish(CrateDump(header + others, on: 3))
        #expect(try await folder.run(miner, through: session).isEmpty == false)
        publish(CrateDump(header + row("a", made: 9, id: 4, "https://new") + others, on: 4))
        #expect(
            try await folder.run(miner, through: session) == ["1 a https://new nan", "2 b nan nan", "3 c nan nan"])
    }

    @Test("a dump that is cut, damaged or followed by anything is refused, and the list stays", arguments: 0..<5)
    func damaged(kind: Int) async throws {
        let folder = try MinedFolder()
        publish(CrateDump(header + row("a", made: 1)))
        _ = try await folder.run(miner, through: session)
        let list = try folder.text("Crates.csv")
        var dump = CrateDump(header + row("a", made: 1) + row("forged", made: 2), on: 3)
        // Far behind what is wanted.
        dump.behind = [("2020/data/versions.csv", (0..<999).map { "\($0 * $0),\($0)\n" }.joined())]
        var bytes = dump.bytes
        switch kind {
        case 0: bytes.removeLast()
        case 1: bytes.removeLast(200)
        case 2: bytes[bytes.count - 200] ^= 1
        case 3: bytes += Array("<html>".utf8)
        default: bytes = gzip(Array(dump.archive.dropLast(1_024)))
        }
        session.set(CrateDump.url, bytes)
        let error = try await #require(throws: WireError.self) { _ = try await folder.run(miner, through: session) }
        #expect(error.category == .malformed && error.attempts == 6)
        #expect(error.reason.hasPrefix("the file cannot be read: "))
        #expect(try folder.text("Crates.csv") == list)
        publish(dump)
        #expect(try await folder.run(miner, through: session) == ["1 a nan nan", "2 forged nan nan"])
    }

    @Test("a dump that is as it was is asked for once, and not read")
    func unchanged() async throws {
        let folder = try MinedFolder()
        publish(CrateDump(header + row("a", made: 1)), tag: "1")
        for _ in 1...3 { #expect(try await folder.run(miner, through: session) == ["1 a nan nan"]) }
        #expect(session.requests.count == 3)
        #expect(session.known.map(\.etag) == ["\"1\"", "\"1\""])
    }

    @Test("an older dump than the last is refused at the first look, before its tables, and the list stays")
    func older() async throws {
        let folder = try MinedFolder()
        publish(CrateDump(header + row("a", made: 1), on: 3))
        _ = try await folder.run(miner, through: session)
        publish(CrateDump("no table", on: 2))
        let error = try await #require(throws: WireError.self) { _ = try await folder.run(miner, through: session) }
        #expect(
            error.reason == "it is of 2020-01-02T00:00:00Z, older than the list that was taken last, "
                + "of 2020-01-03T00:00:00Z")
        #expect(error.attempts == 1 && error.url == CrateDump.url)
        #expect(try folder.text("Crates.csv").contains("1,Crates.io,a,nan,nan"))
        publish(CrateDump(header + row("b", made: 1), on: 4))
        #expect(try await folder.run(miner, through: session) == ["2 b nan nan"])
    }

    @Test(
        "a dump that does not say when it was made is taken, and that is told", arguments: ["{}", "{\"timestamp\":1}"])
    func timeless(metadata: String) async throws {
        var dump = CrateDump(header + row("a", made: 1))
        dump.metadata = metadata
        let folder = try MinedFolder()
        publish(dump)
        #expect(try await folder.run(miner, through: session) == ["1 a nan nan"])
        #expect(
            try folder.problems(of: miner) == "contradiction,\(CrateDump.url),it does not say when it was made")
    }

    @Test("a row that cannot be read is named by its id, and costs no other")
    func unreadable() async throws {
        let folder = try MinedFolder()
        let rows = row("", made: 2, id: 7) + "yesterday,,8,late,\n" + ",,9,never,\n" + row("a", made: 1)
        publish(CrateDump(header + rows))
        #expect(try await folder.run(miner, through: session) == ["1 a nan nan"])
        let place = "unreadable,\"\(CrateDump.url), crates.csv, id"
        #expect(
            try folder.problems(of: miner) == """
                \(place) 7",it has no name
                \(place) 8",its created_at is no time: 'yesterday'
                \(place) 9",its created_at is no time: ''
                """)
    }

    @Test("a name that is no UTF-8 is named, not listed as another")
    func rawName() async throws {
        let folder = try MinedFolder()
        var dump = CrateDump(header + row("b", made: 1))
        dump.table = dump.table.map { $0 + Array("2020-01-02 00:00:00+00,,2,".utf8) + [0xE9] + Array(",\n".utf8) }
        publish(dump)
        #expect(try await folder.run(miner, through: session) == ["1 b nan nan"])
        #expect(
            try folder.problems(of: miner)
                == "unreadable,\"\(CrateDump.url), crates.csv, id 2\",its name is no UTF-8")
    }

    @Test("a readme of many megabytes is passed over")
    func largeReadme() async throws {
        let session = StubSession([:], chunkSize: 1 << 20)
        let readme = String(repeating: "a word\n", count: 3 << 20)
        let table =
            "created_at,homepage,id,name,readme,repository\n2020-01-01 00:00:00+00,,1,a,\"\(readme)\",https://r\n"
        session.set(CrateDump.url, CrateDump(table).bytes)
        #expect(try await MinedFolder().run(miner, through: session) == ["1 a nan https://r"])
    }
}
