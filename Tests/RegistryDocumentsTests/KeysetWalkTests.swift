import Foundation
import MinerHarness
import MinerTestKit
import PackageMining
import RegistryDocuments
import Synchronization
import Testing

@Suite("A list that is walked by key")
struct KeysetWalkTests {
    private static func walk(_ alike: KeysetWalk<Int>.Alike = .onPages) -> KeysetWalk<Int> {
        KeysetWalk(alike: alike) { key, page in
            Request("/from/\(key ?? 0)/\(page)")
        } read: { response in
            var page = KeysetPage<Int>()
            for line in String(decoding: response.body, as: UTF8.self).split(separator: "\n") {
                let words = line.split(separator: " ")
                guard let key = Int(words[0]) else {
                    page.note(Problem(.unreadable, at: String(line), "no key"))
                    continue
                }
                page.append(at: key, name: String(words[1]), Release(version: "", place: Int64(key)))
            }
            return page
        }
    }

    /// Walks, each of the first pages in a process of its own, which has the stored place alone. Returns the names in the
    /// order in which they were told first, and the place at the end.
    private func names(
        _ registry: KeysetRegistry, _ alike: KeysetWalk<Int>.Alike = .onPages,
        from start: KeysetCursor<Int> = KeysetCursor()
    ) async throws -> (names: [String], place: KeysetCursor<Int>) {
        struct Killed: Error {}
        let stored = Mutex((names: [String](), place: start, pages: 0))
        while true {
            do {
                try await Self.walk(alike).run(from: stored.withLock(\.place), through: registry) { page, place in
                    let coded = try JSONEncoder().encode(place)
                    let read = try JSONDecoder().decode(KeysetCursor<Int>.self, from: coded)
                    #expect(read == place)
                    let isKilled = stored.withLock { stored in
                        let told = page.names.filter { !stored.names.contains($0) }
                        stored = (stored.names + told, read, stored.pages + 1)
                        return stored.pages < 30
                    }
                    if isKilled { throw Killed() }
                }
                return stored.withLock { ($0.names, $0.place) }
            } catch is Killed {}
        }
    }

    @Test("A list that is walked by key is walked from key to key, and its end is asked for twice")
    func walks() async throws {
        let registry = KeysetRegistry([(1, "a"), (2, "b"), (3, "c"), (3, "d"), (4, "e")])
        let all = try await names(registry)
        #expect(all.names == ["a", "b", "c", "d", "e"])
        #expect(all.place.key == 4)
        #expect(registry.asked == ["0/1", "3/1", "4/1", "4/2", "4/1", "4/2"].map { "/from/\($0)" })
    }

    @Test("rows that come to the last page of a key while it is walked are not passed over", arguments: 1...12)
    func growsInPages(moment: Int) async throws {
        let registry = KeysetRegistry(["a", "b", "c", "d"].map { (5, $0) })
        registry.state.withLock { state in
            state.events[moment] = {
                $0 += [.init(key: 7, name: "e"), .init(key: 8, name: "f"), .init(key: 9, name: "g")]
            }
        }
        let first = try await names(registry)
        let second = try await names(registry, from: first.place)
        #expect(Set(first.names + second.names) == ["a", "b", "c", "d", "e", "f", "g"])
    }

    @Test("A row without a name is one row of its page, which cannot be read")
    func namesNone() async throws {
        let session = StubSession()
        session.set("https://rows.test", [])
        let walk = KeysetWalk<Int>(alike: .onOnePage(ofMost: 3)) { _, _ in
            Request("https://rows.test")
        } read: { _ in
            var page = KeysetPage<Int>()
            for name in ["a", ""] { page.append(at: 1, name: name, Release(version: "1")) }
            return page
        }
        let place = try await walk.run(from: KeysetCursor(), through: session) { page, _ in
            #expect(page.problems.map(\.detail) == ["it names no package"])
        }
        #expect(place.key == 1)
    }

