import GRDB
import PackageMining

/// The tables of a state file.
///
/// Rows are inserted, hardly ever changed: that keeps a page of 2,000 entries at a millisecond or two however large
/// the file has grown. What a package's newest release or its first place is, is worked out when it is needed.
enum Schema {
    /// Grows by one whenever another pkgmine could no longer read the file.
    static let format: Int32 = 6

    /// What an older pkgmine wrote in this format is brought to today's when a run opens it, and read as it is by all
    /// else.
    private static let oldestReadable: Int32 = 2

    /// `PKGM` in SQLite's application id, so that `file` and we can tell a state from any other database.
    static let applicationID: Int32 = 0x504B_474D

    static func create(_ db: Database) throws {
        try db.execute(sql: tables)
        try db.execute(sql: "PRAGMA application_id = \(applicationID)")
        try db.execute(sql: "PRAGMA user_version = \(format)")
    }

    /// Brings a state of an earlier format to this one: nobody should lose Package IDs for want of a column.
    static func migrate(_ db: Database, from found: Int32) throws {
        if found < 3 { try migrateToFormat3(db) }
        if found < 4 {
            try db.execute(sql: "ALTER TABLE touched ADD COLUMN asksAgain INTEGER")
        }
        if found < 5 {
            try db.execute(sql: "ALTER TABLE outcomes ADD COLUMN asked INTEGER")
        }
        if found < 6 {
            try packVersions(db)
            // Statistics would lead SQLite to read millions of rows for the few that wait.
            try db.execute(sql: "DROP TABLE IF EXISTS sqlite_stat1; DROP TABLE IF EXISTS sqlite_stat4")
        }
        if found < format { try db.execute(sql: "PRAGMA user_version = \(format)") }
    }

    /// Versions are found by the form in which they are held: all get it.
    private static func packVersions(_ db: Database) throws {
        for table in ["packages", "releases"] {
            let last = try Int64.fetchOne(db, sql: "SELECT max(id) FROM \(table)") ?? 0
            let row = try RawStatement(db, "SELECT version FROM \(table) WHERE id = ? AND version IS NOT NULL")
            let update = try RawStatement(db, "UPDATE \(table) SET version = ? WHERE id = ?")
            for id in stride(from: 1, through: last, by: 1) {
                row.bind(id, at: 1)
                guard try row.next() else { continue }
                update.bindVersion(row.bytes(0), at: 1)
                update.bind(id, at: 2)
                try update.write()
                row.reset()
            }
        }
    }

    /// Links that may have a password are asked for again, so that they come without it.
    private static func migrateToFormat3(_ db: Database) throws {
        try db.execute(
            sql: """
                ALTER TABLE outcomes ADD COLUMN service INTEGER;
                ALTER TABLE outcomes ADD COLUMN unsettledSince REAL;
                ALTER TABLE outcomes ADD COLUMN hidesPassword INTEGER;
                \(addedWithFormat3)
                UPDATE outcomes SET isPending = 1
                    WHERE NOT isPending AND (homepage LIKE '%:%@%' OR repository LIKE '%:%@%');
                """)
    }

    /// - Throws: `StateError` for a format that cannot be read.
    static func hold(_ found: Int32, in file: String) throws {
        if (oldestReadable...format).contains(found) { return }
        let (found, readable) = (Int(found), Int(format))
        throw found > readable
            ? StateError.newerFormat(file: file, found: found, readable: readable)
            : StateError.olderFormat(file: file, found: found, readable: readable)
    }

    /// What an unfinished snapshot keeps besides what it has told: the problems that it met, which take the place of
    /// those from before, and the former spellings of names, should it not be taken. Most lists never need them.
    static func makeSnapshotTables(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE IF NOT EXISTS toldProblems (
                    snapshot INTEGER NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, subject TEXT NOT NULL,
                    detail TEXT NOT NULL, PRIMARY KEY (snapshot, kind, key)) WITHOUT ROWID;
                CREATE TABLE IF NOT EXISTS respelled (package INTEGER PRIMARY KEY, name TEXT NOT NULL, spelledAt INTEGER);
                """)
    }

    private static let addedWithFormat3 = """
        -- Where packages were looked up.
        CREATE TABLE services (id INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE);
        CREATE INDEX hiddenPasswords ON outcomes (number) WHERE hidesPassword;
        """

    private static let tables = """
        -- What the state as a whole is about: ecosystem, registry, options; marks.
        CREATE TABLE facts (key TEXT PRIMARY KEY, value) WITHOUT ROWID;

        -- The run history. A run without an end is the one to go on with.
        CREATE TABLE runs (
            id INTEGER PRIMARY KEY, began REAL NOT NULL, hasSpans INTEGER NOT NULL DEFAULT 0,
            finished REAL, isComplete INTEGER, requests INTEGER, retries INTEGER);

        -- Parts of the registry's list with the cursor behind the last page that was stored.
        CREATE TABLE spans (
            id INTEGER PRIMARY KEY, run INTEGER NOT NULL, cursor BLOB NOT NULL, pages INTEGER NOT NULL DEFAULT 0,
            isWalked INTEGER NOT NULL DEFAULT 0, snapshot INTEGER);

        -- What the unfinished snapshots have told so far: a row of releases, or of packages where it is below zero.
        CREATE TABLE told (snapshot INTEGER NOT NULL, release INTEGER NOT NULL);

        -- Packages of which something was taken back, or is no longer told by the last complete snapshot, or that the
        -- list asks for again, until that was looked at.
        CREATE TABLE touched (package INTEGER PRIMARY KEY, asksAgain INTEGER);

        -- A package, with the release that it was first met with, or no version where that is no longer told: in the form
        -- of PackedVersion where it has one. The key
        -- tells packages apart; NULL is the name. Where there is one, the name is the spelling of the latest place.
        -- Withdrawn is 1 where the release was taken back, 2 where the whole package was.
        CREATE TABLE packages (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL, version TEXT, place INTEGER NOT NULL,
            homepage TEXT, repository TEXT, isWithdrawn INTEGER, key TEXT,
            spelledAt INTEGER);

        -- Its other releases, as they were met. The index by package is made when it is first needed: before packages
        -- are looked up, or before an update.
        CREATE TABLE releases (
            id INTEGER PRIMARY KEY, package INTEGER NOT NULL, version TEXT NOT NULL, place INTEGER NOT NULL,
            homepage TEXT, repository TEXT, isWithdrawn INTEGER);

        -- Package IDs, given once.
        CREATE TABLE numbers (number INTEGER PRIMARY KEY, package INTEGER NOT NULL);

        -- What looking a package up brought, by Package ID, which service said so, and what the list told of its newest
        -- release then. Pending ones are asked again. What is not settled remembers since when. Asked is when the run began
        -- that looked it up, in seconds since 1970; NULL where an earlier format did not say.
        CREATE TABLE outcomes (
            number INTEGER PRIMARY KEY, outcome TEXT NOT NULL, homepage TEXT, repository TEXT,
            version TEXT NOT NULL, toldHomepage TEXT, toldRepository TEXT, isPending INTEGER NOT NULL, problem TEXT,
            service INTEGER, unsettledSince REAL, hidesPassword INTEGER, asked INTEGER);
        CREATE INDEX pendingOutcomes ON outcomes (number) WHERE isPending;
        \(addedWithFormat3)

        -- What was not right in the registry's list.
        CREATE TABLE problems (
            kind TEXT NOT NULL, key TEXT NOT NULL, subject TEXT NOT NULL, detail TEXT NOT NULL,
            PRIMARY KEY (kind, key)
        ) WITHOUT ROWID;
        """
}
