import Foundation
import MachineTools
import MinerTestKit
import TestDatabase
import Testing

@Suite("pkgmine audit go")
struct AuditTests {
    private static let inDatabase =
        "one or more of the 700 records of the checksum database name it, and the list does not"

    @Test(
        "a list with the same modules ends with 0, with the count, the root and no file",
        arguments: [1, 256, 257, 5_000])
    func isWhole(records: Int) async throws {
        try await AuditRun.with(records: records) { run in
            let outcome = try await run.audit()
            #expect(outcome.status == 0)
            #expect(outcome.output == "")
            #expect(
                outcome.errors == """
                    the checksum database is proven whole: \(records.formatted(.number.locale(Locale(identifier: "en_US")))) records
                      key: sum.test+c7fe060c
                      root: \(run.database.root())
                    \(TestDatabase.paths(records).count) names in both
                    0 only in checksum database
                    0 only in list

                    """)
            #expect(try run.differences == [])
            #expect(run.dataTiles.count == (records + 255) / 256)
        }
    }

    @Test("differences end with 75 and are named, by kind and name, until they are no more")
    func differs() async throws {
        try await AuditRun.with(records: 700, missing: 2, more: ["b.test/\"x\"", "a.test/\u{E9}", "a.test/e\u{301}"]) {
            run in
            let outcome = try await run.audit()
            #expect(outcome.status == 75)
            #expect(outcome.output == run.folder.path + "/Go.audit.csv\n")
            #expect(outcome.errors.contains("2 only in checksum database\n3 only in list\n"))
            let missing = TestDatabase.paths(700).prefix(2).sorted()
            #expect(
                try run.differences
                    == ["Kind,Name,Detail"]
                    + missing.map { "only in checksum database,\($0),\"\(Self.inDatabase)\"" }
                    + ["a.test/e\u{301}", "a.test/\u{E9}", "\"b.test/\"\"x\"\"\""].map {
                        "only in list,\($0),none of the 700 records of the checksum database names it"
                    })
            try run.list(TestDatabase.paths(700))
            run.server.journal.reset()
            #expect(try await run.audit().status == 0)
            #expect(try run.differences == [])
            #expect(run.server.journal.requests == 1, "of a database that has nothing new only the head is asked for")
        }
    }

    @Test("the manifest tells records, root and both differences, of a list that was made elsewhere too")
    func tellsInManifest() async throws {
        try await AuditRun.with(records: 700, missing: 2, more: ["x.test"]) { run in
            #expect(try await run.audit().status == 75)
            let manifest = try run.folder.text("datapackage.json")
            for part in [
                "\"records\" : 700", "\"root\" : \"\(run.database.root())\"", "\"onlyInWitness\" : 2",
                "\"onlyInList\" : 1", "\"path\" : \"Go.csv\"", "\"path\" : \"Go.audit.csv\"", "\"rows\" : 699",
            ] { #expect(manifest.contains(part), "\(part)") }
            let packed = gzip(Array(try Data(contentsOf: run.folder.url.appending(path: "Go.csv"))))
            try Data(packed).write(to: run.folder.url.appending(path: "Go.csv.gz"))
            #expect(try await run.audit(["-f", "Go.csv.gz"]).status == 75)
            let other = try run.folder.text("datapackage.json")
            for part in ["\"compression\" : \"gz\"", "\"path\" : \"Go.csv.gz\"", "\"primaryKey\" : \"Package ID\""] {
                #expect(other.contains(part), "\(part)")
            }
        }
    }

    @Test("names of the database stand in the file as they are, quoted, whatever they are")
    func quotesNames() async throws {
        try await AuditRun.with(records: 3) { run in
            run.database.grow(["a.test/\"x\",\u{202E} v1.0.0 h1:x\n", "=1+1 v1.0.0 h1:x\n"])
            #expect(try await run.audit().status == 75)
            let detail = "\"\(Self.inDatabase.replacing("700", with: "5"))\""
            let found = try run.differences
            #expect(
                found == [
                    "Kind,Name,Detail", "only in checksum database,=1+1,\(detail)",
                    "only in checksum database,\"a.test/\"\"x\"\",\u{202E}\",\(detail)",
                ])
        }
    }

    @Test("a tile that was tampered with ends with 1, named; all others are kept, and an honest database is right")
    func refusesTampering() async throws {
        try await AuditRun.with(records: 1_300, more: ["x.test"]) { run in
            try Data("old\n".utf8).write(to: run.folder.url.appending(path: "Go.audit.csv"))
            run.database.tamper("tile/8/data/002")
            let outcome = try await run.audit()
            #expect(outcome.status == 1)
            #expect(
                outcome.errors.hasPrefix(
                    "error: the proof does not hold\n  at: \(run.server.baseURL)/sum/tile/8/data/002\n"))
            #expect(outcome.errors.contains("the records of tile/8/data/002 do not have the hash that the tree has"))
            #expect(try run.differences == ["old"], "nothing is published")
            run.server.journal.reset()
            run.database.answer("tile/8/data/002", with: nil)
            #expect(try await run.audit().status == 75)
            #expect(run.dataTiles == ["002"])
            #expect(try run.differences.count == 2)
        }
    }

    @Test(
        "a tile that is withheld ends with 75, named, and no row says what is not known",
        arguments: [404, 403, 500])
    func tellsWithheld(status: Int) async throws {
        try await AuditRun.with(records: 1_300, missing: 1, more: ["x.test"]) { run in
            run.database.answer("tile/8/data/004", with: .text(status, "no"))
            let outcome = try await run.audit()
            #expect(outcome.status == 75)
            #expect(outcome.errors.contains("1 tiles of the checksum database could not be had"))
            #expect(outcome.errors.contains("\(run.server.baseURL)/sum/tile/8/data/004: "))
            #expect(outcome.errors.contains("what is only in the list cannot be told"))
            #expect(try run.differences.map { $0.prefix(14) } == ["Kind,Name,Deta", "only in checks"])
            run.server.journal.reset()
            run.database.answer("tile/8/data/004", with: nil)
            #expect(try await run.audit().status == 75)
            #expect(run.dataTiles == ["004"])
            #expect(
                try run.differences.map { $0.prefix(14) } == ["Kind,Name,Deta", "only in checks", "only in list,x"])
        }
    }

    @Test(
        "a database that forks, shrinks or is signed by others ends with 1 and both heads, and asks for no tile of data"
    )
    func refusesForks() async throws {
        try await AuditRun.with(records: 700) { run in
            #expect(try await run.audit().status == 0)
            let root = run.database.root()
            for size in [600, 700, 900] {
                run.database.rewrite { _ in ["fork.test v1.0.0 h1:x\n"] + TestDatabase.records(1..<size) }
                run.server.journal.reset()
                let outcome = try await run.audit()
                #expect(outcome.status == 1)
                #expect(
                    outcome.errors.contains("it was of 700 records with the root \(root), and is of \(size) records"))
                #expect(run.dataTiles == [])
            }
            run.database.rewrite { _ in TestDatabase.records(0..<900) }
            run.database.tell(head: run.database.head().replacing("\n900\n", with: "\n901\n"))
            let outcome = try await run.audit()
            #expect(outcome.status == 1)
            #expect(
                outcome.errors.contains(
                    "/sum/latest\n  because: the note's signature by sum.test+c7fe060c is not right"))
            run.database.tell(head: nil)
            try run.list(TestDatabase.paths(900))
            run.server.journal.reset()
            #expect(try await run.audit().status == 0)
            #expect(run.dataTiles == ["002", "003.p/132"])
        }
    }

    @Test("without a list it ends with 1 and asks nobody; without a usable key it is wrong usage")
    func refusesUse() async throws {
        try await AuditRun.with(records: 3) { run in
            try FileManager.default.removeItem(at: run.folder.url.appending(path: "Go.csv"))
            let outcome = try await run.audit()
            #expect(outcome.status == 1)
            #expect(outcome.errors.hasPrefix("error: there is no list to audit\n"))
            let wrong = try await Tool.pkgmine.run(["audit", "go", "-o", run.folder.path, "--sumdb", "sum.test+1+x"])
            #expect(wrong.status == 64)
            #expect(wrong.errors.contains("--sumdb cannot be used: the key's hash is not eight hexadecimal digits"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: run.folder.path) == [])
            #expect(run.server.journal.requests == 0)
        }
    }

    @Test("a recorded audit replays to the same bytes, and answers from nowhere else")
    func replays() async throws {
        try await AuditRun.with(records: 700, missing: 1) { run in
            let (recording, other) = (try Scratch(), try Scratch())
            try await run.audit(["--record", recording.path])
            try Data(contentsOf: run.folder.url.appending(path: "Go.csv"))
                .write(to: other.url.appending(path: "Go.csv"))
            run.server.goDown()
            let replayed = try await Tool.pkgmine.run([
                "audit", "go", "-o", other.path, "--sumdb", run.database.setting(at: run.server), "--replay",
                recording.path, "--progress", "none",
            ])
            #expect(replayed.status == 75, "\(replayed.errors)")
            #expect(try other.text("Go.audit.csv") == run.folder.text("Go.audit.csv"))
        }
    }

    @Test("kill -9 at any request ends with the same bytes, and asks for no tile again that was stored")
    func survivesKills() async throws {
        let wire = Tripwire()
        var slow = Misbehaviour.none
        slow.latency = .milliseconds(2)
        try await AuditRun.with(records: 12_000, missing: 3, misbehaving: slow, asked: { wire.asked() }) { run in
            #expect(try await run.audit().status == 75)
            let (whole, files) = (try run.differences, try Kills.files(in: run.folder))
            var random = Kills.random("audit")
            for _ in 0..<(Kills.wanted / 4) {
                try FileManager.default.removeItem(at: run.folder.url.appending(path: ".pkgmine"))
                try FileManager.default.removeItem(at: run.folder.url.appending(path: "Go.audit.csv"))
                run.server.journal.reset()
                var kills = 0
                while true {
                    let bomb = Trigger(SIGKILL, at: .random(in: 1...40, using: &random))
                    wire.set(bomb)
                    let outcome = try await run.audit(started: { bomb.started($0) })
                    bomb.disarm()
                    if outcome.status == 75 { break }
                    try #require(outcome.status == 1_000 + SIGKILL, "\(outcome.errors)")
                    kills += 1
                }
                #expect(try run.differences == whole)
                #expect(try Kills.files(in: run.folder) == files)
                #expect(Set(run.dataTiles).count == 47)
                // What was in flight, sixteen at once.
                #expect(run.dataTiles.count - 47 <= 16 * kills)
            }
        }
    }

    @Test("a tile that was tampered with before a kill is found behind it, and an honest database is right then")
    func findsBehindKill() async throws {
        let wire = Tripwire()
        var slow = Misbehaviour.none
        slow.latency = .milliseconds(2)
        try await AuditRun.with(records: 12_000, misbehaving: slow, asked: { wire.asked() }) { run in
            run.database.tamper("tile/8/data/020")
            // The first sixteen tiles are stored by then, and it has been asked for.
            let bomb = Trigger(SIGKILL, at: 30)
            wire.set(bomb)
            let killed = try await run.audit(started: { bomb.started($0) })
            bomb.disarm()
            try #require(killed.status == 1_000 + SIGKILL, "\(killed.errors)")
            let found = try await run.audit()
            #expect(found.status == 1)
            #expect(found.errors.contains("\n  at: \(run.server.baseURL)/sum/tile/8/data/020\n"), "\(found.errors)")
            run.database.answer("tile/8/data/020", with: nil)
            run.server.journal.reset()
            #expect(try await run.audit().status == 0)
            #expect(run.dataTiles == ["020"])
        }
    }

    @Test("`status` tells what the last audit of a list has found")
    func isTold() async throws {
        try await AuditRun.with(records: 700, missing: 2, more: ["x.test"]) { run in
            #expect(try await run.audit().status == 75)
            let told = try await Tool.pkgmine.run(["status", "go", "-o", run.folder.path])
            #expect(told.status == 0, "\(told.errors)")
            let lines = told.output.split(separator: "\n").map(String.init)
            try #require(lines.count == 4, "\(told.output)")
            #expect(lines[0] == "Go: not mined into this folder")
            #expect(lines[1].hasPrefix("  audit       finished 20"))
            #expect(lines[2] == "              700 records of the checksum database, \(run.server.baseURL)/sum")
            #expect(lines[3] == "              2 names only there, 1 only in the list")
        }
    }

    @Test("a registry that fails now and then, in every way, gives the same bytes")
    func survivesFaults() async throws {
        let slow: [Fault] = [
            .silence, .trickle, .throttledAbsurdly, .hugeBody, .gzipBomb, .redirectLoop, .redirectToHTTP,
            .redirectToFile,
        ]
        let faults = Fault.allCases.filter { !slow.contains($0) }
        try await AuditRun.with(
            records: 20_000, missing: 2, misbehaving: .share(0.05, of: faults, seed: 9)
        ) { run in
            for _ in 0..<3 { try await run.audit() }
            #expect(try run.differences.count == 3)
        }
    }
}
