import GRDB
import PackageMining

/// Which releases are stored already. Asked in updates, whose overlap brings entries a second time, and in snapshots,
/// which tell all anew.
struct KnownReleases {
    private let first: RawStatement
    private let others: RawStatement?

    init(_ db: Database) throws {
        let isSame = "version = ? AND place = ? AND homepage IS ? AND repository IS ? AND isWithdrawn IS ?"
        first = try RawStatement(db, "SELECT -id FROM packages WHERE id = ? AND \(isSame)")
        others =
            try db.hasReleaseIndex ? RawStatement(db, "SELECT id FROM releases WHERE package = ? AND \(isSame)") : nil
    }

    /// The row of the release that tells the same; below zero it is a package's, with the release that it was first
    /// met with.
    func release(_ entry: Page.Bytes, of package: PackageRow) throws -> Int64? {
        for statement in [first, others] {
            guard let statement else { continue }
            statement.bind(package.number, at: 1)
            statement.bind(entry, from: 2)
            defer { statement.reset() }
            if try statement.next() { return statement.int(0) }
        }
        return nil
    }
}

extension RawStatement {
    /// Binds an entry's version, place, homepage, repository and withdrawal.
    func bind(_ entry: Page.Bytes, from index: Int32) {
        bindVersion(entry.version, at: index)
        bind(entry.place, at: index + 1)
        bindOptional(entry.homepage, at: index + 2)
        bindOptional(entry.repository, at: index + 3)
        if let withdrawal = entry.word.withdrawal { bind(withdrawal, at: index + 4) } else { bindNull(at: index + 4) }
    }
}

extension Database {
    /// Whether releases can be found by their package; see `MiningStore.indexReleases`.
    var hasReleaseIndex: Bool {
        get throws { try indexes(on: "releases").isEmpty == false }
    }
}
