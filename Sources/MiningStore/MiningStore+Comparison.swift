import GRDB
public import PackageMining

/// The names of the store, held against a list: by their hashes, so that only those that differ are sorted.
extension MiningStore: NameComparison {
    public func beginComparison() throws {
        names = try takeNames()
        found = [UInt64](repeating: 0, count: lastPackage.index / 64 + 1)
        try transaction { db in
            try db.execute(
                sql: """
                    DROP TABLE IF EXISTS temp.differences;
                    CREATE TEMP TABLE differences (
                        isOnlyInList INTEGER NOT NULL, name BLOB NOT NULL, PRIMARY KEY (isOnlyInList, name)) WITHOUT ROWID;
                    """)
        }
    }

    public func compare(_ page: Page) throws {
        let names = try takeNames()
        defer { self.names = names }
        try transaction { db in
            let insert = try differenceInsert(db)
            try page.withEntries { entries in
                for entry in entries {
                    if let row = names.row(of: NameHash(entry.key)) {
                        found[row.index / 64] |= 1 << (row.index % 64)
                    } else {
                        try insert(true, entry.name)
                    }
                }
            }
        }
    }

    public func finishComparison() throws -> NameDifferences {
        names = nil
        let (count, common) = (lastPackage.index, found.reduce(0) { $0 + $1.nonzeroBitCount })
        return try transaction { db in
            let insert = try differenceInsert(db)
            let rows = try RawStatement(db, "SELECT id, name FROM packages ORDER BY id")
            while try rows.next() {
                let row = Int(rows.int(0))
                if found[row / 64] & 1 << (row % 64) == 0 { try insert(false, rows.bytes(1)) }
            }
            let sql = "SELECT count(*) FROM differences WHERE isOnlyInList"
            return NameDifferences(
                common: common, onlyHere: count - common, onlyInList: try Int.fetchOne(db, sql: sql) ?? 0)
        }
    }

    public func differences(onlyInList: Bool, after: [UInt8]?, limit: Int) throws -> [[UInt8]] {
        try read { db in
            let rows = try RawStatement(
                db, "SELECT name FROM differences WHERE isOnlyInList = ? AND name > ? ORDER BY name LIMIT ?")
            var names: [[UInt8]] = []
            try (after ?? []).withUnsafeBytes { after in
                rows.bind(onlyInList ? 1 : 0, at: 1)
                rows.bindBlob(after, at: 2)
                rows.bind(Int64(limit), at: 3)
                while try rows.next() { names.append(Array(rows.bytes(0))) }
            }
            return names
        }
    }

    private func differenceInsert(_ db: Database) throws -> (Bool, UnsafeRawBufferPointer) throws -> Void {
        let insert = try RawStatement(db, "INSERT OR IGNORE INTO differences (isOnlyInList, name) VALUES (?, ?)")
        return { isOnlyInList, name in
            insert.bind(isOnlyInList ? 1 : 0, at: 1)
            insert.bindBlob(name, at: 2)
            try insert.write()
        }
    }
}
