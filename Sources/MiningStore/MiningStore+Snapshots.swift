import GRDB
public import PackageMining

/// Listings that tell everything there is, and what they no longer tell.
///
/// Each release that a snapshot tells is noted in a table of its own, whether it was stored already or not, so that
/// nothing that other listings write is changed. A process that dies leaves the notes behind; they are of no
/// consequence until all spans of the run are walked to their end.
extension MiningStore {
    /// What an earlier attempt of the span has noted is dropped, unless forks of it stand by that still.
    public func beginSnapshot(of span: StoredSpan.ID) throws {
        try transaction { db in
            try Schema.makeSnapshotTables(db)
            let others = "snapshot NOT IN (SELECT snapshot FROM spans WHERE snapshot IS NOT NULL)"
            try db.execute(
                sql: """
                    UPDATE spans SET snapshot = (SELECT coalesce(max(snapshot), 0) + 1 FROM spans) WHERE id = ?;
                    DELETE FROM told WHERE \(others);
                    DELETE FROM toldProblems WHERE \(others);
                    """, arguments: [span])
        }
    }

    public func finishSpan(_ span: StoredSpan.ID, acceptsShrinking: Bool) throws -> ListChange? {
        let refused = try transaction { db in
            try db.execute(sql: "UPDATE spans SET isWalked = TRUE WHERE id = ?", arguments: [span])
            let run = try Int64.fetchOne(db, sql: "SELECT run FROM spans WHERE id = ?", arguments: [span])
            return try listed(by: run, acceptsShrinking, db)
        }
        if refused != nil { names = nil }
        return refused
    }

    /// What becomes of a listing when its last span may have been walked.
    private func listed(by run: Int64?, _ acceptsShrinking: Bool, _ db: Database) throws -> ListChange? {
        func isAny(_ condition: String) throws -> Bool {
            let sql = "SELECT EXISTS (SELECT 1 FROM spans WHERE run = ? AND \(condition))"
            return try Bool.fetchOne(db, sql: sql, arguments: [run]) == true
        }
        if try isAny("NOT isWalked") { return nil }
        try db.execute(sql: "DELETE FROM problems WHERE kind = ?", arguments: [Problem.Kind.shrunken.rawValue])
        if try isAny("snapshot IS NULL") { return nil }
        let known = acceptsShrinking ? nil : try KnownList(db)
        guard let refused = try withdrawUntold(by: run, unlessShrinking: known, db) else { return nil }
        try known?.restore(db)
        try note(refused, db)
        return refused
    }

    /// - Returns: the change for which nothing was withdrawn.
    private func withdrawUntold(
        by run: Int64?, unlessShrinking known: KnownList?, _ db: Database
    ) throws -> ListChange? {
        var refused: ListChange?
        try db.inSavepoint {
            try withdrawUntold(by: run, db)
            if let change = try known?.change(db), change.isShrinking { refused = change }
            return refused == nil ? .commit : .rollback
        }
        return refused
    }

    private func note(_ refused: ListChange, _ db: Database) throws {
        let list = try String.fetchOne(db, sql: "SELECT value FROM facts WHERE key = 'list'") ?? ""
        let detail = "\(refused): the list from before stays, unless --accept-shrinking says that it is meant"
        try insert([Problem(.shrunken, at: list, detail)], db)
    }

    /// Two sorted columns are merged to find what was not told: that takes no memory that grows with them.
    private func withdrawUntold(by run: Int64?, _ db: Database) throws {
        let isOfRun = "snapshot IN (SELECT snapshot FROM spans WHERE run = ?1)"
        try Schema.makeSnapshotTables(db)
        try db.execute(sql: "CREATE TEMP TABLE IF NOT EXISTS untold (release INTEGER PRIMARY KEY)")
        try db.execute(
            sql: """
                INSERT INTO untold
                    SELECT id AS release FROM releases
                    UNION ALL SELECT -id FROM packages WHERE version IS NOT NULL
                    EXCEPT SELECT release FROM told WHERE \(isOfRun)
                    ORDER BY release
                """, arguments: [run])
        try db.execute(
            sql: """
                INSERT OR IGNORE INTO touched (package) SELECT -release FROM untold WHERE release < 0;
                INSERT OR IGNORE INTO touched (package) SELECT package FROM releases JOIN untold ON release = id;
                DELETE FROM releases WHERE id IN (SELECT release FROM untold WHERE release > 0);
                UPDATE packages SET version = NULL, homepage = NULL, repository = NULL, isWithdrawn = 1
                    WHERE id IN (SELECT -release FROM untold WHERE release < 0);
                DELETE FROM untold;
                DELETE FROM told;
                DELETE FROM respelled;
                DELETE FROM problems;
                """)
        try db.execute(
            sql: "INSERT OR IGNORE INTO problems SELECT kind, key, subject, detail FROM toldProblems WHERE \(isOfRun)",
            arguments: [run])
        try db.execute(sql: "DELETE FROM toldProblems")
    }
}

/// Notes what an unfinished snapshot tells.
struct ToldReleases {
    private let db: Database
    private let statement: RawStatement
    private let all: RawStatement

    init(of snapshot: Int64, _ db: Database) throws {
        self.db = db
        statement = try RawStatement(db, "INSERT INTO told (snapshot, release) VALUES (?, ?)")
        all = try RawStatement(
            db,
            """
            INSERT INTO told SELECT ?1, -id FROM packages WHERE id = ?2 AND version IS NOT NULL
                UNION ALL SELECT ?1, id FROM releases WHERE package = ?2
            """)
        for statement in [statement, all] { statement.bind(snapshot, at: 1) }
    }

    func note(_ release: Int64) throws {
        statement.bind(release, at: 2)
        try statement.write()
    }

    /// Notes all that is known of a package; false where there is nothing.
    func noteAll(of package: PackageRow) throws -> Bool {
        all.bind(package.number, at: 2)
        try all.write()
        return db.changesCount > 0
    }
}
