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
            let statement = try RawStatement(
                db,
                """
                SELECT n.number, p.name, o.homepage, o.repository, o.outcome, o.isPending FROM numbers n
                JOIN packages p ON p.id = n.package LEFT JOIN outcomes o ON o.number = n.number
                WHERE n.number >= ? AND n.number < ? ORDER BY n.number
                """)
            statement.bind(Int64(packages.lowerBound.rawValue), at: 1)
            statement.bind(Int64(packages.upperBound.rawValue), at: 2)
            var rows = ListRows(reserving: packages.upperBound.rawValue - packages.lowerBound.rawValue)
            let withdrawn = Array(Outcome.withdrawn.rawValue.utf8)
            while try statement.next() {
                let outcome = statement.bytes(4)
                let isWithdrawn = outcome.count == withdrawn.count && outcome.elementsEqual(withdrawn)
                if isWithdrawn, statement.int(5) == 0 { continue }
                rows.append(
                    id: statement.packageID(0), name: statement.bytes(1), homepage: statement.bytes(2),
                    repository: statement.bytes(3))
            }
            return rows
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
