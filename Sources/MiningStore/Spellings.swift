import GRDB
import PackageMining

/// Under which of its spellings a package is listed that has several: that of the latest place, whatever arrived first,
/// and where places are equal the greatest by its UTF-8, or in a snapshot the one that was told now.
struct Spellings {
    private let statements: [RawStatement]

    /// A snapshot may not be taken: it keeps the first spelling that it takes the place of.
    init(inSnapshot: Bool, _ db: Database) throws {
        let isOther = "id = ?1 AND (spelledAt < ?3 OR spelledAt = ?3 AND name \(inSnapshot ? "<>" : "<") ?2)"
        let keep = "INSERT OR IGNORE INTO respelled SELECT id, name, spelledAt FROM packages WHERE \(isOther)"
        let update = "UPDATE packages SET name = ?2, spelledAt = ?3 WHERE \(isOther)"
        if inSnapshot { try Schema.makeSnapshotTables(db) }
        statements = try (inSnapshot ? [keep, update] : [update]).map { try RawStatement(db, $0) }
    }

    func note(_ entry: Page.Bytes, of package: PackageRow) throws {
        for statement in statements {
            statement.bind(package.number, at: 1)
            statement.bind(entry.name, at: 2)
            statement.bind(entry.place, at: 3)
            try statement.write()
        }
    }
}
