import Foundation
import GRDB
import MiningStore
import PackageMining
import Testing

@Suite("The checkpoint")
struct MiningStoreTests {
    private static let ecosystem = Ecosystem(
        id: "test", platform: "Test", fileName: "Test", purlType: "generic",
        registries: [Registry(name: "registry", url: "https://user:secret@registry.test/list")])

    private func withStore(_ body: (MiningStore, StateFiles) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "pkgmine-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = StateFiles(outputFolder: folder, id: "test")
        let store = try MiningStore(files)
        try await body(store, files)
        try await store.close()
    }

    private func begin(_ store: MiningStore) async throws -> StoredSpan {
        let facts = RunFacts(began: Date(timeIntervalSince1970: 1_700_000_000.123456))
        _ = try await store.openRun(facts, of: Self.ecosystem, on: RunTerms())
        try await store.addSpans([Data("{}".utf8)])
        return try #require(try await store.unfinishedSpans().first)
    }

    private func page(_ entries: [(String, String, Int64)]) -> Page {
        var page = Page()
        for (name, version, place) in entries { page.append(name: name, Release(version: version, place: place)) }
        return page
    }

    private func names(_ store: MiningStore) async throws -> [String] {
        let rows = try await store.rows(of: 1..<1_001)
        return rows.rows.map { String(decoding: rows.text[$0.start..<$0.nameEnd], as: UTF8.self) }
    }

    @Test(
        "Package IDs follow the earliest place, whatever arrived first, and the UTF-8 of names where places are equal")
    func numbers() async throws {
        try await withStore { store, _ in
            let span = try await begin(store)
            let later = page([("b", "2", 20), ("z", "1", 15), ("a", "1", 15), ("é", "1", 15), ("e\u{301}", "1", 15)])
            _ = try await store.keep(later, of: span.id, next: Data(), forks: [])
            _ = try await store.keep(page([("b", "1", 10), ("a", "2", 30)]), of: span.id, next: Data(), forks: [])
            #expect(try await store.numberPackages(limit: nil) == NumberedPackages(count: 5))
            let names = try await names(store).map { Array($0.utf8) }
            #expect(names == ["b", "a", "e\u{301}", "z", "é"].map { Array($0.utf8) })
        }
    }

