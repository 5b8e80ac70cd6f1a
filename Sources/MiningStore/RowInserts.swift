import GRDB

/// Rows of one table that wait until there are enough of them for one statement: to run a statement costs as much as
/// three rows.
struct RowInserts<Row> {
    typealias Bind = (_ row: Row, _ statement: RawStatement, _ firstColumn: Int32) -> Void

    private let one: RawStatement
    private let many: RawStatement
    private let columns: Int
    private let enough: Int
    private let bind: Bind
    private var waiting: [Row] = []

    /// - Parameters:
    ///   - gathers: whether rows may wait for others until `flush`. What they point to has to live as long.
    ///   - bind: binds the columns of a row, from the first one on.
    init(_ sql: RowSQL, gathers: Bool = true, _ db: Database, bind: @escaping Bind) throws {
        one = try RawStatement(db, sql.one)
        many = try RawStatement(db, sql.many)
        columns = sql.columns
        enough = gathers ? RowSQL.most : 1
        self.bind = bind
    }

    mutating func add(_ row: Row) throws {
        waiting.append(row)
        if waiting.count == enough { try flush() }
    }

    /// Inserts the rows that wait.
    mutating func flush() throws {
        let isFull = waiting.count == RowSQL.most
        for (index, row) in waiting.enumerated() {
            bind(row, isFull ? many : one, Int32(isFull ? index * columns : 0) + 1)
            if !isFull { try one.write() }
        }
        if isFull { try many.write() }
        waiting.removeAll(keepingCapacity: true)
    }
}

/// The statements for one row of a table and for many. Put together once a table.
struct RowSQL {
    /// More gain little.
    fileprivate static let most = 64

    fileprivate let columns: Int
    fileprivate let one: String
    fileprivate let many: String

    /// - Parameter table: its name and, in parentheses, its columns.
    init(into table: String) {
        columns = table.split(separator: ",").count
        let row = "(" + Array(repeating: "?", count: columns).joined(separator: ", ") + ")"
        let rows = Array(repeating: row, count: Self.most).joined(separator: ", ")
        one = "INSERT INTO \(table) VALUES \(row)"
        many = "INSERT INTO \(table) VALUES \(rows)"
    }
}
