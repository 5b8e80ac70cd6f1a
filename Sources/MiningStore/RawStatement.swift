import GRDB
import GRDBSQLite
import PackageMining

/// A prepared statement whose texts are bound and read as bytes, without a string in between.
///
/// GRDB prepares, caches and owns the statement, and holds the transaction around it; this file alone touches
/// SQLite's own pointers. Texts are bound as they lie in memory and have to lie there until the row is written; they may
/// hold NUL and are bound with their length.
struct RawStatement {
    private let handle: OpaquePointer
    private let statement: Statement

    init(_ db: Database, _ sql: String) throws {
        statement = try db.cachedStatement(sql: sql)
        handle = statement.sqliteStatement
        sqlite3_reset(handle)
    }

    func bind(_ value: Int64, at index: Int32) {
        sqlite3_bind_int64(handle, index, value)
    }

    func bindReal(_ value: Double, at index: Int32) {
        sqlite3_bind_double(handle, index, value)
    }

    func bind(_ text: UnsafeRawBufferPointer, at index: Int32) {
        // An empty buffer may have no address, which SQLite would take for NULL.
        let empty: StaticString = ""
        let address = text.baseAddress ?? UnsafeRawPointer(empty.utf8Start)
        sqlite3_bind_text(handle, index, address.assumingMemoryBound(to: CChar.self), Int32(text.count), nil)
    }

    /// Binds bytes, whatever they are.
    func bindBlob(_ bytes: UnsafeRawBufferPointer, at index: Int32) {
        // An empty buffer may have no address, which SQLite would take for NULL.
        let empty: StaticString = ""
        sqlite3_bind_blob(
            handle, index, bytes.baseAddress ?? UnsafeRawPointer(empty.utf8Start), Int32(bytes.count), nil)
    }

    /// Binds bytes that need not lie there any longer when the row is written.
    func bindCopied(_ bytes: UnsafeRawBufferPointer, at index: Int32) {
        let isCopied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        sqlite3_bind_blob(handle, index, bytes.baseAddress, Int32(bytes.count), isCopied)
    }

    /// Binds a text that is NULL when it is empty.
    func bindOptional(_ text: UnsafeRawBufferPointer, at index: Int32) {
        if text.isEmpty { bindNull(at: index) } else { bind(text, at: index) }
    }

    func bindNull(at index: Int32) {
        sqlite3_bind_null(handle, index)
    }

    /// Writes the row that is bound.
    func write() throws {
        let code = sqlite3_step(handle)
        let failure = code == SQLITE_DONE ? nil : error(code)
        sqlite3_reset(handle)
        if let failure { throw failure }
    }

    /// Moves to the next row; false behind the last one.
    func next() throws -> Bool {
        let code = sqlite3_step(handle)
        if code == SQLITE_ROW { return true }
        let failure = code == SQLITE_DONE ? nil : error(code)
        sqlite3_reset(handle)
        if let failure { throw failure }
        return false
    }

    /// Ends a reading before its last row.
    func reset() {
        sqlite3_reset(handle)
    }

    func int(_ column: Int32) -> Int64 {
        sqlite3_column_int64(handle, column)
    }

    func packageID(_ column: Int32) -> PackageID {
        PackageID(rawValue: Int(int(column)))
    }

    func double(_ column: Int32) -> Double {
        sqlite3_column_double(handle, column)
    }

    func isNull(_ column: Int32) -> Bool {
        sqlite3_column_type(handle, column) == SQLITE_NULL
    }

    func isBlob(_ column: Int32) -> Bool {
        sqlite3_column_type(handle, column) == SQLITE_BLOB
    }

    /// The bytes of a text, valid until the next row; none for NULL.
    func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(
            start: sqlite3_column_blob(handle, column), count: Int(sqlite3_column_bytes(handle, column)))
    }

    func string(_ column: Int32) -> String {
        String(decoding: bytes(column), as: UTF8.self)
    }

    func optionalString(_ column: Int32) -> String? {
        isNull(column) ? nil : string(column)
    }

    private func error(_ code: Int32) -> DatabaseError {
        DatabaseError(
            resultCode: ResultCode(rawValue: code),
            message: sqlite3_db_handle(handle).map { String(cString: sqlite3_errmsg($0)) }, sql: statement.sql)
    }
}

/// Binds the UTF-8 of strings and hands them to SQLite while they live.
package func withBytes<Result>(_ text: String, _ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    var text = text
    return try text.withUTF8 { try body(UnsafeRawBufferPointer($0)) }
}
