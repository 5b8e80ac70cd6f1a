import Foundation
import GRDB
public import PackageMining

extension MiningStore {
    /// Those whose outcome is not settled come from an index, and those without one from behind the last package up
    /// to which all have one: a finished list of millions is not read to find that nothing is left to do.
    public func pendingPackages(after: PackageID?, limit: Int) throws -> [KnownPackage] {
        try read { db in
            if after == nil || settledMark == nil { settledMark = try settledUpTo(db) }
            let first = after ?? 0
            return try knownPackages(
                db,
                """
                SELECT number, package, version, NULL, NULL, NULL, hasLinks, unsettledSince, 0 FROM (
                    SELECT * FROM (
                        SELECT o.number, n.package, o.version,
                            o.homepage IS NOT NULL OR o.repository IS NOT NULL AS hasLinks, o.unsettledSince
                        FROM outcomes o CROSS JOIN numbers n ON n.number = o.number
                        WHERE o.isPending AND o.number > ?1 ORDER BY o.number LIMIT ?2)
                    UNION ALL
                    SELECT * FROM (
                        SELECT n.number, n.package, NULL, 0, NULL FROM numbers n
                        LEFT JOIN outcomes o ON o.number = n.number
                        WHERE n.number > ?3 AND o.number IS NULL ORDER BY n.number LIMIT ?2))
                ORDER BY number LIMIT ?2
                """, [first.rawValue, limit, max(first, settledMark ?? 0).rawValue])
        }
    }

    public func keep(_ outcomes: [LookedUp]) throws {
        try growing { db in
            // A look-up that is not settled, or left out, and brought no link leaves those of an earlier one as they are,
            // and one that failed leaves it open since when another is not settled.
            let none = "excluded.homepage IS NULL AND excluded.repository IS NULL"
            let insert = try RawStatement(
                db,
                """
                INSERT INTO outcomes
                    (number, outcome, homepage, repository, version, isPending, problem, toldHomepage, toldRepository,
                    service, unsettledSince, hidesPassword, asked)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (number) DO UPDATE SET
                    outcome = excluded.outcome, version = excluded.version, isPending = excluded.isPending,
                    toldHomepage = excluded.toldHomepage, toldRepository = excluded.toldRepository,
                    problem = excluded.problem, service = excluded.service, asked = excluded.asked,
                    unsettledSince = iif(
                        excluded.isPending, coalesce(excluded.unsettledSince, unsettledSince), NULL),
                    hidesPassword = iif(excluded.isPending AND \(none), hidesPassword, excluded.hidesPassword),
                    homepage = iif(excluded.isPending AND \(none), homepage, excluded.homepage),
                    repository = iif(excluded.isPending AND \(none), repository, excluded.repository)
                """)
            if let service { insert.bind(service, at: 10) } else { insert.bindNull(at: 10) }
            // The run's beginning, and not the moment: outcomes that are stored again after a kill are the same.
            let began = try Double.fetchOne(db, sql: "SELECT began FROM runs WHERE finished IS NULL")
            if let began { insert.bind(Int64(began), at: 13) } else { insert.bindNull(at: 13) }
            for outcome in outcomes { try insert.write(outcome) }
            try KnownDocuments.keep(outcomes, db)
        }
    }

    /// The joins are crossed, which keeps SQLite to their order: what waits is in an index, and few.
    public func failedPackages(after: PackageID?, limit: Int) throws -> [NumberedProblem] {
        try read { db in
            let rows = try RawStatement(
                db,
                """
                SELECT o.number, p.name, o.outcome, o.problem FROM outcomes o
                CROSS JOIN numbers n ON n.number = o.number CROSS JOIN packages p ON p.id = n.package
                WHERE o.isPending AND o.problem IS NOT NULL AND o.number > ? ORDER BY o.number LIMIT ?
                """)
            rows.bind(Int64(after?.rawValue ?? 0), at: 1)
            rows.bind(Int64(limit), at: 2)
            var failed: [NumberedProblem] = []
            while try rows.next() {
                let kind = Outcome(rawValue: rows.string(2))?.problemKind ?? .failed
                failed.append(
                    NumberedProblem(
                        package: rows.packageID(0), problem: Problem(kind, at: rows.string(1), rows.string(3))))
            }
            return failed
        }
    }

    /// The Package ID up to which every package has an outcome; nil where that is not sure.
    private func settledUpTo(_ db: Database) throws -> PackageID? {
        let counted = try Int.fetchOne(db, sql: "SELECT count(*) FROM outcomes") ?? 0
        let last = try Int.fetchOne(db, sql: "SELECT max(number) FROM outcomes") ?? 0
        return counted == last ? PackageID(rawValue: last) : nil
    }
}

