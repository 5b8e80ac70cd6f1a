import GRDB
import PackageMining

/// The documents that told the links of outcomes, each in the state that it had: what a look-up asks with the next time.
///
/// Most miners keep none, so that the table is made when the first is kept.
struct KnownDocuments {
    private let statement: RawStatement

    /// - Returns: nil where none were kept.
    init?(_ db: Database) throws {
        guard try db.tableExists("documents") else { return nil }
        statement = try RawStatement(
            db,
            """
            SELECT o.homepage, o.repository, d.url, d.etag, d.lastModified
            FROM documents d JOIN outcomes o ON o.number = d.number WHERE d.number = ?
            """)
    }

    func answer(of package: PackageID) throws -> KnownAnswer? {
        statement.bind(Int64(package.rawValue), at: 1)
        defer { statement.reset() }
        guard try statement.next(),
            let validators = Validators(etag: statement.optionalString(3), lastModified: statement.optionalString(4))
        else { return nil }
        return KnownAnswer(
            homepage: statement.optionalString(0), repository: statement.optionalString(1), url: statement.string(2),
            validators: validators)
    }

    /// For when outcomes get other numbers: asking without it costs no more than an answer that is sent whole.
    static func forget(_ db: Database) throws {
        try db.execute(sql: "DROP TABLE IF EXISTS documents")
    }

    /// A look-up that is not settled and brought no link leaves the document as it leaves the links.
    static func keep(_ outcomes: [LookedUp], _ db: Database) throws {
        let isKept = outcomes.contains { $0.document != nil }
        if isKept {
            try db.execute(
                sql: """
                    CREATE TABLE IF NOT EXISTS documents (
                        number INTEGER PRIMARY KEY, url TEXT NOT NULL, etag TEXT, lastModified TEXT)
                    """)
        }
        guard try isKept || db.tableExists("documents") else { return }
        let insert = try db.cachedStatement(sql: "INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?)")
        let delete = try db.cachedStatement(sql: "DELETE FROM documents WHERE number = ?")
        for outcome in outcomes where outcome.bringsLinks {
            let number = outcome.package.rawValue
            guard let document = outcome.document else {
                try delete.execute(arguments: [number])
                continue
            }
            let validators = document.validators
            try insert.execute(arguments: [number, document.url, validators.etag, validators.lastModified])
        }
    }
}

extension LookedUp {
    /// Whether the links of an earlier look-up give way to these.
    fileprivate var bringsLinks: Bool {
        resolution.outcome.isSettled || resolution.homepage != nil || resolution.repository != nil
    }
}
