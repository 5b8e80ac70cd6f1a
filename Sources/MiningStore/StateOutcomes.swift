import GRDB
package import PackageMining

extension StateFiles {
    /// How the last look-up of each package ended, by Package ID, read without disturbing a run.
    ///
    /// - Throws: `StateError`, `StateNotBegun`
    package func outcomes() async throws -> [Int: Outcome] {
        try await StateFiles.read(state) { db in
            let rows = try Row.fetchAll(db, sql: "SELECT number, outcome FROM outcomes")
            return try rows.reduce(into: [:]) { outcomes, row in
                outcomes[try row.decode(forColumn: "number")] = Outcome(
                    rawValue: try row.decode(forColumn: "outcome"))
            }
        }
    }
}
