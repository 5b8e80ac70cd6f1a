import Foundation
import GRDB
import MiningStore
import PackageMining
import Testing

/// States as pkgmines before this one wrote them.
@Suite("A state of an earlier format")
struct EarlierFormatTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "pkgmine-\(UUID().uuidString)")
    private static let ecosystem = Ecosystem(
        id: "test", platform: "Test", fileName: "Test", purlType: "generic",
        registries: [Registry(name: "registry", url: "https://registry.test")])

    /// Three packages that were looked up, one of them with a link that has a password.
    private func write(format: Int) async throws -> StateFiles {
        let files = StateFiles(outputFolder: folder, id: "test")
        try FileManager.default.createDirectory(at: files.folder, withIntermediateDirectories: true)
        try await DatabaseQueue(path: files.state.path).write { db in
            try db.execute(
                sql: """
                    CREATE TABLE facts (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
                    CREATE TABLE runs (
                        id INTEGER PRIMARY KEY, began REAL NOT NULL, hasSpans INTEGER NOT NULL DEFAULT 0,
                        finished REAL, isComplete INTEGER, requests INTEGER, retries INTEGER);
                    CREATE TABLE spans (
                        id INTEGER PRIMARY KEY, run INTEGER NOT NULL, cursor BLOB NOT NULL,
                        pages INTEGER NOT NULL DEFAULT 0, isWalked INTEGER NOT NULL DEFAULT 0, snapshot INTEGER);
                    CREATE TABLE told (snapshot INTEGER NOT NULL, release INTEGER NOT NULL);
                    CREATE TABLE touched (package INTEGER PRIMARY KEY);
                    CREATE TABLE packages (
                        id INTEGER PRIMARY KEY, name TEXT NOT NULL, version TEXT, place INTEGER NOT NULL,
                        homepage TEXT, repository TEXT, isWithdrawn INTEGER, key TEXT, spelledAt INTEGER);
                    CREATE TABLE releases (
                        id INTEGER PRIMARY KEY, package INTEGER NOT NULL, version TEXT NOT NULL,
                        place INTEGER NOT NULL, homepage TEXT, repository TEXT, isWithdrawn INTEGER);
                    CREATE TABLE numbers (number INTEGER PRIMARY KEY, package INTEGER NOT NULL);
                    CREATE TABLE outcomes (
                        number INTEGER PRIMARY KEY, outcome TEXT NOT NULL, homepage TEXT, repository TEXT,
                        version TEXT NOT NULL, toldHomepage TEXT, toldRepository TEXT, isPending INTEGER NOT NULL,
                        problem TEXT);
                    CREATE INDEX pendingOutcomes ON outcomes (number) WHERE isPending;
                    CREATE TABLE problems (
                        kind TEXT NOT NULL, key TEXT NOT NULL, subject TEXT NOT NULL, detail TEXT NOT NULL,
                        PRIMARY KEY (kind, key)) WITHOUT ROWID;
                    INSERT INTO facts VALUES ('list', 'https://registry.test');
                    INSERT INTO runs VALUES (1, 1.7e9, 1, 1.7e9, 1, 3, 0);
                    INSERT INTO packages (id, name, version, place) VALUES (1, 'a', '1', 1), (2, 'b', '1', 2), (3, 'c', '1', 3);
                    INSERT INTO numbers VALUES (1, 1), (2, 2), (3, 3);
                    INSERT INTO outcomes (number, outcome, homepage, repository, version, isPending) VALUES
                        (1, 'resolved', 'https://h.test', 'https://r.test', '1', 0),
                        (2, 'gone', NULL, NULL, '1', 0),
                        (3, 'resolved', NULL, 'https://user:secret@r.test/c', '1', 0);
                    PRAGMA application_id = 0x504B474D;
                    PRAGMA user_version = 2;
                    """)
            if format < 3 { return }
            try db.execute(
                sql: """
                    ALTER TABLE outcomes ADD COLUMN service INTEGER;
                    ALTER TABLE outcomes ADD COLUMN unsettledSince REAL;
                    ALTER TABLE outcomes ADD COLUMN hidesPassword INTEGER;
                    CREATE TABLE services (id INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE);
                    CREATE INDEX hiddenPasswords ON outcomes (number) WHERE hidesPassword;
                    INSERT INTO services VALUES (1, 'https://registry.test');
                    INSERT INTO facts VALUES ('service', 1), ('seenRelease', 0);
                    UPDATE outcomes SET service = 1, isPending = number = 3;
                    PRAGMA user_version = 3;
                    """)
        }
        return files
    }

    @Test(
        "A state of format 2 or 3 is gone on with: Package IDs and links stay, and only what waits is asked for again.",
        arguments: [2, 3])
    func isGoneOnWith(format: Int) async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = try await write(format: format)
        #expect(try await StateStatus.read(files).tally.outcomes == [.resolved: 2, .gone: 1])
        let store = try MiningStore(files)
        _ = try await store.openRun(RunFacts(began: .distantPast), of: Self.ecosystem, on: RunTerms())
        #expect(try await store.beginLookUps(at: "https://registry.test") == 1)
        #expect(try await store.pendingPackages(after: 0, limit: 9).map(\.name) == ["c"])
        try await store.keep([
            LookedUp(
                package: 3, resolution: Resolution(.resolved, repository: "https://r.test/c"),
                newest: Release(version: "1"), hidesPassword: true)
        ])
        let rows = try await store.rows(of: 1..<4)
        #expect(String(decoding: rows.text, as: UTF8.self) == "ahttps://h.testhttps://r.testbchttps://r.test/c")
        // When the others were asked for, an earlier format does not say.
        let began = Int(Date.distantPast.timeIntervalSince1970)
        #expect(try await store.outcomes(of: 1..<4).rows.map(\.asked) == [nil, nil, began])
        #expect(try await store.tally().hiddenPasswords == 1)
        #expect(try await store.beginLookUps(at: "https://other.test") == 1)
        #expect(try await store.pendingPackages(after: 0, limit: 9).map(\.name) == ["b"])
        try await store.close()
    }

    @Test("Versions of an earlier format are known again, those that no text is held of now too", arguments: [2, 3])
    func knowsVersions(format: Int) async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = try await write(format: format)
        let versions = ["v0.0.0-20240506070809-abcdef012345", "v2.0.0+incompatible"]
        try await DatabaseQueue(path: files.state.path).write { db in
            for version in versions {
                try db.execute(
                    sql: "INSERT INTO releases (package, version, place) VALUES (1, ?, 7)", arguments: [version])
            }
            try db.execute(sql: "ANALYZE")
        }
        let store = try MiningStore(files)
        _ = try await store.openRun(RunFacts(began: .distantPast), of: Self.ecosystem, on: RunTerms())
        try await store.addSpans([Data()])
        let span = try #require(try await store.unfinishedSpans().first).id
        var page = Page()
        page.append(name: "a", Release(version: "1", place: 1))
        for version in versions { page.append(name: "a", Release(version: version, place: 7)) }
        _ = try await store.keep(page, of: span, next: Data(), forks: [])
        try await store.markStale([1])
        let known = try await store.pendingPackages(after: nil, limit: 1)
        #expect(known.map { $0.releases.map(\.version) } == [["1"] + versions])
        try await store.close()
        let isAnalyzed = try await DatabaseQueue(path: files.state.path).read { try $0.tableExists("sqlite_stat1") }
        #expect(!isAnalyzed)
    }

    @Test("A state of format 2 or 3 takes changes and deletions of whole packages.", arguments: [2, 3])
    func takesWords(format: Int) async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try MiningStore(try await write(format: format))
        _ = try await store.openRun(RunFacts(began: .distantPast), of: Self.ecosystem, on: RunTerms())
        try await store.forgetTouched()
        try await store.addSpans([Data()])
        let span = try #require(try await store.unfinishedSpans().first).id
        var page = Page()
        page.appendChange(of: "a", place: 5)
        page.appendDeletion(of: "b", place: 6)
        _ = try await store.keep(page, of: span, next: Data(), forks: [])
        let touched = try await store.touchedPackages(after: 0, limit: 9)
        #expect(
            touched.map { "\($0.id) \($0.name) \($0.asksAgain) \($0.deletedAt ?? 0)" } == ["1 a true 0", "2 b false 6"])
        #expect(touched.map { $0.releases.map(\.version) } == [["1", ""], ["1"]])
        try await store.close()
    }
}
