import Foundation
import GoRegistryFixture
import MachineTools
import MinerTestKit
import Testing

@Suite("Other tools read what was written")
struct ReaderTests {
    private func mined(_ body: (Scratch, GoRegistry) async throws -> Void) async throws {
        let registry = try GoRegistry.small()
        try await registry.serve { service in
            let folder = try Scratch()
            try await service.mine(folder)
            try await body(folder, registry)
        }
    }

    @Test("Python's csv module", .enabled(if: python != nil, "needs python3"))
    func python3() async throws {
        try await mined { folder, registry in
            let script = """
                import csv, json
                print(json.dumps([row["Name"] for row in csv.DictReader(open("Go.csv", newline="", encoding="utf-8"))]))
                """
            let outcome = try await #require(python).run(["-c", script], in: folder.url)
            let names = try JSONDecoder().decode([String].self, from: Data(outcome.output.utf8))
            #expect(names == registry.expected().map(\.path))
        }
    }

    @Test("sqlite3", .enabled(if: Tool.machine("sqlite3") != nil, "needs sqlite3"))
    func sqlite3() async throws {
        try await mined { folder, registry in
            let query = "SELECT count(*), count(DISTINCT Name), sum(Repository = 'nan') FROM list"
            let outcome = try await #require(Tool.machine("sqlite3")).run(
                [":memory:", "-cmd", ".import --csv Go.csv list", query], in: folder.url)
            let missing = registry.expected().count { $0.repository == nil }
            let count = registry.expected().count
            #expect(outcome.output == "\(count)|\(count)|\(missing)\n")
        }
    }

    @Test("frictionless validate", .enabled(if: pythonHas("frictionless"), "needs the Python package frictionless"))
    func frictionless() async throws {
        try await mined { folder, _ in
            let outcome = try await frictionlessReport(of: folder.url)
            #expect(outcome.output == "True 2 []\n", "\(outcome.errors)")
        }
    }
}
