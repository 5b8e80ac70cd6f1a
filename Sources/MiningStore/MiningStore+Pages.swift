public import Foundation
import GRDB
public import PackageMining

extension MiningStore {
    public func unfinishedSpans() throws -> [StoredSpan] {
        try read { db in
            try Row.fetchAll(db, sql: "SELECT id, cursor FROM spans WHERE NOT isWalked ORDER BY id")
                .map { StoredSpan(id: try $0.decode(forColumn: "id"), cursor: try $0.decode(forColumn: "cursor")) }
        }
    }

    public func walkedCursors() throws -> [Data] {
        try read { try Data.fetchAll($0, sql: "SELECT cursor FROM spans WHERE isWalked ORDER BY id") }
    }

    public func addSpans(_ cursors: [Data]) throws {
        try transaction { db in
            _ = try insertSpans(cursors, db)
            try db.execute(sql: "UPDATE runs SET hasSpans = TRUE WHERE finished IS NULL")
        }
    }

    public func keep(
        _ page: Page, of span: StoredSpan.ID, next cursor: Data, forks: [Data]
    ) throws -> KeptPage {
        var names = try takeNames()
        let firstRow = lastPackage.advanced(by: 1)
        do {
            let kept = try growing { db in
                let move = try db.cachedStatement(
                    sql: "UPDATE spans SET cursor = ?, pages = pages + 1 WHERE id = ? RETURNING snapshot")
                let snapshot = try Int64.fetchOne(move, arguments: [cursor, span])
                let newPackages = try insert(page, of: snapshot, into: &names, db)
                try insert(page.problems, of: snapshot, db)
                return KeptPage(newPackages: newPackages, forks: try insertSpans(forks, of: snapshot, db))
            }
            self.names = names
            lastPackage = lastPackage.advanced(by: UInt32(kept.newPackages))
            return kept
        } catch {
            names.removeAll(from: firstRow)
            self.names = names
            throw error
        }
    }

    /// Rows of packages are numbered without gaps, so that the table is read only when it has enough of them.
    public func holdsPackages(_ count: Int, before place: Int64) throws -> Bool {
        try read { db in
            let last = try db.cachedStatement(sql: "SELECT max(id) FROM packages")
            guard try Int.fetchOne(last) ?? 0 >= count else { return false }
            let sql = "SELECT count(*) FROM packages WHERE place < ? AND isWithdrawn IS NULL"
            return try Int.fetchOne(db, sql: sql, arguments: [place]) ?? 0 >= count
        }
    }

    private func insertSpans(
        _ cursors: [Data], of snapshot: Int64? = nil, _ db: Database
    ) throws -> [StoredSpan] {
        try cursors.map { cursor in
            let insert = try db.cachedStatement(
                sql: "INSERT INTO spans (run, cursor, snapshot) SELECT max(id), ?, ? FROM runs")
            try insert.execute(arguments: [cursor, snapshot])
            return StoredSpan(id: Int(db.lastInsertedRowID), cursor: cursor)
        }
    }

    /// Problems of a snapshot count when that is taken.
    func insert(_ problems: [Problem], of snapshot: Int64? = nil, _ db: Database) throws {
        for problem in problems {
            let row: StatementArguments = [problem.kind.rawValue, problem.key, problem.subject, problem.detail]
            guard let snapshot else {
                try db.execute(
                    sql: "INSERT OR IGNORE INTO problems (kind, key, subject, detail) VALUES (?, ?, ?, ?)",
                    arguments: row)
                continue
            }
            try db.execute(
                sql: """
                    INSERT OR IGNORE INTO toldProblems (kind, key, subject, detail, snapshot) VALUES (?, ?, ?, ?, ?)
                    """, arguments: row + [snapshot])
        }
    }

    /// Inserts the entries and returns how many brought a new package.
    private func insert(
        _ page: Page, of snapshot: Int64?, into names: inout NameTable, _ db: Database
    ) throws -> Int {
        if page.entries.contains(where: { $0.word.contains(.isUnchanged) }) { try indexReleases(db) }
        let known = try snapshot != nil || db.hasReleaseIndex ? KnownReleases(db) : nil
        // What is looked up among the known releases has to be stored.
        var inserts = try EntryInserts(db, gathers: known == nil)
        let spellings = try Spellings(inSnapshot: snapshot != nil, db)
        let told = try snapshot.map { try ToldReleases(of: $0, db) }
        let touches = try TouchedPackages(db)
        var newPackages: UInt32 = 0
        try page.withEntries { entries in
            let hashes = entries.map { NameHash($0.key) }
            names.fetch(hashes)
            for (entry, hash) in zip(entries, hashes) {
                let row = lastPackage.advanced(by: newPackages + 1)
                if let package = names.insert(hash, row: row) {
                    if page.isOfNames { continue }
                    if entry.word.contains(.isUnchanged), try told?.noteAll(of: package) ?? true { continue }
                    if entry.hasOwnKey {
                        try inserts.flush()
                        try spellings.note(entry, of: package)
                    }
                    if let release = try known?.release(entry, of: package) {
                        try told?.note(release)
                        continue
                    }
                    try inserts.addRelease(entry, of: package)
                    try told?.note(db.lastInsertedRowID)
                    try touches.note(entry.word, of: package)
                } else {
                    try inserts.addPackage(entry, row: row)
                    newPackages += 1
                    try told?.note(-row.number)
                    try touches.note(entry.word, of: row)
                }
            }
            try inserts.flush()
        }
        return Int(newPackages)
    }

    /// The table of known names, taken out of the actor so that it is changed in place. Read from the file once.
    func takeNames() throws -> NameTable {
        if let names {
            self.names = nil
            return names
        }
        var names = NameTable()
        lastPackage = 0
        try read { db in
            let rows = try RawStatement(db, "SELECT id, coalesce(key, name) FROM packages ORDER BY id")
            while try rows.next() {
                lastPackage = lastPackage.advanced(by: 1)
                guard rows.int(0) == lastPackage.number else { throw FirstPlaces.damaged }
                _ = names.insert(NameHash(rows.bytes(1)), row: lastPackage)
            }
        }
        return names
    }
}
