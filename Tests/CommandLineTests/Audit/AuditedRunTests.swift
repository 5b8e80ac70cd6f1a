import Foundation
import MachineTools
import MinerTestKit
import TestDatabase
import Testing

@Suite("pkgmine go --audit, and --list-from checksum-database")
struct AuditedRunTests {
    /// A run of `pkgmine go` whose index tells of the same modules as the database.
    private func mine(
        records: Int, indexed: Int? = nil,
        _ body: (TestDatabase, LoopbackServer, Scratch, [String]) async throws -> Void
    ) async throws {
        let database = TestDatabase(records: records)
        let entries = TestDatabase.paths(indexed ?? records).enumerated().map { index, path in
            let time = "2020-01-01T00:00:\(10 + index).5Z"
            return (time, #"{"Path":"\#(path)","Version":"v1.0.0","Timestamp":"\#(time)"}"# + "\n")
        }
        try await database.serve(others: { request in
            let since = request.query("since") ?? ""
            return LoopbackAnswer(200, body: Array(entries.filter { $0.0 >= since }.map(\.1).joined().utf8))
        }) { server in
            let folder = try Scratch()
            let arguments = [
                "go", "-o", folder.path, "--index-url", server.baseURL + "/index", "--sumdb",
                database.setting(at: server),
                "--no-resolve", "--progress", "none",
            ]
            try await body(database, server, folder, arguments)
        }
    }

    @Test("pkgmine go --audit publishes the list and what the audit found; manifest and stderr tell both")
    func audits() async throws {
        try await mine(records: 40, indexed: 38) { database, _, folder, arguments in
            let outcome = try await Tool.pkgmine.run(arguments + ["--audit"])
            #expect(outcome.status == 75, "\(outcome.errors)")
            #expect(outcome.errors.contains("the checksum database is proven whole: 40 records\n"))
            #expect(outcome.errors.contains("38 names in both\n2 only in checksum database\n0 only in list\n"))
            #expect(try folder.text("Go.csv").split(separator: "\n").count == 39)
            #expect(try folder.text("Go.audit.csv").split(separator: "\n").count == 3)
            let manifest = try folder.text("datapackage.json")
            for part in [
                "\"records\" : 40", "\"root\" : \"\(database.root())\"", "\"onlyInWitness\" : 2", "\"onlyInList\" : 0",
                "\"name\" : \"go-audit\"", "\"key\" : \"sum.test+c7fe060c\"",
            ] { #expect(manifest.contains(part), "\(part)") }
        }
    }

    @Test("a trial is not audited: the first modules are not all")
    func refusesTrials() async throws {
        let outcome = try await Tool.pkgmine.run(["go", "--audit", "--limit", "3"])
        #expect(outcome.status == 64)
        #expect(outcome.errors.hasPrefix("Error: --limit and --audit exclude each other: the first"))
    }

    @Test("pkgmine go --audit publishes nothing where a proof does not hold, and the list where a tile is withheld")
    func publishes() async throws {
        try await mine(records: 40) { database, _, folder, arguments in
            database.tamper("tile/8/data/000.p/40")
            let tampered = try await Tool.pkgmine.run(arguments + ["--audit"])
            #expect(tampered.status == 1)
            #expect(tampered.errors.contains("tile/8/data/000.p/40"))
            #expect(!folder.exists("Go.csv") && !folder.exists("Go.audit.csv"))
            database.answer("tile/8/data/000.p/40", with: .text(404, "no"))
            #expect(try await Tool.pkgmine.run(arguments + ["--audit"]).status == 75)
            #expect(folder.exists("Go.csv") && !folder.exists("Go.audit.csv"))
            database.answer("tile/8/data/000.p/40", with: nil)
            let whole = try await Tool.pkgmine.run(arguments + ["--audit"])
            #expect(whole.status == 0, "\(whole.errors)")
            #expect(!folder.exists("Go.audit.csv"))
        }
    }

    @Test("lists from the database, in the order of its records, and goes on where it has grown")
    func listsFromDatabase() async throws {
        try await mine(records: 70_000) { database, server, folder, arguments in
            let listing = arguments + ["--list-from", "checksum-database"]
            let outcome = try await Tool.pkgmine.run(listing)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(try folder.text("Go.csv") == list(TestDatabase.paths(70_000)))
            database.grow(["new.test/Module v1.0.0 h1:x\nnew.test/Module v1.0.0/go.mod h1:x\n"])
            server.journal.reset()
            #expect(try await Tool.pkgmine.run(listing + ["--audit"]).status == 0)
            #expect(try folder.text("Go.csv") == list(TestDatabase.paths(70_000) + ["new.test/Module"]))
            #expect(server.journal.counts["/sum/tile/8/data/273.p/113"] == 1, "one walk serves both")
            let other = try await Tool.pkgmine.run(arguments)
            #expect(other.status == 1)
            #expect(other.errors.contains("this folder holds another list"))
        }
    }

    @Test(
        "a trial lists the first modules; a tile that is not right ends it with 1, and one that is withheld with 75, named"
    )
    func triesAndRefuses() async throws {
        try await mine(records: 5_000) { database, server, folder, arguments in
            let listing = arguments + ["--list-from", "checksum-database"]
            #expect(try await Tool.pkgmine.run(listing + ["--limit", "10"]).status == 0)
            #expect(try folder.text("Go.csv") == list(Array(TestDatabase.paths(10))))
            // The list that is there stays, and no package gets an ID that it would not have had.
            let trial = try folder.text("Go.csv")
            for tile in ["017", "019.p/136"] { database.answer("tile/8/data/\(tile)", with: .text(404, "no")) }
            for count in [2, 2, 1] {
                if count == 1 { database.answer("tile/8/data/017", with: nil) }
                let withheld = try await Tool.pkgmine.run(listing)
                #expect(withheld.status == 75)
                let parts = count == 1 ? "1 part" : "2 parts"
                #expect(
                    withheld.errors.hasPrefix("error: \(parts) of the list could not be had\n"), "\(withheld.errors)")
                #expect(withheld.errors.contains("/sum/tile/8/data/017: absent: status 404") == (count == 2))
                #expect(withheld.errors.contains("/sum/tile/8/data/019.p/136: absent: status 404"))
                #expect(try folder.text("Go.csv") == trial)
            }
            database.answer("tile/8/data/019.p/136", with: nil)
            database.tamper("tile/8/data/019.p/136")
            let tampered = try await Tool.pkgmine.run(listing)
            #expect(tampered.status == 1)
            #expect(tampered.errors.contains("the proof does not hold"))
            database.answer("tile/8/data/019.p/136", with: nil)
            server.journal.reset()
            #expect(try await Tool.pkgmine.run(listing).status == 0)
            #expect(try folder.text("Go.csv") == list(TestDatabase.paths(5_000)))
            #expect(server.journal.requests(where: { $0.contains("/data/") }) == 1)
        }
    }

    private func list(_ names: [String]) -> String {
        "Package ID,Platform,Name,Homepage,Repository\n"
            + names.enumerated().map { "\($0.offset + 1),Go,\($0.element),nan,nan\n" }.joined()
    }
}
