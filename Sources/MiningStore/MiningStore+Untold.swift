import GRDB
public import PackageMining

/// Packages of the list that a snapshot has not told when all else was told.
extension MiningStore {
    public func countTold(of span: StoredSpan.ID) throws -> Int {
        try read { db in
            let sql = """
                WITH ofSpan AS (SELECT release FROM told WHERE snapshot = (SELECT snapshot FROM spans WHERE id = ?))
                    SELECT count(*) FROM (
                        SELECT -release FROM ofSpan WHERE release < 0
                        UNION SELECT package FROM ofSpan JOIN releases ON id = release)
                """
            return try Int.fetchOne(db, sql: sql, arguments: [span]) ?? 0
        }
    }

    public func untoldPackages(after: PackageID?, limit: Int) throws -> [KnownPackage] {
        // The first page finds them; those that are told again meanwhile lie behind.
        if after == nil { untold = try transaction(findUntold) }
        let page = untold.drop { package in after.map { package <= $0 } ?? false }.prefix(limit)
        return try read { db in
            try page.flatMap { package in
                try knownPackages(
                    db,
                    """
                    SELECT n.number, n.package, o.version, o.toldHomepage, o.toldRepository, o.outcome, 0, NULL, 0
                    FROM numbers n LEFT JOIN outcomes o ON o.number = n.number WHERE n.number = ?
                    """, [package.rawValue])
            }
        }
    }

    public func tellAgain(_ packages: [PackageID], of span: StoredSpan.ID) throws {
        try transaction { db in
            let rows = """
                SELECT -p.id FROM packages p JOIN numbers n ON n.package = p.id
                    WHERE n.number = ?1 AND p.version IS NOT NULL
                UNION ALL SELECT r.id FROM releases r JOIN numbers n ON n.package = r.package WHERE n.number = ?1
                """
            for package in packages {
                try db.execute(
                    sql: "INSERT INTO told SELECT (SELECT snapshot FROM spans WHERE id = ?2), * FROM (\(rows))",
                    arguments: [package.rawValue, span])
            }
        }
    }

    /// The Package IDs of those that are in the list, and were not told; none where that are too many.
    private func findUntold(_ db: Database) throws -> [PackageID] {
        try indexReleases(db)
        try db.execute(
            sql: """
                CREATE TEMP TABLE IF NOT EXISTS toldPackages (package INTEGER PRIMARY KEY);
                DELETE FROM toldPackages;
                INSERT OR IGNORE INTO toldPackages SELECT -release FROM told WHERE release < 0 AND \(Self.isOfRun);
                INSERT OR IGNORE INTO toldPackages
                    SELECT package FROM told JOIN releases ON id = release WHERE \(Self.isOfRun);
                """)
        let told = try Int.fetchOne(db, sql: "SELECT count(*) FROM toldPackages") ?? 0
        let known = try Int.fetchOne(db, sql: "SELECT count(*) FROM (\(Self.listed))") ?? 0
        let untold = try Int.fetchAll(
            db, sql: "\(Self.listed) AND package NOT IN (SELECT package FROM toldPackages) ORDER BY number")
        try db.execute(sql: "DELETE FROM toldPackages")
        let change = ListChange(known: known, told: told, kept: known - untold.count)
        return change.isShrinking ? [] : untold.map { PackageID(rawValue: $0) }
    }

    private static let isOfRun = "snapshot IN (SELECT snapshot FROM spans WHERE run = (SELECT max(id) FROM runs))"

    /// The Package IDs of packages that have a release which was not taken back.
    private static let listed = """
        SELECT number FROM numbers n WHERE (
            EXISTS (SELECT 1 FROM packages WHERE id = package AND version IS NOT NULL AND isWithdrawn IS NULL)
            OR EXISTS (SELECT 1 FROM releases r WHERE r.package = n.package AND isWithdrawn IS NULL))
        """
}
