import Foundation
import GRDB
import PackageMining

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

    public func finishSpan(_ span: StoredSpan.ID) throws {
        try transaction { try $0.execute(sql: "UPDATE spans SET isWalked = TRUE WHERE id = ?", arguments: [span]) }
    }

    public func keep(
        _ page: Page, of span: StoredSpan.ID, next cursor: Data, forks: [Data]
    ) throws -> KeptPage {
        var names = try takeNames()
        let firstRow = lastPackage + 1
        do {
            let kept = try transaction { db in
                let newPackages = try insert(page, into: &names, db)
                try insert(page.problems, db)
                try db.execute(
                    sql: "UPDATE spans SET cursor = ?, pages = pages + 1 WHERE id = ?", arguments: [cursor, span])
                return KeptPage(newPackages: newPackages, forks: try insertSpans(forks, db))
            }
            self.names = names
            lastPackage += UInt32(kept.newPackages)
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
            guard try Int.fetchOne(db, sql: "SELECT max(id) FROM packages") ?? 0 >= count else { return false }
            let sql = "SELECT count(*) FROM packages WHERE place < ?"
            return try Int.fetchOne(db, sql: sql, arguments: [place]) ?? 0 >= count
        }
    }

    private func insertSpans(_ cursors: [Data], _ db: Database) throws -> [StoredSpan] {
        try cursors.map { cursor in
            try db.execute(
                sql: "INSERT INTO spans (run, cursor) SELECT max(id), ? FROM runs", arguments: [cursor])
            return StoredSpan(id: Int(db.lastInsertedRowID), cursor: cursor)
        }
    }

    private func insert(_ problems: [Problem], _ db: Database) throws {
        for problem in problems {
            try db.execute(
                sql: "INSERT OR IGNORE INTO problems (kind, key, subject, detail) VALUES (?, ?, ?, ?)",
                arguments: [problem.kind.rawValue, problem.key, problem.subject, problem.detail])
        }
    }

    /// Inserts the entries and returns how many brought a new package.
    private func insert(_ page: Page, into names: inout NameTable, _ db: Database) throws -> Int {
        let packages = try RawStatement(
            db,
            """
            INSERT INTO packages (id, name, version, place, homepage, repository, isWithdrawn, key)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """)
        let releases = try RawStatement(
            db,
            """
            INSERT INTO releases (package, version, place, homepage, repository, isWithdrawn)
            VALUES (?, ?, ?, ?, ?, ?)
            """)
        let known = try db.hasReleaseIndex ? KnownReleases(db) : nil
        var newPackages: UInt32 = 0
        try page.forEachEntry { entry in
            let row = lastPackage + newPackages + 1
            if let package = names.insert(entry.key, row: row) {
                if try known?.contains(entry, of: package) == true { return }
                releases.bind(Int64(package), at: 1)
                try releases.write(entry, from: 2)
            } else {
                packages.bind(Int64(row), at: 1)
                packages.bind(entry.name, at: 2)
                if entry.hasOwnKey { packages.bind(entry.key, at: 8) } else { packages.bindNull(at: 8) }
                try packages.write(entry, from: 3)
                newPackages += 1
            }
        }
        return Int(newPackages)
    }

    /// The table of known names, taken out of the actor so that it is changed in place. Read from the file once.
    private func takeNames() throws -> NameTable {
        if let names {
            self.names = nil
            return names
        }
        var names = NameTable()
        lastPackage = 0
        try read { db in
            let rows = try RawStatement(db, "SELECT id, coalesce(key, name) FROM packages ORDER BY id")
            while try rows.next() {
                guard rows.int(0) == Int64(lastPackage) + 1 else { throw FirstPlaces.damaged }
                lastPackage += 1
                _ = names.insert(rows.bytes(1), row: lastPackage)
            }
        }
        return names
    }
}

extension RawStatement {
    /// Binds an entry's version, place, homepage, repository and withdrawal, and writes the row.
    fileprivate func write(_ entry: Page.Bytes, from index: Int32) throws {
        bind(entry.version, at: index)
        bind(entry.place, at: index + 1)
        bindOptional(entry.homepage, at: index + 2)
        bindOptional(entry.repository, at: index + 3)
        if entry.isWithdrawn { bind(1, at: index + 4) } else { bindNull(at: index + 4) }
        try write()
    }
}

/// Whether a release is stored already. Asked in updates, whose overlap brings entries a second time.
private struct KnownReleases {
    private let first: RawStatement
    private let others: RawStatement

    init(_ db: Database) throws {
        first = try RawStatement(
            db, "SELECT 1 FROM packages WHERE id = ? AND version = ? AND place = ? AND isWithdrawn IS ?")
        others = try RawStatement(
            db, "SELECT 1 FROM releases WHERE package = ? AND version = ? AND place = ? AND isWithdrawn IS ?")
    }

    func contains(_ entry: Page.Bytes, of package: UInt32) throws -> Bool {
        for statement in [first, others] {
            statement.bind(Int64(package), at: 1)
            statement.bind(entry.version, at: 2)
            statement.bind(entry.place, at: 3)
            if entry.isWithdrawn { statement.bind(1, at: 4) } else { statement.bindNull(at: 4) }
            defer { statement.reset() }
            if try statement.next() { return true }
        }
        return false
    }
}

extension Database {
    /// Whether releases can be found by their package; see `Schema.indexReleases`.
    var hasReleaseIndex: Bool {
        get throws { try indexes(on: "releases").isEmpty == false }
    }
}
