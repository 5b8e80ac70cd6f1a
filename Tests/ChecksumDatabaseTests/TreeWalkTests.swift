import ChecksumDatabase
import Foundation
import GoMiner
import MinerHarness
import MinerTestKit
import PackageMining
import TestDatabase
import Testing

@Suite("The walk through a checksum database")
struct TreeWalkTests {
    private let witness: DatabaseWitness

    init() throws {
        witness = DatabaseWitness(try DatabaseSetting(DatabaseSession.setting))
    }

    /// The data tiles that were asked for, by name: walkers walk side by side.
    private func dataTiles(_ session: DatabaseSession) -> [String] {
        session.requests.filter { $0.contains("/data/") }.sorted()
    }

    @Test(
        "The walk through a checksum database names every module once, by one request a data tile",
        arguments: [0, 1, 255, 256, 257, 4_096, 65_536, 65_537, 131_072, 131_500])
    func namesAll(size: Int) async throws {
        let session = DatabaseSession(TestDatabase(records: size))
        let run = StoredRun(witness)
        try await run.list(through: session)
        #expect(try await Set(run.newest.map(\.name)) == Set(TestDatabase.paths(size)))
        #expect(dataTiles(session).count == (size + 255) / 256)
        #expect(Set(dataTiles(session)).count == dataTiles(session).count)
    }

    @Test("lists versions in the order of the records, forked or not", arguments: [true, false])
    func lists(mayFork: Bool) async throws {
        let size = 70_000
        let miner = try GoMiner(database: DatabaseSession.setting)
        let run = StoredRun(miner, mayFork: mayFork)
        try await run.list(through: DatabaseSession(TestDatabase(records: size)))
        let newest = try await run.newest
        #expect(Set(newest.map(\.name)) == Set(TestDatabase.paths(size)))
        for entry in newest {
            let last = try #require((0..<size).last { TestDatabase.path($0) == entry.name })
            #expect(entry.release == Release(version: "v1.\(last).0", place: Int64(last)))
            if last < size - 100 { break }
        }
    }

    @Test("The walk through a checksum database, stopped at any page, goes on behind it", arguments: [1, 2, 3, 5])
    func goesOn(stop: Int) async throws {
        let session = DatabaseSession(TestDatabase(records: 20_000))
        let run = StoredRun(witness)
        await #expect(throws: Stopped.self) { try await run.list(through: session, stopAfter: stop) }
        try await run.list(through: session)
        #expect(try await Set(run.newest.map(\.name)) == Set(TestDatabase.paths(20_000)))
        #expect(dataTiles(session).count <= 79 + 16)
    }

    @Test(
        "The walk through a checksum database of a database that has grown asks only for what is new",
        arguments: [
            (1, 2), (255, 256), (256, 300), (300, 70_000),
            (65_536, 65_537), (66_000, 66_001), (65_537, 140_000),
        ])
    func asksForNews(sizes: (Int, Int)) async throws {
        let database = TestDatabase(records: sizes.0)
        let (first, second) = (DatabaseSession(database), DatabaseSession(database))
        let run = StoredRun(witness)
        try await run.list(through: first)
        database.grow(TestDatabase.records(sizes.0..<sizes.1))
        try await run.list(through: second)
        #expect(try await Set(run.newest.map(\.name)) == Set(TestDatabase.paths(sizes.1)))
        #expect(dataTiles(second).count == (sizes.1 + 255) / 256 - sizes.0 / 256)
        let third = DatabaseSession(database)
        try await run.list(through: third)
        #expect(third.requests == ["latest"])
    }

