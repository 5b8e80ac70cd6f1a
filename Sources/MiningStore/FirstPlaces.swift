package import GRDB
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

    /// The first place of each package by its row, as far as a part of the rows tells; `Int64.max` for one that it does
    /// not tell of, or that was never there.
    ///
    /// - Parameter part: which one of how many parts of the rows, equally long, is read.
    package static func byRow(_ db: Database, part: (index: Int64, of: Int64) = (0, 1)) throws -> [Int64] {
        let last = try Int64.fetchOne(db, sql: "SELECT max(id) FROM packages") ?? 0
        // Rows are numbered without gaps; a number that a disk has changed would ask for any amount of memory.
        guard try Int64.fetchOne(db, sql: "SELECT count(*) FROM packages") == last else { throw damaged }
        var places = EarliestPlaces(packages: Int(last))
        for (columns, table) in [("id, place", "packages"), ("package, place", "releases")] {
            let last = try Int64.fetchOne(db, sql: "SELECT max(id) FROM \(table)") ?? 0
            let rows = try RawStatement(
                db, "SELECT \(columns) FROM \(table) WHERE id > ? AND id <= ? AND isWithdrawn IS NULL")
            rows.bind(last * part.index / part.of, at: 1)
            rows.bind(last * (part.index + 1) / part.of, at: 2)
            while try rows.next() { try places.note(row: rows.int(0), place: rows.int(1)) }
        }
        return places.finish()
    }

    private static func ofListed(_ db: Database, _ count: Int) throws -> [Int64] {
        let places = try byRow(db)
        let listed = try RawStatement(
            db,
            """
            SELECT n.package FROM numbers n LEFT JOIN outcomes o ON o.number = n.number
            WHERE o.outcome IS NULL OR o.isPending OR o.outcome <> '\(Outcome.withdrawn.rawValue)'
            ORDER BY n.number LIMIT ?
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

/// The earliest place of each package by its row, from what is noted in any order.
///
/// What is noted waits for more of it, so that memory is waited for once for many packages, which lie anywhere in it.
private struct EarliestPlaces {
    private static let enough = 256

    private var places: [Int64]
    private var waiting: [(row: Int, place: Int64)] = []

    init(packages: Int) {
        places = [Int64](repeating: .max, count: packages + 1)
        waiting.reserveCapacity(Self.enough)
    }

    mutating func note(row: Int64, place: Int64) throws {
        guard places.indices.contains(Int(row)) else { throw FirstPlaces.damaged }
        waiting.append((Int(row), place))
        if waiting.count == Self.enough { settle() }
    }

    consuming func finish() -> [Int64] {
        settle()
        return places
    }

    private mutating func settle() {
        for (row, place) in waiting { places[row] = min(places[row], place) }
        waiting.removeAll(keepingCapacity: true)
    }
}
