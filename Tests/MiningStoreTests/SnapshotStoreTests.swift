import Foundation
import GRDB
import MiningStore
import PackageMining
import Testing

@Suite("The checkpoint of a list that is told whole")
struct SnapshotStoreTests {
    private static let ecosystem = Ecosystem(
        id: "test", platform: "Test", fileName: "Test", purlType: "generic",
        registries: [Registry(name: "registry", url: "https://registry.test/list")])

    private let folder = FileManager.default.temporaryDirectory.appending(path: "pkgmine-\(UUID().uuidString)")

    private func withStore(_ body: (MiningStore) async throws -> Void) async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try MiningStore(StateFiles(outputFolder: folder, id: "test"))
        try await body(store)
        try await store.close()
    }

    /// What is in the list, with its Package IDs.
    private func listed(_ store: MiningStore) async throws -> [String] {
        let rows = try await store.rows(of: 1..<100)
        return rows.rows.map { "\($0.id) \(String(decoding: rows.text[$0.start..<$0.nameEnd], as: UTF8.self))" }
    }

    /// Begins a run of so many spans and returns their numbers.
    private func begin(_ store: MiningStore, spans: Int = 1) async throws -> [Int] {
        _ = try await store.openRun(
            RunFacts(began: Date(timeIntervalSince1970: 1_700_000_000)), of: Self.ecosystem, on: RunTerms())
        try await store.addSpans([Data](repeating: Data(), count: spans))
        return try await store.unfinishedSpans().map(\.id)
    }

    private func end(_ store: MiningStore, _ spans: [Int]) async throws {
        for span in spans { try await store.finish(span) }
        _ = try await store.numberPackages(limit: nil)
        try await store.forgetTouched()
        try await store.finishRun(RunEnd(finished: .now, isComplete: true, requests: 0, retries: 0))
    }

    private func tell(_ store: MiningStore, _ span: Int, _ releases: String..., forks: [Data] = []) async throws
        -> [StoredSpan]
    {
        var page = Page()
        for release in releases {
            let words = release.split(separator: " ").map(String.init)
            page.append(name: words[0], Release(version: words[1]))
        }
        return try await store.keep(page, of: span, next: Data(), forks: forks).forks
    }

    /// What is told now: `a 1` for each release.
    private func told(_ store: MiningStore) async throws -> [String] {
        _ = try await store.numberPackages(limit: nil)
        return try await store.pendingPackages(after: 0, limit: 100).flatMap { known in
            known.releases.filter { !$0.isWithdrawn }.map { "\(known.name) \($0.version)" }
        }.sorted()
    }

    /// A finished listing of three packages, four releases.
    private func fill(_ store: MiningStore) async throws {
        let span = try await begin(store)[0]
        try await store.beginSnapshot(of: span)
        _ = try await tell(store, span, "a 1", "b 1", "b 2", "c 1")
        try await end(store, [span])
    }

    @Test("a registry that moves and has shrunk takes no package with it that a run which was stopped has numbered")
    func movedAndShrunk() async throws {
        try await withStore { store in
            try await fill(store)
            let span = try await begin(store)[0]
            try await store.beginSnapshot(of: span)
            _ = try await tell(store, span, "a 1", "b 1", "b 2", "c 1", "d 1")
            try await store.finish(span)
            _ = try await store.numberPackages(limit: nil)

            let elsewhere = Ecosystem(
                id: "test", platform: "Test", fileName: "Test", purlType: "generic",
                registries: [Registry(name: "registry", url: "https://mirror.test/list")])
            _ = try await store.openRun(
                RunFacts(began: Date(timeIntervalSince1970: 1_700_000_001)), of: elsewhere,
                on: RunTerms(movedFrom: "https://registry.test/list/"))
            try await store.addSpans([Data()])
            let moved = try await store.unfinishedSpans()[0].id
            try await store.beginSnapshot(of: moved)
            let refused = try await store.finishSpan(moved, acceptsShrinking: false)
            #expect(refused == ListChange(known: 4, told: 0, kept: 0))
            #expect(try await listed(store) == ["1 a", "2 b", "3 c", "4 d"])
        }
    }

    @Test("nothing is withdrawn before all spans of the run are walked")
    func waitsForAllSpans() async throws {
        try await withStore { store in
            try await fill(store)
            let spans = try await begin(store, spans: 2)
            for span in spans { try await store.beginSnapshot(of: span) }
            _ = try await tell(store, spans[0], "a 1")
            _ = try await tell(store, spans[1], "b 2")
            try await store.finish(spans[0])
            #expect(try await told(store) == ["a 1", "b 1", "b 2", "c 1"])
            try await store.finish(spans[1])
            #expect(try await told(store) == ["a 1", "b 2"])
            #expect(try await store.touchedPackages(after: 0, limit: 9).map(\.name) == ["b", "c"])
        }
    }

    @Test("of a package that is told to be as before all releases stand; one that is back is told of by its name alone")
    func unchanged() async throws {
        try await withStore { store in
            try await fill(store)
            for names in [["a", "b"], ["a", "b", "c", "d"]] {
                let span = try await begin(store)[0]
                try await store.beginSnapshot(of: span)
                var page = Page()
                for name in names { page.appendUnchanged(name: name) }
                _ = try await store.keep(page, of: span, next: Data(), forks: [])
                _ = try await tell(store, span, "b 3")
                try await end(store, [span])
            }
            #expect(try await told(store) == ["a 1", "b 1", "b 2", "b 3", "c ", "d "])
            #expect(try await listed(store) == ["1 a", "2 b", "3 c", "4 d"])
        }
    }

    @Test("what a snapshot has told is counted package by package, for each span and since it began last")
    func counts() async throws {
        try await withStore { store in
            try await fill(store)
            let spans = try await begin(store, spans: 2)
            for span in spans { try await store.beginSnapshot(of: span) }
            _ = try await tell(store, spans[0], "a 1", "b 1", "b 2", "d 1", "d 2", "d 2")
            _ = try await tell(store, spans[1], "a 1")
            #expect(try await store.countTold(of: spans[0]) == 3)
            #expect(try await store.countTold(of: spans[1]) == 1)
            try await store.beginSnapshot(of: spans[0])
            _ = try await tell(store, spans[0], "b 3")
            #expect(try await store.countTold(of: spans[0]) == 1)
        }
    }

    @Test("nothing is withdrawn where one span tells what is new only")
    func mixedSpans() async throws {
        try await withStore { store in
            try await fill(store)
            let spans = try await begin(store, spans: 2)
            try await store.beginSnapshot(of: spans[0])
            _ = try await tell(store, spans[0], "a 1")
            _ = try await tell(store, spans[1], "d 1")
            for span in spans { try await store.finish(span) }
            #expect(try await told(store) == ["a 1", "b 1", "b 2", "c 1", "d 1"])
        }
    }

    @Test("what a walk told before it began again does not count; what its forks told does")
    func beginsAgain() async throws {
        try await withStore { store in
            try await fill(store)
            let spans = try await begin(store, spans: 2)
            for span in spans { try await store.beginSnapshot(of: span) }
            _ = try await tell(store, spans[0], "a 1", "d 1")
            try await store.beginSnapshot(of: spans[0])
            let forks = try await tell(store, spans[0], "b 1", forks: [Data("fork".utf8)])
            _ = try await tell(store, forks[0].id, "b 2", "e 1")
            _ = try await tell(store, spans[1], "c 1")
            for span in spans + [forks[0].id] { try await store.finish(span) }
            #expect(try await told(store) == ["b 1", "b 2", "c 1", "e 1"])
        }
    }

    @Test("one that tells the same adds nothing, and leaves no notes behind")
    func staysSmall() async throws {
        try await withStore { store in
            try await fill(store)
            let rows = "SELECT (SELECT count(*) FROM packages) + (SELECT count(*) FROM releases)"
            let before = try await store.count(rows)
            for _ in 0..<3 {
                let span = try await begin(store)[0]
                try await store.beginSnapshot(of: span)
                _ = try await tell(store, span, "c 1", "b 2", "b 1", "a 1")
                try await store.finish(span)
                #expect(try await store.touchedPackages(after: 0, limit: 9).isEmpty)
                try await end(store, [])
            }
            #expect(try await store.count(rows) == before)
            #expect(try await store.count("SELECT count(*) FROM told") == 0)
        }
    }

    @Test("a process that dies in the middle of the withdrawal has withdrawn nothing")
    func isAtomic() async throws {
        try await withStore { store in
            try await fill(store)
            let span = try await begin(store)[0]
            try await store.beginSnapshot(of: span)
            _ = try await tell(store, span, "a 1")
            try await store.transaction {
                try $0.execute(
                    sql: "CREATE TRIGGER full BEFORE DELETE ON told BEGIN SELECT RAISE(ABORT, 'disk full'); END")
            }
            await #expect(throws: StateError.self) { try await store.finish(span) }
            try await store.transaction { try $0.execute(sql: "DROP TRIGGER full") }
            #expect(try await told(store) == ["a 1", "b 1", "b 2", "c 1"])
            #expect(try await store.unfinishedSpans().map(\.id) == [span])
            try await store.finish(span)
            #expect(try await told(store) == ["a 1"])
        }
    }

    @Test("of a list that is shrinking nothing is kept, spellings neither, and its spans are walked anew")
    func givesBack() async throws {
        try await withStore { store in
            let span = try await begin(store)[0]
            try await store.beginSnapshot(of: span)
            var page = Page()
            page.append(name: "Ab", key: "ab", Release(version: "1"))
            _ = try await store.keep(page, of: span, next: Data("old".utf8), forks: [])
            try await end(store, [span])
            let before = try await store.dump()

            let next = try await begin(store)[0]
            try await store.beginSnapshot(of: next)
            for name in ["aB", "AB"] {
                var page = Page()
                page.append(name: name, key: "ab", Release(version: "1", isWithdrawn: true))
                page.append(name: "new\(name)", Release(version: "1", isWithdrawn: true))
                page.note(Problem(.unreadable, at: name, "is none"))
                _ = try await store.keep(page, of: next, next: Data("new".utf8), forks: [])
            }
            #expect(try await store.finish(next) == ListChange(known: 1, told: 0, kept: 0))
            #expect(try await store.dump() == before)
            #expect(try await store.walkedCursors() == [Data("old".utf8)])
            #expect(try await store.unfinishedSpans().isEmpty)
            #expect(try await store.listProblems(after: nil, limit: 9).map(\.kind) == [.shrunken])
            let run = try await store.openRun(RunFacts(began: .now), of: Self.ecosystem, on: RunTerms())
            #expect(run.isResumed && !run.hasSpans)
            // The rows behind the given ones are free again.
            let other = try await begin(store)[0]
            try await store.beginSnapshot(of: other)
            _ = try await tell(store, other, "ab 1", "later 1")
            #expect(try await store.finish(other) == nil)
            #expect(try await told(store) == ["Ab 1", "later 1"])
            #expect(try await store.listProblems(after: nil, limit: 9).isEmpty)
        }
    }

    @Test("a package that a look-up found withdrawn is not counted, whether the list tells of it or not")
    func unlisted() async throws {
        try await withStore { store in
            try await fill(store)
            let withdrawn = Release(version: "1")
            try await store.keep([LookedUp(package: 1, resolution: Resolution(.withdrawn), newest: withdrawn)])
            let span = try await begin(store)[0]
            try await store.beginSnapshot(of: span)
            _ = try await tell(store, span, "a 1")
            #expect(try await store.finish(span) == ListChange(known: 2, told: 0, kept: 0))
            #expect(try await store.tally().packages == 3)
            #expect(try await store.tally().listed == 2)
            #expect(try await store.withdrawnPackages(after: 0) == 1)
            #expect(try await store.withdrawnPackages(after: 1) == 0)
        }
    }

    @Test("a state of an older format is left as it is, and the error says what to do")
    func olderFormat() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = StateFiles(outputFolder: folder, id: "test")
        try await MiningStore(files).close()
        try await DatabaseQueue(path: files.state.path).write { try $0.execute(sql: "PRAGMA user_version = 1") }
        let expected = StateError.olderFormat(file: files.state.path, found: 1, readable: 6)
        #expect(throws: expected) { _ = try MiningStore(files) }
        await #expect(throws: expected) { _ = try await StateStatus.read(files) }
        #expect(
            "\(expected)" == """
                the state was written by an older pkgmine
                  at: \(files.state.path)
                  because: its format is 1, and this pkgmine reads format 6
                  saved: everything; nothing was changed

                hint: start over with --fresh, which keeps the old state aside until the new list is published; or go on
                with the pkgmine that wrote it
                """)
    }
}

extension MiningStore {
    @discardableResult
    fileprivate func finish(_ span: Int, acceptsShrinking: Bool = false) throws -> ListChange? {
        try finishSpan(span, acceptsShrinking: acceptsShrinking)
    }

    /// All rows that a list is made from.
    fileprivate func dump() throws -> [String] {
        try read { db in
            try [
                "packages", "releases", "numbers", "outcomes", "spans", "told", "touched", "toldProblems", "respelled",
            ]
            .flatMap { table in try Row.fetchAll(db, sql: "SELECT * FROM \(table)").map { "\(table) \($0)" } }
        }
    }

    fileprivate func count(_ sql: String) throws -> Int {
        try read { try Int.fetchOne($0, sql: sql) ?? 0 }
    }
}