    @Test("rows are counted once, those that cannot be read too, where the list says how many it has")
    func counts() async throws {
        let pages = ["": "1 a\nx 1\n2 b\nx 2\n", "2": "2 b\nx 2\n3 c\nx 3\n", "3": "3 c\nx 3\n"]
        let walk = KeysetWalk<Int>(alike: .onOnePage(ofMost: 9)) { key, _ in
            Request(key.map(String.init) ?? "")
        } read: { response in
            var page = KeysetPage<Int>()
            page.total = 6
            for line in String(decoding: response.body, as: UTF8.self).split(separator: "\n") {
                let words = line.split(separator: " ")
                if let key = Int(words[0]) {
                    page.append(at: key, name: String(words[1]), Release(version: ""))
                } else {
                    page.note(Problem(.unreadable, at: String(line), "no key"))
                }
            }
            return page
        }
        let counts = Mutex<[[Int]]>([])
        try await walk.run(from: KeysetCursor(), through: StubSession(pages.mapValues { Array($0.utf8) })) { _, place in
            let count = try #require(place.count)
            counts.withLock { $0.append([count.met, count.total]) }
        }
        #expect(counts.withLock(\.self).prefix(2) == [[4, 6], [6, 6]])
        #expect(counts.withLock(\.self).last == [6, 6])
    }

    @Test("an update asks from the last key on, and finds what has come to it since")
    func updates() async throws {
        let registry = KeysetRegistry([(1, "a"), (2, "b"), (3, "c")])
        let first = try await names(registry)
        registry.state.withLock { $0.rows += [.init(key: 3, name: "at"), .init(key: 5, name: "e")] }
        let asked = registry.asked.count
        #expect(try await names(registry, from: first.place).names == ["at", "c", "e"])
        #expect(registry.asked[asked] == "/from/3/1")
    }

    @Test("rows with one key that take more than a page are walked by its pages, until two passes agree")
    func walksTies() async throws {
        let registry = KeysetRegistry((1...8).map { (7, "n\($0)") } + [(8, "last")])
        #expect(try await names(registry).names == (1...8).map { "n\($0)" } + ["last"])
        let passes = ["0/1", "7/1", "7/2", "7/3", "7/1", "7/2", "7/3", "8/1", "8/2", "8/1", "8/2"]
        #expect(registry.asked == passes.map { "/from/\($0)" })
    }

    @Test("a list that ends in rows with one key for more than a page ends there")
    func endsInTie() async throws {
        let registry = KeysetRegistry([(1, "a")] + (1...6).map { (7, "n\($0)") })
        let all = try await names(registry)
        #expect(all.names == ["a"] + (1...6).map { "n\($0)" })
        #expect(Set(try await names(registry, from: all.place).names) == Set((1...6).map { "n\($0)" }))
    }

    @Test("a row that leaves pages of one key while they are walked takes none with it")
    func tieShifts() async throws {
        let registry = KeysetRegistry((1...8).map { (7, "n\($0)") } + [(8, "last")])
        // Before the second page, the first loses a row: n4 moves there.
        registry.state.withLock { state in
            state.events[3] = { rows in rows[0].key = 9 }
        }
        #expect(Set(try await names(registry).names) == Set((1...8).map { "n\($0)" } + ["last"]))
    }

    @Test("a server that does not know numbered pages stands still, and the error says where")
    func ignoredPages() async throws {
        let registry = KeysetRegistry((1...8).map { (7, "n\($0)") })
        registry.state.withLock { $0.ignoresPages = true }
        let error = try await #require(throws: WireError.self) { _ = try await names(registry) }
        #expect(error.url == "/from/7/2" && error.reason == "page 2 from 7 on is page 1 again")
    }

