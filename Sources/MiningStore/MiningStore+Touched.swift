import GRDB
import PackageMining

/// Packages of which an update has told something new.
extension MiningStore {
    public func touchedPackages(after: Int, limit: Int) throws -> [KnownPackage] {
        try transaction { db in
            try findTouched(db)
            return try knownPackages(
                db,
                """
                SELECT n.number, n.package, o.version FROM temp.touched t JOIN numbers n ON n.number = t.number
                JOIN outcomes o ON o.number = t.number WHERE t.number > ? AND NOT o.isPending
                ORDER BY t.number LIMIT ?
                """, [after, limit])
        }
    }

    public func markStale(_ packages: [Int]) throws {
        try transaction { db in
            for package in packages {
                try db.execute(
                    sql: "UPDATE outcomes SET isPending = TRUE WHERE number = ?", arguments: [package])
            }
        }
    }

    public func forgetTouched() throws {
        try transaction { db in
            try db.execute(
                sql: "INSERT OR REPLACE INTO facts SELECT 'seenRelease', coalesce(max(id), 0) FROM releases")
            try db.execute(sql: "DROP TABLE IF EXISTS temp.touched")
        }
    }

    /// The Package IDs of packages with releases behind the mark, in a table that goes with the process.
    private func findTouched(_ db: Database) throws {
        guard try !db.tableExists("touched", in: "temp") else { return }
        try db.execute(sql: "CREATE TEMP TABLE touched (number INTEGER PRIMARY KEY)")
        let seen = try Int.fetchOne(db, sql: "SELECT value FROM facts WHERE key = 'seenRelease'") ?? 0
        let packages = try Set(
            Int64.fetchAll(db, sql: "SELECT DISTINCT package FROM releases WHERE id > ?", arguments: [seen]))
        guard try !packages.isEmpty && Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM outcomes)") == true else {
            return
        }
        let numbers = try RawStatement(db, "SELECT number, package FROM numbers")
        let insert = try RawStatement(db, "INSERT INTO temp.touched VALUES (?)")
        while try numbers.next() {
            guard packages.contains(numbers.int(1)) else { continue }
            insert.bind(numbers.int(0), at: 1)
            try insert.write()
        }
    }
}
