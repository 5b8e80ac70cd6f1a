import GRDB
import PackageMining

extension MiningStore {
    /// Package IDs follow the earliest place of each package, and its name's UTF-8 where places are equal.
    ///
    /// Both are worked out here, from all releases of the packages that have no ID yet, in two passes over the tables
    /// and 8 to 16 bytes a package, so that the hot path of the listing need not keep them.
    public func numberPackages(limit: Int?) throws -> Int {
        names = nil
        // What the listing has left in the cache is looked at no more.
        try read { try $0.execute(sql: "PRAGMA shrink_memory") }
        return try durableTransaction { db in
            let given = try Int.fetchOne(db, sql: "SELECT count(*) FROM numbers") ?? 0
            guard given < (try Int.fetchOne(db, sql: "SELECT count(*) FROM packages") ?? 0) else { return 0 }
            var newcomers = try newcomers(db)
            if let limit { newcomers.removeLast(max(0, given + newcomers.count - max(limit, given))) }
            try give(newcomers, from: given + 1, db)
            return newcomers.count
        }
    }

    /// The packages without an ID, in the order in which they get one.
    private func newcomers(_ db: Database) throws -> [UInt32] {
        let places = try firstPlaces(db)
        var newcomers = places.indices.filter { places[$0] != .max }.map(UInt32.init)
        newcomers.sort { places[Int($0)] < places[Int($1)] }
        try sortByName(&newcomers, wherePlacesAreEqual: places, db)
        return newcomers
    }

    /// The first place of each package by its row; `Int64.max` for one that has an ID, or was never there.
    private func firstPlaces(_ db: Database) throws -> [Int64] {
        var places = try FirstPlaces.byRow(db)
        let numbered = try RawStatement(db, "SELECT package FROM numbers")
        while try numbered.next() {
            guard places.indices.contains(Int(numbered.int(0))) else { throw FirstPlaces.damaged }
            places[Int(numbered.int(0))] = .max
        }
        return places
    }

    private func sortByName(
        _ packages: inout [UInt32], wherePlacesAreEqual places: [Int64], _ db: Database
    ) throws {
        var start = 0
        while start < packages.count {
            var end = start + 1
            while end < packages.count, places[Int(packages[end])] == places[Int(packages[start])] { end += 1 }
            if end - start > 1 { try sortByName(&packages[start..<end], db) }
            start = end
        }
    }

    /// The names lie one behind another: a registry without places has all of its packages at one.
    private func sortByName(_ packages: inout ArraySlice<UInt32>, _ db: Database) throws {
        let name = try RawStatement(db, "SELECT name FROM packages WHERE id = ?")
        var text: [UInt8] = []
        var named: [(name: Range<Int>, package: UInt32)] = []
        named.reserveCapacity(packages.count)
        // Growing would hold it twice. Names of more than 32 bytes on the average are rare.
        text.reserveCapacity(packages.count * 32)
        for package in packages {
            name.bind(Int64(package), at: 1)
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

    private func give(_ packages: [UInt32], from first: Int, _ db: Database) throws {
        var inserts = try RowInserts<(number: Int, package: UInt32)>(
            RowSQL(into: "numbers (number, package)"), db
        ) { row, statement, column in
            statement.bind(Int64(row.number), at: column)
            statement.bind(Int64(row.package), at: column + 1)
        }
        for (offset, package) in packages.enumerated() { try inserts.add((first + offset, package)) }
        try inserts.flush()
    }
}
