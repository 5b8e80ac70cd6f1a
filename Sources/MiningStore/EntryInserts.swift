import GRDB
import PackageMining

/// Adds what entries tell.
///
/// Most entries, all of a registry that tells no more in its list, have a name, a version and a place only. They are
/// added many at a time: to run a statement costs as much as three rows.
struct EntryInserts {
    private var plainPackages: RowInserts
    private var plainReleases: RowInserts
    private let package: RawStatement
    private let release: RawStatement

    private static let plainPackage = RowInserts.SQL("packages (version, place, id, name)")
    private static let plainRelease = RowInserts.SQL("releases (version, place, package)")

    /// - Parameter gathers: whether rows may wait for others until `flush`.
    init(_ db: Database, gathers: Bool) throws {
        plainPackages = try RowInserts(Self.plainPackage, gathers: gathers, db)
        plainReleases = try RowInserts(Self.plainRelease, gathers: gathers, db)
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
    mutating func addPackage(_ entry: Page.Bytes, row: UInt32) throws {
        if entry.isPlain { return try plainPackages.add(entry, row) }
        try flush()
        package.bind(entry, from: 1)
        package.bind(Int64(row), at: 6)
        package.bind(entry.name, at: 7)
        if entry.hasOwnKey { package.bind(entry.key, at: 8) } else { package.bindNull(at: 8) }
        if entry.hasOwnKey { package.bind(entry.place, at: 9) } else { package.bindNull(at: 9) }
        try package.write()
    }

    /// Adds another release of a package.
    mutating func addRelease(_ entry: Page.Bytes, of package: UInt32) throws {
        if entry.isPlain { return try plainReleases.add(entry, package) }
        try flush()
        release.bind(entry, from: 1)
        release.bind(Int64(package), at: 6)
        try release.write()
    }

    /// Adds the rows that wait.
    mutating func flush() throws {
        try plainPackages.flush()
        try plainReleases.flush()
    }
}

/// Rows of one table that wait until there are enough of them for one statement.
private struct RowInserts {
    /// More gain little.
    private static let most = 64

    /// Put together once.
    struct SQL {
        let columns: Int
        let one: String
        let many: String

        /// - Parameter table: its name and, in parentheses, its columns: version, place, a row and, if wanted, the name.
        init(_ table: String) {
            columns = table.split(separator: ",").count
            let row = "(" + Array(repeating: "?", count: columns).joined(separator: ", ") + ")"
            let rows = Array(repeating: row, count: RowInserts.most).joined(separator: ", ")
            one = "INSERT INTO \(table) VALUES \(row)"
            many = "INSERT INTO \(table) VALUES \(rows)"
        }
    }

    private let one: RawStatement
    private let many: RawStatement
    private let columns: Int
    private let enough: Int
    private var waiting: [(entry: Page.Bytes, row: UInt32)] = []

    init(_ sql: SQL, gathers: Bool, _ db: Database) throws {
        columns = sql.columns
        enough = gathers ? Self.most : 1
        one = try RawStatement(db, sql.one)
        many = try RawStatement(db, sql.many)
    }

    mutating func add(_ entry: Page.Bytes, _ row: UInt32) throws {
        waiting.append((entry, row))
        if waiting.count == enough { try flush() }
    }

    mutating func flush() throws {
        let isFull = waiting.count == Self.most
        for (index, row) in waiting.enumerated() {
            let statement = isFull ? many : one
            bind(row.entry, row.row, to: statement, from: Int32(isFull ? index * columns : 0) + 1)
            if !isFull { try statement.write() }
        }
        if isFull { try many.write() }
        waiting.removeAll(keepingCapacity: true)
    }

    private func bind(_ entry: Page.Bytes, _ row: UInt32, to statement: RawStatement, from index: Int32) {
        statement.bind(entry.version, at: index)
        statement.bind(entry.place, at: index + 1)
        statement.bind(Int64(row), at: index + 2)
        if columns > 3 { statement.bind(entry.name, at: index + 3) }
    }
}

extension Page.Bytes {
    fileprivate var isPlain: Bool { homepage.isEmpty && repository.isEmpty && !isWithdrawn && !hasOwnKey }
}