extension MiningStore {
    /// Reads packages by a query of Package ID, row, what was told of the release last looked up, outcome, whether there
    /// are links, since when it is not settled, and whether the list asks for it again.
    func knownPackages(_ db: Database, _ sql: String, _ arguments: [Int]) throws -> [KnownPackage] {
        let rows = try RawStatement(db, sql)
        for (index, argument) in arguments.enumerated() { rows.bind(Int64(argument), at: Int32(index + 1)) }
        let first = try RawStatement(
            db, "SELECT version, place, homepage, repository, isWithdrawn, name FROM packages WHERE id = ?")
        let others = try RawStatement(
            db,
            """
            SELECT version, place, homepage, repository, isWithdrawn, id FROM releases WHERE package = ? ORDER BY id
            """)
        let end = try ListEnd(db)
        let documents = try KnownDocuments(db)
        var known: [KnownPackage] = []
        while try rows.next() {
            first.bind(rows.int(1), at: 1)
            guard try first.next() else { continue }
            var told = ToldWords()
            if !first.isNull(0) { told.add(first) }
            let name = first.string(5)
            first.reset()
            others.bind(rows.int(1), at: 1)
            var last: Int64 = 0
            while try others.next() {
                told.add(others)
                last = others.int(5)
            }
            known.append(
                KnownPackage(
                    id: rows.packageID(0), name: name, releases: told.releases,
                    deletedAt: told.deletedAt, lookedUp: rows.lookedUp(),
                    hasLinks: rows.int(6) != 0,
                    unsettledSince: rows.isNull(7) ? nil : Date(timeIntervalSince1970: rows.double(7)),
                    isNews: end.map { $0.package < rows.int(1) || $0.release < last } ?? false,
                    asksAgain: rows.int(8) != 0, answer: try documents?.answer(of: rows.packageID(0))))
        }
        return known
    }
}

/// What the list told of a package, its releases and words about the whole.
private struct ToldWords {
    var releases: [Release] = []
    var deletedAt: Int64?

    /// Adds a row of version, place, homepage, repository and what was taken back.
    mutating func add(_ row: RawStatement) {
        if row.int(4) == Page.Word.isDeletion.withdrawal {
            deletedAt = max(deletedAt ?? .min, row.int(1))
        } else {
            releases.append(row.release())
        }
    }
}

extension RawStatement {
    /// What a row of `knownPackages` tells of the release that was looked up.
    fileprivate func lookedUp() -> Release? {
        guard let version = optionalString(2) else { return nil }
        return Release(
            version: version, homepage: optionalString(3), repository: optionalString(4),
            isWithdrawn: string(5) == Outcome.withdrawn.rawValue)
    }

    fileprivate func release() -> Release {
        Release(
            version: version(0), place: int(1), homepage: optionalString(2), repository: optionalString(3),
            isWithdrawn: !isNull(4))
    }

    fileprivate func write(_ looked: LookedUp) throws {
        let resolution = looked.resolution
        let texts = [
            resolution.homepage, resolution.repository, looked.problem, looked.newest?.homepage,
            looked.newest?.repository,
        ]
        bind(Int64(looked.package.rawValue), at: 1)
        bind(resolution.outcome.isAskedAgain ? 1 : 0, at: 6)
        if let since = looked.unsettledSince {
            bindReal(since.timeIntervalSince1970, at: 11)
        } else {
            bindNull(at: 11)
        }
        if looked.hidesPassword { bind(1, at: 12) } else { bindNull(at: 12) }
        try withBytes(resolution.outcome.rawValue) { outcome in
            try withBytes(looked.newest?.version ?? "") { version in
                bind(outcome, at: 2)
                bind(version, at: 5)
                try bindOptional(texts[...], at: [3, 4, 7, 8, 9]) { try write() }
            }
        }
    }

    /// Binds texts, missing ones as NULL, and calls `body` while they live.
    private func bindOptional(_ texts: ArraySlice<String?>, at columns: ArraySlice<Int32>, _ body: () throws -> Void)
        throws
    {
        guard let text = texts.first, let column = columns.first else { return try body() }
        try withBytes(text ?? "") { bytes in
            bindOptional(bytes, at: column)
            try bindOptional(texts.dropFirst(), at: columns.dropFirst(), body)
        }
    }
}
