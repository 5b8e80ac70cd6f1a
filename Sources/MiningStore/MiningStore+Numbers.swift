import GRDB
public import PackageMining

extension MiningStore {
    /// Package IDs follow the earliest place of each package, and its name's UTF-8 where places are equal.
    ///
    /// Both are worked out here, from all releases of the packages that have no ID yet, in two passes over the tables,
    /// of which two cores read a half each, and 12 to 28 bytes a package, so that the hot path of the listing need not
    /// keep them.
    ///
    /// The first packages are those of the pages that were read, and the rest of the list may tell of earlier places:
    /// IDs that were given with a limit are given anew, and outcomes go with their packages.
    public func numberPackages(limit: Int?) async throws -> NumberedPackages {
        names = nil
        // What the listing has left in the cache is looked at no more.
        try read { try $0.execute(sql: "PRAGMA shrink_memory") }
        let places = try await firstPlaces()
        return try durableTransaction { db in
            let trial = try takeBackTrial(db)
            let given = try Int.fetchOne(db, sql: "SELECT count(*) FROM numbers") ?? 0
            guard given < (try Int.fetchOne(db, sql: "SELECT count(*) FROM packages") ?? 0) else {
                return NumberedPackages(count: 0)
            }
            var newcomers = try newcomers(firstMet: places, db)
            let known = max(given, trial.count)
            let tooMany = limit.map { max(0, given + newcomers.count - max($0, known)) } ?? 0
            newcomers.removeLast(tooMany)
            try give(newcomers, from: given + 1, db)
            if try limit != nil && (tooMany > 0 || Self.isUnfinished(db)) { try Self.markTrial(db) }
            let again = try moveOutcomes(of: trial, to: newcomers, db)
            return NumberedPackages(count: newcomers.count - again, isAll: tooMany == 0)
        }
    }

    /// The first place of each package by its row; none where all have their IDs.
    private func firstPlaces() async throws -> [Int64] {
        let (isNumbered, releases) = try read { db in
            let packages = try Int.fetchOne(db, sql: "SELECT max(id) FROM packages") ?? 0
            let given = try Self.isTrial(db) ? 0 : Int.fetchOne(db, sql: "SELECT max(number) FROM numbers") ?? 0
            return (given >= packages, try Int.fetchOne(db, sql: "SELECT max(id) FROM releases") ?? 0)
        }
        if isNumbered { return [] }
        let parts: Int64 = releases > Self.manyReleases ? 2 : 1
        var places: [Int64] = []
        try await inOrder(0..<parts) { index in
            try await self.readAside { try FirstPlaces.byRow($0, part: (index, parts)) }
        } take: { part in
            if places.isEmpty { return places = part }
            for row in part.indices { places[row] = min(places[row], part[row]) }
        }
        return places
    }

    /// Fewer are read at once: a second array of places gains nothing.
    private static let manyReleases = 500_000

    /// The packages without an ID, in the order in which they get one.
    private func newcomers(firstMet: [Int64], _ db: Database) throws -> [PackageRow] {
        var places = firstMet
        // A package that has an ID is no newcomer, and neither is one that was never there.
        let numbered = try RawStatement(db, "SELECT package FROM numbers")
        while try numbered.next() {
            guard places.indices.contains(Int(numbered.int(0))) else { throw FirstPlaces.damaged }
            places[Int(numbered.int(0))] = .max
        }
        var newcomers = places.indices.filter { places[$0] != .max }.map { PackageRow(rawValue: UInt32($0)) }
        newcomers.sort { places[$0.index] < places[$1.index] }
        try sortByName(&newcomers, wherePlacesAreEqual: places, db)
        return newcomers
    }

    private func sortByName(
        _ packages: inout [PackageRow], wherePlacesAreEqual places: [Int64], _ db: Database
    ) throws {
        var start = 0
        while start < packages.count {
            var end = start + 1
            while end < packages.count, places[packages[end].index] == places[packages[start].index] { end += 1 }
            if end - start > 1 { try sortByName(&packages[start..<end], db) }
            start = end
        }
    }

    /// The names lie one behind another: a registry without places has all of its packages at one.
    private func sortByName(_ packages: inout ArraySlice<PackageRow>, _ db: Database) throws {
        let name = try RawStatement(db, "SELECT name FROM packages WHERE id = ?")
        var text: [UInt8] = []
        var named: [(name: Range<Int>, package: PackageRow)] = []
        named.reserveCapacity(packages.count)
        // Growing would hold it twice. Names of more than 32 bytes on the average are rare.
        text.reserveCapacity(packages.count * 32)
        for package in packages {
            name.bind(package.number, at: 1)
            guard try name.next() else { continue }
            text.append(contentsOf: name.bytes(0))
            named.append(((named.last?.name.upperBound ?? 0)..<text.count, package))
            name.reset()
        }
        text.withUnsafeBufferPointer { text in
            named.sort { text[$0.name].lexicographicallyPrecedes(text[$1.name]) }
        }
        packages.replaceSubrange(packages.indices, with: named.lazy.map(\.package))
    }

    private func give(_ packages: [PackageRow], from first: Int, _ db: Database) throws {
        var inserts = try RowInserts<(id: PackageID, package: PackageRow)>(
            RowSQL(into: "numbers (number, package)"), db
        ) { row, statement, column in
            statement.bind(Int64(row.id.rawValue), at: column)
            statement.bind(row.package.number, at: column + 1)
        }
        for (offset, package) in packages.enumerated() {
            try inserts.add((PackageID(rawValue: first + offset), package))
        }
        try inserts.flush()
    }
}

/// Package IDs of a trial: those that were given with a limit, before the list was read to its end.
extension MiningStore {
    private static func markTrial(_ db: Database) throws {
        try db.execute(sql: "INSERT OR IGNORE INTO facts VALUES ('trialNumbers', 1)")
    }

    private static func isTrial(_ db: Database) throws -> Bool {
        try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM facts WHERE key = 'trialNumbers')") == true
    }

    private static func isUnfinished(_ db: Database) throws -> Bool {
        try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM spans WHERE NOT isWalked)") == true
    }

    /// - Returns: the packages that had the IDs from 1 on and have none now; none where there was no trial.
    private func takeBackTrial(_ db: Database) throws -> [PackageRow] {
        guard try Self.isTrial(db) else { return [] }
        let packages = try UInt32.fetchAll(db, sql: "SELECT package FROM numbers ORDER BY number")
            .map(PackageRow.init(rawValue:))
        try db.execute(sql: "DELETE FROM numbers; DELETE FROM facts WHERE key = 'trialNumbers'")
        return packages
    }

    /// Gives the outcomes of a trial to the IDs that its packages have now. Of one that has none the outcome goes.
    ///
    /// - Returns: how many of the packages have an ID again.
    private func moveOutcomes(of trial: [PackageRow], to packages: [PackageRow], _ db: Database) throws -> Int {
        if packages.starts(with: trial) { return trial.count }
        settledMark = nil
        try KnownDocuments.forget(db)
        let before = Dictionary(uniqueKeysWithValues: zip(trial, Int64(1)...))
        try db.execute(sql: "UPDATE outcomes SET number = -number")
        let move = try RawStatement(db, "UPDATE outcomes SET number = ? WHERE number = ?")
        var moved = 0
        for (index, package) in packages.enumerated() {
            guard let number = before[package] else { continue }
            move.bind(Int64(index + 1), at: 1)
            move.bind(-number, at: 2)
            try move.write()
            moved += 1
        }
        try db.execute(sql: "DELETE FROM outcomes WHERE number < 0")
        return moved
    }
}
