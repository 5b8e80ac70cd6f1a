import GRDB
import PackageMining

/// The statements that add what an entry tells.
///
/// Most entries, all of a registry that tells no more in its list, have a name, a version and a place only: to bind
/// what they do not tell takes a twentieth of a listing's processor time.
struct EntryInserts {
    private let plainPackage: RawStatement
    private let package: RawStatement
    private let plainRelease: RawStatement
    private let release: RawStatement

    init(_ db: Database) throws {
        plainPackage = try RawStatement(
            db, "INSERT INTO packages (version, place, id, name) VALUES (?, ?, ?, ?)")
        package = try RawStatement(
            db,
            """
            INSERT INTO packages (version, place, homepage, repository, isWithdrawn, id, name, key, spelledAt)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        plainRelease = try RawStatement(db, "INSERT INTO releases (version, place, package) VALUES (?, ?, ?)")
        release = try RawStatement(
            db,
            """
            INSERT INTO releases (version, place, homepage, repository, isWithdrawn, package)
            VALUES (?, ?, ?, ?, ?, ?)
            """)
    }

    /// Adds a package under its row, with the release that it is first met with.
    func addPackage(_ entry: Page.Bytes, row: UInt32) throws {
        if entry.isPlain { return try add(entry, row: row) }
        package.bind(entry, from: 1)
        package.bind(Int64(row), at: 6)
        package.bind(entry.name, at: 7)
        if entry.hasOwnKey { package.bind(entry.key, at: 8) } else { package.bindNull(at: 8) }
        if entry.hasOwnKey { package.bind(entry.place, at: 9) } else { package.bindNull(at: 9) }
        try package.write()
    }

    /// Adds another release of a package.
    func addRelease(_ entry: Page.Bytes, of package: UInt32) throws {
        let (statement, next): (RawStatement, Int32) = entry.isPlain ? (plainRelease, 3) : (release, 6)
        if entry.isPlain { statement.bindPlain(entry) } else { statement.bind(entry, from: 1) }
        statement.bind(Int64(package), at: next)
        try statement.write()
    }

    private func add(_ entry: Page.Bytes, row: UInt32) throws {
        plainPackage.bindPlain(entry)
        plainPackage.bind(Int64(row), at: 3)
        plainPackage.bind(entry.name, at: 4)
        try plainPackage.write()
    }
}

extension Page.Bytes {
    fileprivate var isPlain: Bool { homepage.isEmpty && repository.isEmpty && !isWithdrawn && !hasOwnKey }
}

extension RawStatement {
    fileprivate func bindPlain(_ entry: Page.Bytes) {
        bind(entry.version, at: 1)
        bind(entry.place, at: 2)
    }
}
