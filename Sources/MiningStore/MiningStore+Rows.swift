import GRDB
public import PackageMining

/// What is published.
extension MiningStore {
    public func lastPackageID() throws -> PackageID? {
        try read { try Int.fetchOne($0, sql: "SELECT max(number) FROM numbers").map(PackageID.init(rawValue:)) }
    }

    /// Read on connections of their own, outside the actor: to read millions of rows takes longer than to write them.
    public nonisolated func rows(of packages: Range<PackageID>) async throws -> ListRows {
        try await readAside { db in
            var rows = ListRows(reserving: packages.upperBound.rawValue - packages.lowerBound.rawValue)
            try Self.eachListed(packages, db) { row, _ in
                rows.append(
                    id: row.packageID(3), name: row.bytes(0), homepage: row.bytes(4), repository: row.bytes(5))
            }
            return rows
        }
    }

    public nonisolated func outcomes(of packages: Range<PackageID>) async throws -> OutcomeRows {
        try await readAside { db in
            var rows = OutcomeRows(reserving: packages.upperBound.rawValue - packages.lowerBound.rawValue)
            try Self.eachListed(packages, db) { row, isWithdrawn in
                // One that has returned, and was not looked up since then, was not asked for.
                let outcome = isWithdrawn || row.isNull(1) ? nil : Outcome(rawValue: row.string(1))
                let asked = outcome == nil || row.isNull(6) ? nil : Int(row.int(6))
                let release = outcome == nil ? UnsafeRawBufferPointer(start: nil, count: 0) : row.bytes(7)
                rows.append(name: row.bytes(0), outcome, asked: asked, release: release)
            }
            return rows
        }
    }

    /// Reads the packages with these IDs that are in the list: not those that are withdrawn, unless they are to be looked
    /// up again.
    ///
    /// - Parameter body: takes the row, and whether it was withdrawn when it was last looked up.
    private static func eachListed(
        _ packages: Range<PackageID>, _ db: Database, _ body: (RawStatement, _ isWithdrawn: Bool) -> Void
    ) throws {
        let row = try RawStatement(
            db,
            """
            SELECT p.name, o.outcome, o.isPending, n.number, o.homepage, o.repository, o.asked, o.version FROM numbers n
            JOIN packages p ON p.id = n.package LEFT JOIN outcomes o ON o.number = n.number
            WHERE n.number >= ? AND n.number < ? ORDER BY n.number
            """)
        row.bind(Int64(packages.lowerBound.rawValue), at: 1)
        row.bind(Int64(packages.upperBound.rawValue), at: 2)
        let withdrawn = Array(Outcome.withdrawn.rawValue.utf8)
        while try row.next() {
            let outcome = row.bytes(1)
            let isWithdrawn = outcome.count == withdrawn.count && outcome.elementsEqual(withdrawn)
            if !isWithdrawn || row.int(2) != 0 { body(row, isWithdrawn) }
        }
    }

    public func withdrawnPackages(after package: PackageID?) throws -> Int {
        try read { db in
            try Int.fetchOne(
                db, sql: "SELECT count(*) FROM outcomes WHERE number > ? AND outcome = ? AND NOT isPending",
                arguments: [package?.rawValue ?? 0, Outcome.withdrawn.rawValue]) ?? 0
        }
    }

    public func listProblems(after: Problem?, limit: Int) throws -> [Problem] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT kind, key, subject, detail FROM problems WHERE (kind, key) > (?, ?)
                    ORDER BY kind, key LIMIT ?
                    """,
                arguments: [after?.kind.rawValue ?? "", after?.key ?? "", limit]
            ).compactMap { row in
                try Problem.Kind(rawValue: row.decode(forColumn: "kind")).map {
                    Problem(
                        $0, at: try row.decode(forColumn: "subject"), try row.decode(forColumn: "detail"),
                        key: try row.decode(forColumn: "key"))
                }
            }
        }
    }

    public func tally() throws -> Tally {
        try read(Tally.init)
    }
}
