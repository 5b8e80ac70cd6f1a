import Foundation
import GRDB
import PackageMining

/// The state's file is there and empty: the run that made it was killed at once.
public struct StateNotBegun: Error {}

extension StateFiles {
    /// Reads a state without disturbing a run that works on it.
    ///
    /// - Throws: `StateError`, `StateNotBegun`
    static func read<Value: Sendable>(
        _ file: URL, _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        do {
            return try await read(path: file.path, body)
        } catch let error as DatabaseError where mayBeImmutable(file, error) {
            return try await explained(file) { try await read(path: immutableURI(of: file), body) }
        } catch let error as DatabaseError {
            throw StateError(error, file: file.path)
        } catch is RowDecodingError {
            throw StateError(FirstPlaces.damaged, file: file.path)
        }
    }

    private static func read<Value: Sendable>(
        path: String, _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        var configuration = Configuration()
        configuration.readonly = true
        return try await DatabaseQueue(path: path, configuration: configuration).read { db in
            let format = try Int32.fetchOne(db, sql: "PRAGMA user_version")
            if format == 0, try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") == 0 {
                throw StateNotBegun()
            }
            guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == Schema.applicationID else {
                throw DatabaseError(resultCode: .SQLITE_NOTADB, message: "it is a database of another program")
            }
            try Schema.hold(format ?? 0, in: path)
            return try body(db)
        }
    }

    private static func explained<Value>(_ file: URL, _ body: () async throws -> Value) async throws -> Value {
        do { return try await body() } catch let error as DatabaseError { throw StateError(error, file: file.path) }
    }

    /// In a folder that cannot be written SQLite reads a state only when it is told that nobody changes it
    /// (https://sqlite.org/wal.html#read_only_databases), which is so where nobody can and no log waits.
    private static func mayBeImmutable(_ file: URL, _ error: DatabaseError) -> Bool {
        let cannot: [ResultCode] = [.SQLITE_CANTOPEN, .SQLITE_READONLY]
        guard cannot.contains(error.resultCode) else { return false }
        let log = file.path + "-wal"
        return access(file.deletingLastPathComponent().path, W_OK) != 0
            && !FileManager.default.fileExists(atPath: log)
    }

    private static func immutableURI(of file: URL) -> String {
        let allowed = CharacterSet.urlPathAllowed.subtracting(CharacterSet(charactersIn: "?#%"))
        let path = file.path.addingPercentEncoding(withAllowedCharacters: allowed) ?? file.path
        return "file:\(path)?immutable=1"
    }
}
