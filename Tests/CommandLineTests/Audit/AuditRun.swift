import Foundation
import MachineTools
import MinerTestKit
import TestDatabase

/// A list in a folder, and a checksum database that it is held against.
struct AuditRun {
    let database: TestDatabase
    let server: LoopbackServer
    let folder: Scratch

    /// Serves a database of so many records, and lists all its modules but the first `missing` ones.
    static func with(
        records: Int, missing: Int = 0, more: [String] = [], misbehaving: Misbehaviour = .none,
        asked: @escaping @Sendable () -> Void = {}, body: (AuditRun) async throws -> Void
    ) async throws {
        let database = TestDatabase(records: records)
        try await database.serve(misbehaving: misbehaving, asked: asked) { server in
            let run = AuditRun(database: database, server: server, folder: try Scratch())
            try run.list(Array(TestDatabase.paths(records).dropFirst(missing)) + more)
            try await body(run)
        }
    }

    /// Writes the list.
    func list(_ names: [String]) throws {
        let rows = names.enumerated().map { "\($0.offset + 1),Go,\(quoted($0.element)),nan,nan\n" }
        let text = "Package ID,Platform,Name,Homepage,Repository\n" + rows.joined()
        try Data(text.utf8).write(to: folder.url.appending(path: "Go.csv"))
    }

    private func quoted(_ name: String) -> String {
        name.contains("\"") ? "\"\(name.replacing("\"", with: "\"\""))\"" : name
    }

    func arguments(_ more: [String] = []) -> [String] {
        ["audit", "go", "-o", folder.path, "--sumdb", database.setting(at: server), "--progress", "none"] + more
    }

    @discardableResult
    func audit(_ more: [String] = [], started: (@Sendable (Int32) -> Void)? = nil) async throws -> Tool.Outcome {
        try await Tool.pkgmine.run(arguments(more), started: started)
    }

    /// The data tiles that were asked for since the journal was begun, each as often as it was.
    var dataTiles: [String] {
        server.journal.counts.filter { $0.key.contains("/data/") }
            .flatMap { Array(repeating: String($0.key.dropFirst("/sum/tile/8/data/".count)), count: $0.value) }.sorted()
    }

    var differences: [String] {
        get throws {
            folder.exists("Go.audit.csv")
                ? try folder.text("Go.audit.csv").split(separator: "\n").map(String.init) : []
        }
    }
}