    @Test(
        "The walk through a checksum database takes the whole tile where a part of one is gone, and no record behind the head"
    )
    func takesWholeTiles() async throws {
        let database = TestDatabase(records: 700)
        let head = database.head()
        database.grow(["late.test v1.0.0 h1:x\n"] + TestDatabase.records(701..<1_100))
        database.forgetParts()
        database.tell(head: head)
        let session = DatabaseSession(database)
        let run = StoredRun(witness)
        try await run.list(through: session)
        #expect(try await Set(run.newest.map(\.name)) == Set(TestDatabase.paths(700)))
        #expect(
            session.requests.suffix(2).sorted().last == "tile/8/data/002.p/188"
                || session.requests.contains("tile/8/data/002"))
    }

    @Test(
        "The walk through a checksum database proves a database that serves no hashes from its records, and asks for each tile of them twice",
        arguments: [(1, 300), (700, 900), (66_000, 66_500)])
    func provesFromRecords(sizes: (Int, Int)) async throws {
        let database = TestDatabase(records: sizes.0)
        database.serveNoHashes()
        let run = StoredRun(witness)
        let session = DatabaseSession(database)
        try await run.list(through: session)
        let counts = Dictionary(grouping: dataTiles(session)) { $0 }.mapValues(\.count)
        #expect(counts.values.allSatisfy { $0 == 2 }, "\(counts.filter { $0.value != 2 })")
        database.grow(TestDatabase.records(sizes.0..<sizes.1))
        try await run.list(through: DatabaseSession(database))
        #expect(try await Set(run.newest.map(\.name)) == Set(TestDatabase.paths(sizes.1)))
        database.rewrite { ["other.test v1.0.0 h1:x\n"] + $0.dropFirst() }
        await #expect(throws: BrokenProof.self) { try await run.list(through: DatabaseSession(database)) }
    }

    @Test(
        "The walk through a checksum database refuses a database that is not the one that was verified, with both heads",
        arguments: [700, 600, 1_100, 70_000])
    func refusesForks(size: Int) async throws {
        let database = TestDatabase(records: 700)
        let run = StoredRun(witness)
        try await run.list(through: DatabaseSession(database))
        let before = database.root()
        database.rewrite { _ in
            var records = TestDatabase.records(0..<size)
            if size >= 700 { records[3] = "other.test v1.0.0 h1:x\n" }
            return records
        }
        let session = DatabaseSession(database)
        let error = await #expect(throws: BrokenProof.self) { try await run.list(through: session) }
        #expect(
            error?.reason
                == "the tree is not the one that was verified before, with records added: it was of 700 records "
                + "with the root \(before), and is of \(size) records with the root \(database.root())")
        #expect(dataTiles(session) == [])
        // An honest one is right again.
        database.rewrite { _ in TestDatabase.records(0..<900) }
        let honest = DatabaseSession(database)
        try await run.list(through: honest)
        #expect(try await Set(run.newest.map(\.name)) == Set(TestDatabase.paths(900)))
        #expect(dataTiles(honest) == ["tile/8/data/002", "tile/8/data/003.p/132"])
    }

    @Test(
        "The walk through a checksum database remembers a tile that is not right or not there, keeps all others, and asks for that one alone"
    )
    func remembers() async throws {
        let database = TestDatabase(records: 5_000)
        database.tamper("tile/8/data/003")
        database.answer("tile/8/data/017", with: .text(404, "gone"))
        let cursors = Cursors()
        let first = DatabaseSession(database)
        try await cursors.list(witness, through: first)
        let testimony = await cursors.testimony(of: witness)
        #expect(testimony.entries == 5_000)
        #expect(testimony.withheld == ["https://sum.test/tile/8/data/017: absent: status 404"])
        #expect(
            testimony.broken == [
                BrokenProof(
                    at: "https://sum.test/tile/8/data/003",
                    "malformed: the records of tile/8/data/003 do not have the hash that the tree has for them")
            ])
        #expect(dataTiles(first).count == 20)
        database.answer("tile/8/data/003", with: nil)
        database.answer("tile/8/data/017", with: nil)
        let second = DatabaseSession(database)
        try await cursors.list(witness, through: second)
        #expect(dataTiles(second) == ["tile/8/data/003", "tile/8/data/017"])
        let healed = await cursors.testimony(of: witness)
        #expect(healed.withheld == [] && healed.broken == [])
        #expect(await cursors.names == Set(TestDatabase.paths(5_000)))
    }

    @Test(
        "The walk through a checksum database refuses a head that is not signed, and hashes that are not the tree's",
        arguments: ["latest", "tile/8/2/000.p/1", "tile/8/1/001.p/17", "tile/8/0/273.p/112"])
    func refuses(path: String) async throws {
        let database = TestDatabase(records: 70_000)
        var body = database.answer(to: path).body
        body[min(40, body.count - 1)] ^= 1
        database.answer(path, with: LoopbackAnswer(200, body: body))
        let session = DatabaseSession(database)
        let error = await #expect(throws: BrokenProof.self) { try await StoredRun(witness).list(through: session) }
        #expect(dataTiles(session) == [])
        #expect(path == "latest" || error?.reason.contains(path) == true)
    }
}

/// Walks a witness and keeps its cursors, as the framework does.
private actor Cursors {
    private var walked: [TreeCursor] = []
    private(set) var names: Set<String> = []

    func list(_ witness: DatabaseWitness, through session: DatabaseSession) async throws {
        var unfinished = witness.spans(of: RunFacts(began: Date(timeIntervalSince1970: 0)), after: walked)
        while !unfinished.isEmpty {
            let cursor = unfinished.removeFirst()
            let kept = Kept(cursor)
            let sink = PageSink<TreeCursor>(mayFork: true, store: { await kept.keep($0, $1, $2) })
            try await witness.list(from: cursor, through: session, into: sink)
            walked.append(await kept.cursor)
            unfinished += await kept.forks
            names.formUnion(await kept.names)
        }
    }

    func testimony(of witness: DatabaseWitness) -> Testimony { witness.testimony(of: walked) }

    private actor Kept {
        private(set) var cursor: TreeCursor
        private(set) var forks: [TreeCursor] = []
        private(set) var names: Set<String> = []

        init(_ cursor: TreeCursor) { self.cursor = cursor }

        func keep(_ page: Page, _ next: TreeCursor, _ more: [TreeCursor]) {
            cursor = next
            forks += more
            page.withEntries { names.formUnion($0.map { String(decoding: $0.name, as: UTF8.self) }) }
        }
    }
}
