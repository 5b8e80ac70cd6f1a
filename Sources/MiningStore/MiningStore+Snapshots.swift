import GRDB
import PackageMining

/// Listings that tell everything there is, and what they no longer tell.
///
/// Each release that a snapshot tells is noted in a table of its own, whether it was stored already or not, so that
/// nothing that other listings write is changed. A process that dies leaves the notes behind; they are of no
/// consequence until all spans of the run are walked to their end.
extension MiningStore {
    /// What an earlier attempt of the span has noted is dropped, unless forks of it stand by that still.
    public func beginSnapshot(of span: StoredSpan.ID) throws {
        try transaction { db in
            try db.execute(
                sql: """
                    UPDATE spans SET snapshot = (SELECT coalesce(max(snapshot), 0) + 1 FROM spans) WHERE id = ?;
                    DELETE FROM told WHERE snapshot NOT IN (SELECT snapshot FROM spans WHERE snapshot IS NOT NULL);
                    """, arguments: [span])
        }
    }

    public func finishSpan(_ span: StoredSpan.ID) throws {
        try transaction { db in
            try db.execute(sql: "UPDATE spans SET isWalked = TRUE WHERE id = ?", arguments: [span])
            let run = try Int64.fetchOne(db, sql: "SELECT run FROM spans WHERE id = ?", arguments: [span])
            let isOpen = "SELECT EXISTS (SELECT 1 FROM spans WHERE run = ? AND (NOT isWalked OR snapshot IS NULL))"
            guard try Bool.fetchOne(db, sql: isOpen, arguments: [run]) == false else { return }
            try withdrawUntold(by: run, db)
        }
    }

    /// Two sorted columns are merged to find what was not told: that takes no memory that grows with them.
    private func withdrawUntold(by run: Int64?, _ db: Database) throws {
        try db.execute(sql: "CREATE TEMP TABLE IF NOT EXISTS untold (release INTEGER PRIMARY KEY)")
        try db.execute(
            sql: """
                INSERT INTO untold
                    SELECT id AS release FROM releases
                    UNION ALL SELECT -id FROM packages WHERE version IS NOT NULL
                    EXCEPT SELECT release FROM told WHERE snapshot IN (SELECT snapshot FROM spans WHERE run = ?)
                    ORDER BY release
                """, arguments: [run])
        try db.execute(
            sql: """
                INSERT OR IGNORE INTO touched SELECT -release FROM untold WHERE release < 0;
                INSERT OR IGNORE INTO touched SELECT package FROM releases JOIN untold ON release = id;
                DELETE FROM releases WHERE id IN (SELECT release FROM untold WHERE release > 0);
                UPDATE packages SET version = NULL, homepage = NULL, repository = NULL, isWithdrawn = 1
                    WHERE id IN (SELECT -release FROM untold WHERE release < 0);
                DELETE FROM untold;
                DELETE FROM told;
                """)
    }
}

/// Notes what an unfinished snapshot tells.
struct ToldReleases {
    private let statement: RawStatement

    init(of snapshot: Int64, _ db: Database) throws {
        statement = try RawStatement(db, "INSERT INTO told (snapshot, release) VALUES (?, ?)")
        statement.bind(snapshot, at: 1)
    }

    func note(_ release: Int64) throws {
        statement.bind(release, at: 2)
        try statement.write()
    }
}
