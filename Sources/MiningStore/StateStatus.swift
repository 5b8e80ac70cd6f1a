public import Foundation
import GRDB
public import PackageMining

/// What a state says of its list, read without disturbing a run that works on it.
public struct StateStatus: Sendable {
    public let tally: Tally

    /// Packages that were listed and have no Package ID yet.
    public let unnumbered: Int
    public let pending: Int

    /// Packages of the list that have a homepage or a repository.
    public let linked: Int

    /// The first of the packages that could not be looked up.
    public let failures: [Problem]

    /// When the last finished run ended.
    public let finished: Date?

    /// Whether that run walked the registry's list to its end; not where it was limited.
    public let isWhole: Bool

    /// When the run began that is not finished, and whether its listing is.
    public let openRun: (began: Date, isListed: Bool)?

    /// - Throws: `StateError`, `StateNotBegun`
    public static func read(_ files: StateFiles) async throws -> StateStatus {
        try await StateFiles.read(files.state, StateStatus.init)
    }

    private init(_ db: Database) throws {
        tally = try Tally(db)
        let packages = try Int.fetchOne(db, sql: "SELECT count(*) FROM packages") ?? 0
        unnumbered = packages - tally.packages
        pending = try Int.fetchOne(db, sql: pendingCount) ?? 0
        linked = try Int.fetchOne(db, sql: linkedCount) ?? 0
        failures = try Row.fetchAll(db, sql: firstFailures).map { row in
            let outcome = Outcome(rawValue: try row.decode(forColumn: "outcome"))
            return Problem(
                outcome?.problemKind ?? .failed, at: try row.decode(forColumn: "name"),
                try row.decode(forColumn: "problem"))
        }
        finished = try Double.fetchOne(db, sql: "SELECT max(finished) FROM runs")
            .map(Date.init(timeIntervalSince1970:))
        isWhole = try Bool.fetchOne(db, sql: lastEnd) ?? false
        openRun = try Row.fetchOne(
            db,
            sql: """
                SELECT began, hasSpans AND NOT EXISTS (SELECT 1 FROM spans WHERE NOT isWalked) AS isListed
                FROM runs WHERE finished IS NULL
                """
        ).map {
            (Date(timeIntervalSince1970: try $0.decode(forColumn: "began")), try $0.decode(forColumn: "isListed"))
        }
    }
}

private let firstFailures = """
    SELECT p.name, o.outcome, o.problem FROM outcomes o CROSS JOIN numbers n ON n.number = o.number
    CROSS JOIN packages p ON p.id = n.package WHERE o.isPending AND o.problem IS NOT NULL ORDER BY o.number LIMIT 3
    """

private let lastEnd = "SELECT isComplete FROM runs WHERE finished IS NOT NULL ORDER BY id DESC LIMIT 1"

private let linkedCount = """
    SELECT count(*) FROM outcomes WHERE (homepage <> '' OR repository <> '')
        AND NOT (outcome = '\(Outcome.withdrawn.rawValue)' AND NOT isPending)
    """

/// Packages with a Package ID and no settled outcome.
let pendingCount = """
    SELECT (SELECT count(*) FROM numbers) - (SELECT count(*) FROM outcomes)
        + (SELECT count(*) FROM outcomes WHERE isPending)
    """

extension Tally {
    init(_ db: Database) throws {
        self.init()
        packages = try Int.fetchOne(db, sql: "SELECT count(*) FROM numbers") ?? 0
        let withdrawn: Int
        (outcomes, withdrawn) = try Tally.outcomes(db)
        listed = packages - withdrawn
        if try db.columns(in: "outcomes").contains(where: { $0.name == "hidesPassword" }) {
            hiddenPasswords = try Int.fetchOne(db, sql: "SELECT count(*) FROM outcomes WHERE hidesPassword") ?? 0
        }
        for row in try Row.fetchAll(db, sql: "SELECT kind, count(*) AS n FROM problems GROUP BY kind") {
            if let kind = Problem.Kind(rawValue: try row.decode(forColumn: "kind")) {
                problems[kind] = try row.decode(forColumn: "n")
            }
        }
    }

    /// Counted row by row: to group them SQLite would sort millions. Neighbours mostly have the same outcome.
    ///
    /// - Returns: the outcomes, and how many packages are withdrawn and do not wait to be looked up again.
    private static func outcomes(_ db: Database) throws -> ([Outcome: Int], withdrawn: Int) {
        var counts = Outcome.allCases.map { (name: Array($0.rawValue.utf8), outcome: $0, count: 0) }
        var last = 0
        var withdrawn = 0
        let rows = try RawStatement(db, "SELECT outcome, isPending FROM outcomes")
        while try rows.next() {
            let name = rows.bytes(0)
            if !name.elementsEqual(counts[last].name) {
                guard let found = counts.firstIndex(where: { name.elementsEqual($0.name) }) else { continue }
                last = found
            }
            counts[last].count += 1
            if counts[last].outcome == .withdrawn && rows.int(1) == 0 { withdrawn += 1 }
        }
        let found = counts.filter { $0.count > 0 }.map { ($0.outcome, $0.count) }
        return (Dictionary(uniqueKeysWithValues: found), withdrawn)
    }
}
