import GRDB
public import PackageMining

/// Which service said what of a package.
extension MiningStore {
    public func beginLookUps(at service: String) throws -> Int {
        let (row, count) = try transaction { db in
            try Self.fitCache(db)
            try indexReleases(db)
            let row = try self.row(of: service, db)
            try askAgain(whatOthersThan: row, lacked: db)
            return (row, try Int.fetchOne(db, sql: pendingCount) ?? 0)
        }
        self.service = row
        return count
    }

    private func row(of service: String, _ db: Database) throws -> Int64 {
        try db.execute(sql: "INSERT OR IGNORE INTO services (address) VALUES (?)", arguments: [service])
        let row = try Int64.fetchOne(db, sql: "SELECT id FROM services WHERE address = ?", arguments: [service])
        guard let row else { throw FirstPlaces.damaged }
        return row
    }

    /// Makes what another service did not have wait again; what it knew stays, but for what was found without it. All
    /// outcomes are read only when the service is another one than in the run before. An outcome of an earlier format is
    /// the first service's.
    private func askAgain(whatOthersThan service: Int64, lacked db: Database) throws {
        let last = try Int64.fetchOne(db, sql: "SELECT value FROM facts WHERE key = 'service'")
        if last == service { return }
        if last == nil {
            try db.execute(sql: "UPDATE outcomes SET service = ? WHERE service IS NULL", arguments: [service])
        }
        let negative = Outcome.allCases.filter(\.dependsOnService).map { "'\($0.rawValue)'" }.joined(separator: ", ")
        try db.execute(
            sql: """
                UPDATE outcomes SET isPending = 1, unsettledSince = NULL
                    WHERE service IS NOT ?1 AND outcome IN (\(negative));
                """, arguments: [service])
        // These links are not the other service's: what this one says does not have to stand up to them.
        try db.execute(
            sql: """
                UPDATE outcomes SET homepage = NULL, repository = NULL WHERE service IS NOT ? AND outcome = ?
                """, arguments: [service, Outcome.resolvedDirectly.rawValue])
        try db.execute(sql: "INSERT OR REPLACE INTO facts VALUES ('service', ?)", arguments: [service])
    }

    /// A package a part of the list, of equally many Package IDs each: the first that a service knew, or the first.
    public func samplePackages(_ count: Int) throws -> [KnownPackage] {
        try read { db in
            let last = try Int.fetchOne(db, sql: "SELECT max(number) FROM numbers") ?? 0
            let part = max(1, (last + count - 1) / count)
            let known = [Outcome.resolved, .noRepository].map { "'\($0.rawValue)'" }.joined(separator: ", ")
            return try knownPackages(
                db,
                """
                WITH RECURSIVE parts (first) AS (SELECT 1 UNION ALL SELECT first + ?1 FROM parts WHERE first + ?1 <= ?2)
                SELECT n.number, n.package, o.version, o.toldHomepage, o.toldRepository, o.outcome,
                    o.homepage IS NOT NULL OR o.repository IS NOT NULL, o.unsettledSince, 0
                FROM parts CROSS JOIN numbers n ON n.number = coalesce(
                    (SELECT number FROM outcomes WHERE number >= first AND number < first + ?1 AND outcome IN (\(known))
                        LIMIT 1),
                    first)
                LEFT JOIN outcomes o ON o.number = n.number ORDER BY n.number
                """, [part, last])
        }
    }
}

extension Outcome {
    /// Whether another service may well say something else: all but links, and what no service was asked.
    fileprivate var dependsOnService: Bool {
        switch self {
        case .resolvedDirectly, .noRepository, .gone, .notCached, .rejected, .withheld, .unsettled: true
        case .resolved, .noVersion, .invalidName, .skipped, .withdrawn, .forbidden, .failed: false
        }
    }
}
