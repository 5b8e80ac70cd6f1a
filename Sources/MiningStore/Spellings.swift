import GRDB
import PackageMining

/// Under which of its spellings a package is listed that has several: that of the latest place, whatever arrived first,
/// and where places are equal the greatest by its UTF-8, or in a snapshot the one that was told now.
struct Spellings {
    private let statement: RawStatement

    init(inSnapshot: Bool, _ db: Database) throws {
        statement = try RawStatement(
            db,
            """
            UPDATE packages SET name = ?2, spelledAt = ?3
            WHERE id = ?1 AND (spelledAt < ?3 OR spelledAt = ?3 AND name \(inSnapshot ? "<>" : "<") ?2)
            """)
    }

    func note(_ entry: Page.Bytes, of package: UInt32) throws {
        statement.bind(Int64(package), at: 1)
        statement.bind(entry.name, at: 2)
        statement.bind(entry.place, at: 3)
        try statement.write()
    }
}
