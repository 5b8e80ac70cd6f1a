import GRDB
public import PackageMining

/// Packages of which an update has told something new, or tells something no longer.
extension MiningStore {
    public func touchedPackages(after: Int, limit: Int) throws -> [KnownPackage] {
        try read { db in
            let touched = try self.touched ?? findTouched(db)
            self.touched = touched
            let first = touched.partitioningIndex { $0 > after }
            return try touched[first...].prefix(limit).flatMap { number in
                try knownPackages(
                    db,
                    """
                    SELECT n.number, n.package, o.version, o.toldHomepage, o.toldRepository, o.outcome, 0, NULL
                    FROM numbers n LEFT JOIN outcomes o ON o.number = n.number WHERE n.number = ?
                    """, [number])
            }
        }
    }

    public func markStale(_ packages: [Int]) throws {
        try transaction { db in
            for package in packages {
                try db.execute(
                    sql: "UPDATE outcomes SET isPending = TRUE WHERE number = ?", arguments: [package])
            }
        }
    }

    public func forgetTouched() throws {
        try transaction { db in
            try db.execute(
                sql: """
                    INSERT OR REPLACE INTO facts SELECT 'seenRelease', coalesce(max(id), 0) FROM releases;
                    DELETE FROM touched;
                    """)
        }
        touched = nil
    }

    /// The Package IDs of packages with releases behind the mark, or without some that they had, in their order. None
    /// before the first mark was set: nothing was looked up yet.
    private func findTouched(_ db: Database) throws -> [Int] {
        let seen = try Int.fetchOne(db, sql: "SELECT value FROM facts WHERE key = 'seenRelease'")
        guard let seen else { return [] }
        let packages = try Set(
            Int64.fetchAll(
                db, sql: "SELECT package FROM releases WHERE id > ? UNION SELECT package FROM touched",
                arguments: [seen]))
        guard !packages.isEmpty else { return [] }
        var touched: [Int] = []
        let numbers = try RawStatement(db, "SELECT number, package FROM numbers ORDER BY number")
        while try numbers.next() {
            if packages.contains(numbers.int(1)) { touched.append(Int(numbers.int(0))) }
        }
        return touched
    }
}

extension [Int] {
    /// The first index whose element, and with it all behind it, satisfies the condition.
    fileprivate func partitioningIndex(_ isBehind: (Int) -> Bool) -> Int {
        var range = startIndex..<endIndex
        while let middle = range.isEmpty ? nil : range.lowerBound + range.count / 2 {
            range = isBehind(self[middle]) ? range.lowerBound..<middle : middle + 1..<range.upperBound
        }
        return range.lowerBound
    }
}