    @Test("that a process works on it is told to who asks, as long as it does, and asking keeps nobody out")
    func tellsHolder() async throws {
        try await withStore { _, other in
            let files = StateFiles(outputFolder: other.folder, id: "test")
            let store = try MiningStore(files)
            let holder = try #require(files.holder)
            #expect(holder.hasPrefix("process \(getpid()) on "))
            #expect(throws: StateError.locked(file: files.folder.path + "/test.lock", holder: holder)) {
                _ = try MiningStore(files)
            }
            #expect(files.holder == holder)
            try await store.close()
            #expect(files.holder == nil)
            try await MiningStore(files).close()
        }
    }

    @Test("a page handed over twice adds nothing to an update")
    func deduplicates() async throws {
        try await withStore { store, _ in
            let span = try await begin(store)
            let first = page([("a", "1", 1), ("a", "2", 2), ("b", "1", 3)])
            _ = try await store.keep(first, of: span.id, next: Data(), forks: [])
            _ = try await store.numberPackages(limit: nil)
            _ = try await store.beginLookUps(at: "https://registry.test")
            #expect(try await store.keep(first, of: span.id, next: Data(), forks: []).newPackages == 0)
            let known = try await store.pendingPackages(after: 0, limit: 10)
            #expect(known.map(\.releases.count) == [2, 1])
        }
    }

    @Test("names with one key are one package, under the spelling of the latest place, whatever arrived first")
    func keys() async throws {
        let spellings: [(String, Int64)] = [("json", 1), ("Json", 3), ("JSON", 2), ("JSon", 3), ("Json", 3)]
        for rotation in spellings.indices {
            try await withStore { store, _ in
                let span = try await begin(store)
                var page = Page()
                for (name, place) in spellings[rotation...] + spellings[..<rotation] {
                    page.append(name: name, key: "json", Release(version: "1", place: place))
                }
                #expect(try await store.keep(page, of: span.id, next: Data(), forks: []).newPackages == 1)
                _ = try await store.numberPackages(limit: nil)
                #expect(try await store.keep(page, of: span.id, next: Data(), forks: []).newPackages == 0)
                #expect(try await names(store) == ["Json"])
            }
        }
    }

    @Test("a page, its cursor and its forks are stored together or not at all")
    func isAtomic() async throws {
        try await withStore { store, files in
            let span = try await begin(store)
            try await store.transaction {
                try $0.execute(
                    sql: "CREATE TRIGGER full BEFORE UPDATE ON spans BEGIN SELECT RAISE(ABORT, 'disk full'); END")
            }
            await #expect(throws: StateError.self) {
                _ = try await store.keep(page([("a", "1", 1)]), of: span.id, next: Data("next".utf8), forks: [Data()])
            }
            try await store.transaction { try $0.execute(sql: "DROP TRIGGER full") }
            #expect(try await store.unfinishedSpans() == [span])
            let kept = try await store.keep(page([("a", "1", 1)]), of: span.id, next: Data("next".utf8), forks: [])
            #expect(kept.newPackages == 1)
            #expect(try await store.unfinishedSpans() == [StoredSpan(id: span.id, cursor: Data("next".utf8))])
        }
    }

    @Test("a run that was not finished is gone on with, at its own beginning")
    func goesOn() async throws {
        try await withStore { store, _ in
            _ = try await begin(store)
            let later = RunFacts(began: Date(timeIntervalSince1970: 1_800_000_000))
            let open = try await store.openRun(later, of: Self.ecosystem, on: RunTerms())
            #expect(open.isResumed && open.hasSpans && !open.isUpdate)
            #expect(open.facts.began == Date(timeIntervalSince1970: 1_700_000_000.123456))
        }
    }

    @Test("a run whose beginning was wrong leaves no trace")
    func abandons() async throws {
        try await withStore { store, _ in
            _ = try await begin(store)
            try await store.abandonRun()
            let open = try await store.openRun(
                RunFacts(began: Date(timeIntervalSince1970: 5)), of: Self.ecosystem, on: RunTerms())
            #expect(!open.isResumed && !open.hasSpans)
            #expect(try await store.unfinishedSpans() == [])
        }
    }

    @Test("a list is of one registry: another one is refused, credentials aside")
    func holdsToItsList() async throws {
        try await withStore { store, _ in
            _ = try await begin(store)
            let other = Ecosystem(
                id: "test", platform: "Test", fileName: "Test", purlType: "generic",
                registries: [Registry(name: "registry", url: "https://other.test/list")])
            await #expect {
                _ = try await store.openRun(RunFacts(began: .now), of: other, on: RunTerms())
            } throws: { error in
                guard case .otherList(_, let held, let asked) = error as? StateError else { return false }
                return held == "https://registry.test/list" && asked == "https://other.test/list"
            }
        }
    }

    @Test("one process at a time, told which one holds it")
    func locks() async throws {
        try await withStore { _, files in
            #expect {
                _ = try MiningStore(files)
            } throws: { error in
                guard case .locked(_, let holder) = error as? StateError else { return false }
                return holder.hasPrefix("process \(getpid()) on ")
            }
        }
    }

    @Test("a failed look-up keeps the links of an earlier one, and waits for the next run")
    func keepsLinks() async throws {
        try await withStore { store, _ in
            let span = try await begin(store)
            _ = try await store.keep(page([("a", "1", 1)]), of: span.id, next: Data(), forks: [])
            _ = try await store.numberPackages(limit: nil)
            let found = Resolution(.resolved, homepage: "h", repository: "r")
            try await store.keep([LookedUp(package: 1, resolution: found, newest: Release(version: "1"))])
            #expect(try await store.beginLookUps(at: "https://registry.test") == 0)
            try await store.markStale([1])
            try await store.keep([
                LookedUp(
                    package: 1, resolution: Resolution(.failed), newest: Release(version: "2"), problem: "no answer")
            ])
            #expect(try await store.beginLookUps(at: "https://registry.test") == 1)
            let rows = try await store.rows(of: 1..<11)
            #expect(String(decoding: rows.text, as: UTF8.self) == "ahr")
            #expect(try await store.failedPackages(after: 0, limit: 10).map(\.problem.detail) == ["no answer"])
        }
    }
}
