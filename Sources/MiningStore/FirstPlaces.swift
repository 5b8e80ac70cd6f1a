import GRDB
import PackageMining

/// Where the packages of a list first appeared: for each the earliest place of its releases, withdrawn ones aside.
public enum FirstPlaces {
    /// Reads the state behind the published list, without disturbing a run that works on it.
    ///
    /// Package IDs only ever grow, so that those that an unfinished update has given lie behind the list's own.
    ///
    /// - Parameter count: how many packages the published list has.
    /// - Returns: a place a package, in the order of their Package IDs.
    /// - Throws: `StateError`
    public static func read(_ files: StateFiles, ofFirst count: Int) async throws -> [Int64] {
        try await StateFiles.read(files.published) { try ofListed($0, count) }
    }

    /// The first place of each package by its row; `Int64.max` for one that was never there.
    static func byRow(_ db: Database) throws -> [Int64] {
        let last = try Int.fetchOne(db, sql: "SELECT max(id) FROM packages") ?? 0
        // Rows are numbered without gaps; a number that a disk has changed would ask for any amount of memory.
        guard try Int.fetchOne(db, sql: "SELECT count(*) FROM packages") == last else { throw damaged }
        var places = [Int64](repeating: .max, count: last + 1)
        for table in ["id, place FROM packages", "package, place FROM releases"] {
            let rows = try RawStatement(db, "SELECT \(table) WHERE isWithdrawn IS NULL")
            while try rows.next() {
                let row = Int(rows.int(0))
                guard places.indices.contains(row) else { throw damaged }
                places[row] = min(places[row], rows.int(1))
            }
        }
        return places
    }

    private static func ofListed(_ db: Database, _ count: Int) throws -> [Int64] {
        let places = try byRow(db)
        let listed = try RawStatement(
            db,
            """
            SELECT n.package FROM numbers n LEFT JOIN outcomes o ON o.number = n.number
            WHERE o.outcome IS NULL OR o.isPending OR o.outcome <> '\(Outcome.withdrawn.rawValue)' ORDER BY n.number LIMIT ?
            """)
        listed.bind(Int64(count), at: 1)
        var first: [Int64] = []
        while try listed.next() {
            let row = Int(listed.int(0))
            guard places.indices.contains(row) else { throw damaged }
            if places[row] != .max { first.append(places[row]) }
        }
        return first
    }

    /// Numbers that cannot be, which SQLite does not see.
    static var damaged: DatabaseError {
        DatabaseError(resultCode: .SQLITE_CORRUPT, message: "it tells of packages that it does not hold")
    }
}
