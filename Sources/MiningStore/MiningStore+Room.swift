import GRDB
import PackageMining

/// What makes the state larger asks first whether the disk has room.
extension MiningStore {
    /// Bytes of a release in the index by package: in the log, and then in the file.
    private static let indexed = 2 * 13

    /// Runs `body` in one transaction that makes the state larger.
    func growing<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try read { try holdRoom($0) }
        return try transaction(body)
    }

    /// Indexes releases by package. To keep that index while a registry is listed whole would cost more than all else
    /// together, and a list of names alone never needs it.
    func indexReleases(_ db: Database) throws {
        if try db.hasReleaseIndex { return }
        try holdRoom(forIndexOf: Int.fetchOne(db, sql: "SELECT max(id) FROM releases") ?? 0, db)
        try db.execute(sql: "CREATE INDEX releasesByPackage ON releases (package)")
    }

    private func holdRoom(forIndexOf releases: Int = 0, _ db: Database) throws {
        let packages = try Int.fetchOne(db.cachedStatement(sql: "SELECT max(id) FROM packages")) ?? 0
        try room.hold(packages: packages, bytes: opened.bytes, growth: releases * Self.indexed)
    }
}
