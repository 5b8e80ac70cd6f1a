import GRDB
import PackageMining

/// The packages that a list told of before the run that is under way, and how to have them again.
///
/// Rows are inserted and hardly ever changed: all that a run brings lies behind the last rows of the run before it. One
/// byte a package.
struct KnownList {
    private let end: ListEnd
    /// By the rows of packages, from 0 on.
    private let isTold: [Bool]
    /// Told of all along, and yet not in the list: a look-up found them withdrawn.
    private let isUnlisted: [Bool]

    /// - Returns: nil where no list was complete before.
    init?(_ db: Database) throws {
        guard let end = try ListEnd(db) else { return nil }
        self.end = end
        isTold = try Self.rows(
            """
            SELECT id FROM packages WHERE isWithdrawn IS NULL AND id <= ?
            UNION ALL SELECT package FROM releases WHERE isWithdrawn IS NULL AND id <= ?
            """, db, [end.package, end.release])
        isUnlisted = try Self.rows(
            """
            SELECT n.package FROM outcomes o JOIN numbers n ON n.number = o.number
            WHERE o.outcome = '\(Outcome.withdrawn.rawValue)' AND NOT o.isPending
            """, db)
    }

    /// How the list has changed up to now.
    func change(_ db: Database) throws -> ListChange {
        let isToldNow = try Self.rows(
            """
            SELECT id FROM packages WHERE isWithdrawn IS NULL
            UNION ALL SELECT package FROM releases WHERE isWithdrawn IS NULL
            """, db)
        var (known, told, kept) = (0, 0, 0)
        for row in isToldNow.indices where !(isTold[row] && isUnlisted[row]) {
            if isTold[row] { known += 1 }
            if isToldNow[row] { told += 1 }
            if isTold[row] && isToldNow[row] { kept += 1 }
        }
        return ListChange(known: known, told: told, kept: kept)
    }

    /// Gives back all that the run has brought, its spans too: it begins its listing anew.
    func restore(_ db: Database) throws {
        try Schema.makeSnapshotTables(db)
        try db.execute(
            sql: """
                UPDATE packages SET (name, spelledAt) = (SELECT name, spelledAt FROM respelled WHERE package = id)
                    WHERE id IN (SELECT package FROM respelled);
                DELETE FROM respelled;
                DELETE FROM told;
                DELETE FROM toldProblems;
                DELETE FROM releases WHERE id > ?;
                DELETE FROM packages WHERE id > ?;
                DELETE FROM spans WHERE run = (SELECT id FROM runs WHERE finished IS NULL);
                UPDATE runs SET hasSpans = FALSE WHERE finished IS NULL;
                """, arguments: [end.release, end.package])
    }

    /// The rows of packages that a query names.
    private static func rows(_ sql: String, _ db: Database, _ arguments: [Int64] = []) throws -> [Bool] {
        let last = try Int.fetchOne(db, sql: "SELECT max(id) FROM packages") ?? 0
        guard try Int.fetchOne(db, sql: "SELECT count(*) FROM packages") == last else { throw FirstPlaces.damaged }
        var isNamed = [Bool](repeating: false, count: last + 1)
        let rows = try RawStatement(db, sql)
        for (index, argument) in arguments.enumerated() { rows.bind(argument, at: Int32(index + 1)) }
        while try rows.next() {
            guard isNamed.indices.contains(Int(rows.int(0))) else { throw FirstPlaces.damaged }
            isNamed[Int(rows.int(0))] = true
        }
        return isNamed
    }
}

/// The last rows of the list that was complete before.
struct ListEnd {
    let package: Int64
    let release: Int64

    /// Remembers where the rows of a complete list end: when its run is finished, or, for a state in which an older
    /// pkgmine has not, when the next one begins.
    static func mark(_ db: Database, unlessMarked: Bool = false) throws {
        let verb = unlessMarked ? "INSERT OR IGNORE" : "INSERT OR REPLACE"
        try db.execute(
            sql: """
                \(verb) INTO facts
                    SELECT 'knownPackage', coalesce(max(id), 0) FROM packages
                    UNION ALL SELECT 'knownRelease', coalesce(max(id), 0) FROM releases
                """)
    }

    /// - Returns: nil where no list was complete before.
    init?(_ db: Database) throws {
        let fact = "SELECT value FROM facts WHERE key = ?"
        guard let package = try Int64.fetchOne(db, sql: fact, arguments: ["knownPackage"]),
            let release = try Int64.fetchOne(db, sql: fact, arguments: ["knownRelease"])
        else { return nil }
        (self.package, self.release) = (package, release)
    }
}
