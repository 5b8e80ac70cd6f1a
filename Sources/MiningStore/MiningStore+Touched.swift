import GRDB
public import PackageMining

/// Packages of which an update has told something new, or tells something no longer.
extension MiningStore {
    public func touchedPackages(after: PackageID?, limit: Int) throws -> [KnownPackage] {
        let touched = try self.touched ?? findTouched()
        self.touched = touched
        return try read { db in
            let first = after.map { after in touched.partitioningIndex { $0 > after } } ?? 0
            return try touched[first...].prefix(limit).flatMap { package in
                try knownPackages(
                    db,
                    """
                    SELECT n.number, n.package, o.version, o.toldHomepage, o.toldRepository, o.outcome, 0, NULL,
                        EXISTS (SELECT 1 FROM touched WHERE package = n.package AND asksAgain)
                    FROM numbers n LEFT JOIN outcomes o ON o.number = n.number WHERE n.number = ?
                    """, [package.rawValue])
            }
        }
    }

    public func markStale(_ packages: [PackageID]) throws {
        try transaction { db in
            for package in packages {
                try db.execute(
                    sql: "UPDATE outcomes SET isPending = TRUE WHERE number = ?", arguments: [package.rawValue])
            }
        }
    }

    public func forgetTouched() throws {
        try transaction { db in
            try db.execute(
                sql: """
                    INSERT OR REPLACE INTO facts SELECT 'seenRelease', coalesce(max(id), 0) FROM releases;
                    UPDATE touched SET asksAgain = NULL;
                    DELETE FROM touched WHERE NOT EXISTS (SELECT 1 FROM facts WHERE key = 'trialNumbers');
                    """)
        }
        touched = nil
    }

    /// The Package IDs of packages with releases behind the mark, or without some that they had, in their order. Before
    /// the first mark was set nothing was looked up: only what was taken back counts.
    private func findTouched() throws -> [PackageID] {
        let packages = try read { db in
            let seen = try Int.fetchOne(db, sql: "SELECT value FROM facts WHERE key = 'seenRelease'") ?? .max
            return try Set(
                Int64.fetchAll(
                    db, sql: "SELECT package FROM releases WHERE id > ? UNION SELECT package FROM touched",
                    arguments: [seen]))
        }
        if packages.isEmpty { return [] }
        return try transaction { db in
            try indexReleases(db)
            return try packageIDs(of: packages, db)
        }
    }

    /// Those that have one, in their order.
    private func packageIDs(of packages: Set<Int64>, _ db: Database) throws -> [PackageID] {
        var touched: [PackageID] = []
        let numbers = try RawStatement(db, "SELECT number, package FROM numbers ORDER BY number")
        while try numbers.next() {
            if packages.contains(numbers.int(1)) { touched.append(numbers.packageID(0)) }
        }
        return touched
    }
}

/// Notes the packages of which a page has said that something has changed; and as long as nothing was looked up, those of
/// which it has taken something back, for later there is a mark to find these by.
struct TouchedPackages {
    private let statement: RawStatement
    /// Whether packages were looked through before: else there is nothing to be looked up again.
    private let isAgain: Bool

    init(_ db: Database) throws {
        let seen = try db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM facts WHERE key = 'seenRelease')")
        isAgain = try Bool.fetchOne(seen) == true
        statement = try RawStatement(
            db,
            """
            INSERT INTO touched (package, asksAgain) VALUES (?, ?)
                ON CONFLICT (package) DO UPDATE SET asksAgain = coalesce(excluded.asksAgain, asksAgain)
            """)
    }

    func note(_ word: Page.Word, of package: PackageRow) throws {
        guard isAgain ? word.contains(.asksAgain) : word.takesBack else { return }
        statement.bind(package.number, at: 1)
        if isAgain { statement.bind(1, at: 2) } else { statement.bindNull(at: 2) }
        try statement.write()
    }
}

extension Page.Word {
    /// Whether anything is taken back.
    var takesBack: Bool { withdrawal != nil }

    /// What `isWithdrawn` is in the tables: 1 for a release, 2 for a whole package; nil for NULL.
    var withdrawal: Int64? { contains(.isDeletion) ? 2 : contains(.isWithdrawn) ? 1 : nil }
}

extension [PackageID] {
    /// The first index whose element, and with it all behind it, satisfies the condition.
    fileprivate func partitioningIndex(_ isBehind: (PackageID) -> Bool) -> Int {
        var range = startIndex..<endIndex
        while let middle = range.isEmpty ? nil : range.lowerBound + range.count / 2 {
            range = isBehind(self[middle]) ? range.lowerBound..<middle : middle + 1..<range.upperBound
        }
        return range.lowerBound
    }
}
