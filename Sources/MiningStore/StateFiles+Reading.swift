import Foundation
import GRDB

extension StateFiles {
    /// Reads a state without disturbing a run that works on it.
    ///
    /// - Throws: `StateError`
    static func read<Value: Sendable>(
        _ file: URL, _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        do {
            var configuration = Configuration()
            configuration.readonly = true
            return try await DatabaseQueue(path: file.path, configuration: configuration).read { db in
                guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == Schema.applicationID else {
                    throw DatabaseError(resultCode: .SQLITE_NOTADB, message: "it is a database of another program")
                }
                try Schema.hold(Int32.fetchOne(db, sql: "PRAGMA user_version") ?? 0, in: file.path)
                return try body(db)
            }
        } catch let error as DatabaseError {
            throw StateError(error, file: file.path)
        }
    }
}