    @Test("where there are no numbered pages, more rows of one key than a page has are an error and no end")
    func standsStill() async throws {
        let registry = KeysetRegistry([(1, "a"), (2, "b")] + (1...4).map { (7, "n\($0)") })
        let error = try await #require(throws: WireError.self) {
            _ = try await names(registry, .onOnePage(ofMost: 3))
        }
        #expect(error.url == "/from/7/1")
        #expect(error.reason == "a page of 3 rows has none behind 7: it cannot be passed")
        #expect(!error.isWorthRetrying)
    }

    @Test("so it is where the server's pages are smaller than they are said to be")
    func smallerPages() async throws {
        let registry = KeysetRegistry([(1, "a"), (2, "b"), (3, "c"), (4, "d")] + (1...4).map { (7, "n\($0)") })
        await #expect(throws: WireError.self) { _ = try await names(registry, .onOnePage(ofMost: 100)) }
        let shorter = KeysetRegistry([(1, "a"), (2, "b"), (3, "c"), (4, "d")] + (1...2).map { (7, "n\($0)") })
        #expect(try await names(shorter, .onOnePage(ofMost: 100)).names == ["a", "b", "c", "d", "n1", "n2"])
    }

    @Test("a server that passes over the key is asked again, and then refused")
    func ignoredKey() async throws {
        let registry = KeysetRegistry([(5, "a"), (4, "b"), (6, "c"), (7, "d")])
        registry.state.withLock { $0.ignoresKeys = true }
        let error = try await #require(throws: WireError.self) { _ = try await names(registry) }
        #expect(error.reason == "the page is not in its order: 4 stands behind 5")
        #expect(registry.asked.count == 3)

        let ordered = KeysetRegistry([(1, "a"), (2, "b"), (3, "c"), (4, "d")])
        ordered.state.withLock { state in state.events[2] = { $0 = [.init(key: 3, name: "c")] } }
        ordered.state.withLock { state in state.events[3] = { $0 = [] } }
        #expect(try await names(ordered).names == ["a", "b", "c"])
    }

    @Test("rows that cannot be read are named, and a page of nothing else is not the end")
    func unreadableRows() async throws {
        let bodies = [
            "/from/0/1": "1 a\n? x\n2 b\n", "/from/2/1": "2 b\n? y\n", "/from/2/2": "? z\n", "/from/2/3": "3 c\n",
            "/from/3/1": "3 c\n",
        ]
        let session = StubSession(bodies.mapValues { Array($0.utf8) })
        let told = Mutex(Page())
        try await Self.walk().run(from: KeysetCursor(), through: session) { page, _ in
            told.withLock { told in
                for name in page.names where !told.names.contains(name) { told.append(name: name) }
                for problem in page.problems where !told.problems.contains(problem) { told.note(problem) }
            }
        }
        #expect(told.withLock(\.names) == ["a", "b", "c"])
        #expect(told.withLock(\.problems.count) == 3)
    }

    @Test("a numbered page with fewer rows than the one behind it is walked again, and then an error: rows are missing")
    func shortNumberedPages() async throws {
        let bodies = ["/from/0/1": "1 a\n2 b\n", "/from/2/1": "2 b\n", "/from/2/2": "2 d\n2 e\n", "/from/2/3": "3 f\n"]
        let session = StubSession(bodies.mapValues { Array($0.utf8) })
        let error = try await #require(throws: WireError.self) {
            try await Self.walk().run(from: KeysetCursor(), through: session) { _, _ in }
        }
        #expect(error.url == "/from/2/2" && !error.isWorthRetrying)
        #expect(error.reason == "page 2 from 2 on has more rows than page 1: what that lacks is on neither")
        #expect(session.requests.count { $0 == "/from/2/2" } == 5)
    }

    @Test("names are compared by their UTF-8")
    func comparesBytes() {
        #expect(NameKey("e\u{301}") != NameKey("é") && NameKey("e\u{301}") < NameKey("é"))
    }

    /// Rows come, go and get later keys, and pages are short, before any request; each page is taken by a process of
    /// its own. What came when the end was being asked for, the next walk finds.
    @Test("whatever changes in mid-walk, no row that stays is lost", arguments: 0..<300)
    func losesNothing(seed: UInt64) async throws {
        var random = SeededRandom(seed: seed)
        let rows = (0..<Int.random(in: 0...14, using: &random)).map {
            (Int.random(in: 1...4, using: &random), "n\($0)")
        }
        let registry = KeysetRegistry(rows, pageSize: Int.random(in: 1...4, using: &random))
        registry.state.withLock { state in
            for _ in 0..<4 {
                let (kind, number) = (Int.random(in: 0...2, using: &random), Int.random(in: 0...99, using: &random))
                let request = Int.random(in: 1...12, using: &random)
                state.events[request] = { change(&$0, kind, number, at: request) }
            }
            state.shortPages = [Int.random(in: 1...12, using: &random)]
        }
        let walked = try await names(registry)
        let stayed = Set(rows.map(\.1)).intersection(registry.rows.map(\.name))
        #expect(stayed.subtracting(walked.names) == [])
        registry.state.withLock { $0.events = [:] }
        let update = try await names(registry, from: walked.place)
        #expect(Set(registry.rows.map(\.name)).subtracting(walked.names + update.names) == [])
    }
}

/// Takes a row away, gives it the latest key, or adds one with that.
private func change(_ rows: inout [KeysetRegistry.Row], _ kind: Int, _ number: Int, at time: Int) {
    if rows.isEmpty || kind == 2 { return rows.append(.init(key: 100 + time, name: "new\(time)")) }
    let index = number % rows.count
    if kind == 0 { rows.remove(at: index) } else { rows[index].key = 100 + time }
}

extension Page {
    fileprivate var names: [String] {
        withEntries { $0.map { String(decoding: $0.name, as: UTF8.self) } }
    }
}
