import GRDB
import PackageMining

/// Adds what entries tell.
///
/// Most entries, all of a registry that tells no more in its list, have a name, a version and a place only, and are
/// added many at a time.
struct EntryInserts {
    private typealias Plain = (entry: Page.Bytes, row: PackageRow)

    private var plainPackages: RowInserts<Plain>
    private var plainReleases: RowInserts<Plain>
    private let package: RawStatement
    private let release: RawStatement

    private static let plainPackage = RowSQL(into: "packages (version, place, id, name)")
    private static let plainRelease = RowSQL(into: "releases (version, place, package)")

    /// - Parameter gathers: whether entries may wait for others until `flush`.
    init(_ db: Database, gathers: Bool) throws {
        plainPackages = try RowInserts(Self.plainPackage, gathers: gathers, db) { plain, statement, column in
            statement.bindPlain(plain.entry, plain.row, from: column)
            statement.bind(plain.entry.name, at: column + 3)
        }
        plainReleases = try RowInserts(Self.plainRelease, gathers: gathers, db) { plain, statement, column in
            statement.bindPlain(plain.entry, plain.row, from: column)
        }
        package = try RawStatement(
            db,
            """
            INSERT INTO packages (version, place, homepage, repository, isWithdrawn, id, name, key, spelledAt)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        release = try RawStatement(
            db,
            """
            INSERT INTO releases (version, place, homepage, repository, isWithdrawn, package)
            VALUES (?, ?, ?, ?, ?, ?)
            """)
    }

    /// Adds a package under its row, with the release that it is first met with.
    mutating func addPackage(_ entry: Page.Bytes, row: PackageRow) throws {
        if entry.isPlain { return try plainPackages.add((entry, row)) }
        try flush()
        package.bind(entry, from: 1)
        package.bind(row.number, at: 6)
        package.bind(entry.name, at: 7)
        if entry.hasOwnKey { package.bind(entry.key, at: 8) } else { package.bindNull(at: 8) }
        if entry.hasOwnKey { package.bind(entry.place, at: 9) } else { package.bindNull(at: 9) }
        try package.write()
    }

    /// Adds another release of a package.
    mutating func addRelease(_ entry: Page.Bytes, of package: PackageRow) throws {
        if entry.isPlain { return try plainReleases.add((entry, package)) }
        try flush()
        release.bind(entry, from: 1)
        release.bind(package.number, at: 6)
        try release.write()
    }

    /// Adds the rows that wait.
    mutating func flush() throws {
        try plainPackages.flush()
        try plainReleases.flush()
    }
}

extension RawStatement {
    fileprivate func bindPlain(_ entry: Page.Bytes, _ row: PackageRow, from column: Int32) {
        bindVersion(entry.version, at: column)
        bind(entry.place, at: column + 1)
        bind(row.number, at: column + 2)
    }
}

extension Page.Bytes {
    fileprivate var isPlain: Bool { homepage.isEmpty && repository.isEmpty && !word.takesBack && !hasOwnKey }
}
