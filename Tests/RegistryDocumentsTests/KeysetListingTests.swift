import MinerHarness
import PackageMining
import RecordReaders
import RegistryDocuments
import RegistryJSON
import Testing

@Suite("A list by key that is held to all names")
struct KeysetListingTests {
    private let session = StubSession()

    /// Rows from a key on, all on one page, each `[key, name]`; no names where there is no tag.
    private func tell(_ rows: [String], names: [String], tag: String) {
        for key in 0...3 {
            let behind = rows.filter { Int($0.drop { !$0.isNumber }.prefix { $0.isNumber }) ?? 0 >= key }
            session.set("rows/\(key)/1", Array("[\(behind.joined(separator: ","))]".utf8))
            session.set("rows/\(key)/2", Array("[]".utf8))
        }
        let lines = names.map { $0 + "\n" }.joined()
        session.set("names", Array(lines.utf8), headers: [Header("ETag", "\"\(tag)\"")])
    }

    @Test("what the walk has not met is told of by its name, and what the names have no more goes, killed at any page")
    func held() async throws {
        for stop in 1...2 {
            tell(["[1,\"a\"]", "[2,\"b\"]"], names: ["a", "b", "lost"], tag: "1")
            let run = StoredRun(HeldMiner())
            await #expect(throws: Stopped.self) { try await run.list(through: session, stopAfter: stop) }
            try await run.list(through: session)
            let places = try await run.newest.map { "\($0.name) \($0.release.place)" }
            #expect(places.sorted() == ["a 1", "b 2", "lost 0"])
            tell(["[1,\"a\"]", "[2,\"b\"]"], names: ["b"], tag: "2")
            try await run.list(through: session)
            #expect(try await run.newest.map(\.name) == ["b"])
        }
    }

    @Test("names that are as they were hold nothing, and a row that cannot be read is walked again and told of again")
    func unchanged() async throws {
        tell(["[1,\"a\"]", "[2]", "[3,\"c\"]"], names: ["a", "c"], tag: "1")
        let run = StoredRun(HeldMiner())
        for _ in 0..<2 {
            try await run.list(through: session)
            #expect(try await run.newest.map(\.name) == ["a", "c"])
            #expect(try await run.problems.map(\.kind) == [.unreadable])
        }
        tell(["[1,\"a\"]", "[2,\"b\"]", "[3,\"c\"]"], names: ["a", "b", "c"], tag: "2")
        try await run.list(through: session)
        #expect(try await run.newest.map(\.name).sorted() == ["a", "b", "c"])
        #expect(try await run.problems == [])
    }
}

private struct HeldMiner: EcosystemMiner {
    typealias Cursor = KeysetListing<Int>.Cursor

    let ecosystem = Ecosystem(
        id: "held", platform: "Held", fileName: "Held", purlType: "generic",
        registries: [Registry(name: "rows", url: "https://held.test")])

    func spans(of run: RunFacts, after walked: [Cursor]) -> [Cursor] { [walked.last?.next ?? Cursor()] }

    func list(from start: Cursor, through session: any RegistrySession, into sink: PageSink<Cursor>) async throws {
        let walk = KeysetWalk<Int>(alike: .onPages) {
            Request("rows/\($0 ?? 0)/\($1)")
        } read: { response in
            try response.keysetPage { row in
                let (key, name) = (row["/0"]?.integer ?? 0, try row.neededText("/1"))
                return (key, name, Release(version: "", place: Int64(key)))
            }
        }
        let names = Download("names") { LineReader(lastMayBeOpen: false) }
        let listing = KeysetListing(walk, heldTo: names) { page, line in
            page.appendUnchanged(name: String(decoding: line, as: UTF8.self))
        }
        try await listing.run(from: start, through: session, into: sink)
    }

    func resolve(_ package: Package, through session: any RegistrySession) async throws -> Resolution {
        .ofList(package.newest)
    }
}
