import Foundation
import MachineTools
import MinerTestKit
import Testing

@Suite("pkgmine all")
struct AllTests {
    @Test("makes, byte for byte, the lists that each command makes alone, and names them; again it changes nothing")
    func makesTheSameLists() async throws {
        try await Family.serve { family in
            let expected = try await family.listsOfEach()
            #expect(try expected == Family.expected())
            let folder = try Scratch()
            let first = try await family.mineAll(into: folder)
            #expect(first.status == 0, "\(first.errors)")
            #expect(try Family.lists(in: folder) == expected)
            let paths = Family.ids.map { "\(folder.path)/\(Family.lists[$0] ?? "")\n" }
            #expect(first.output == paths.joined())
            let manifest = try JSONSerialization.jsonObject(with: Data(folder.text("datapackage.json").utf8))
            let resources = (manifest as? [String: Any])?["resources"] as? [[String: Any]]
            #expect(resources?.compactMap { $0["path"] as? String }.sorted() == expected.keys.sorted())
            let again = try await family.mineAll(into: folder)
            #expect(again.status == 0)
            for id in Family.ids { #expect(try await family.mine(id, folder).status == 0) }
            #expect(try Family.lists(in: folder) == expected)
        }
    }

    @Test("pkgmine all ends with a table of all, which pkgmine status shows too, in 80 columns")
    func endsWithTable() async throws {
        try await Family.serve { family in
            let folder = try Scratch()
            let run = try await family.mineAll(into: folder)
            let status = try await Tool.pkgmine.run(["status", "-o", folder.path])
            #expect(run.errors.hasSuffix(status.output), "\(run.errors)")
            #expect(status.output.split(separator: "\n").allSatisfy { $0.count < 80 })
            #expect(
                status.output.replacing(/\d{4}-\d\d-\d\d \d\d:\d\d/, with: "TIME") == """
                    ecosystem  state     packages  linked  problems  when (UTC)
                    crates     complete         3       2         0  TIME
                    go         complete         4       4         0  TIME
                    maven      complete         3       3         0  TIME
                    npm        complete         5       4         0  TIME
                    packagist  complete         3       3         0  TIME
                    pypi       complete         5       4         0  TIME
                    rubygems   complete         3       2         0  TIME

                    """)
            let linked = try Family.lists(in: folder).mapValues { list in
                list.split(separator: "\n").dropFirst().filter { !$0.hasSuffix(",nan,nan") }.count
            }
            #expect(linked.values.sorted() == [2, 2, 3, 3, 4, 4, 4])
        }
    }

    @Test("pkgmine all counts the requests of each apart, in the manifest and as JSON")
    func countsApart() async throws {
        try await Family.serve { family in
            let folder = try Scratch()
            let run = try await family.mineAll(into: folder, progress: "json")
            var last: [String: Int] = [:]
            for line in run.errors.split(separator: "\n") where line.hasPrefix("{") {
                let fields = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
                if let id = fields?["ecosystem"] as? String { last[id] = fields?["requests"] as? Int }
            }
            #expect(last == family.servers.mapValues(\.journal.requests))
            #expect(!run.errors.contains("ecosystem  state"))
        }
    }

    @Test(
        "pkgmine all takes the options that all share, one ecosystem's own, and one ecosystem's in place of what all share"
    )
    func takesOptions() async throws {
        try await Family.serve { family in
            let folder = try Scratch()
            let options = ["--no-resolve", "--limit=2", "--csv-header=legacy", "--lists-at-once=1", "--outcomes"]
            let run = try await family.mineAll(
                ["go", "npm", "npm"], into: folder, options + ["--set", "npm.limit=1", "--set", "npm.output-file=node"])
            #expect(run.status == 0, "\(run.errors)")
            let header = "ID,Platform,Name,Homepage URL,Repository URL\n"
            let asked = "Name,Outcome,Asked,Release\n"
            #expect(
                try Family.lists(in: folder) == [
                    "Go.csv": header
                        + "1,Go,github.com/lumen-db/lumen,nan,nan\n2,Go,gitlab.com/tern/tern,nan,nan\n",
                    "Go.outcomes.csv": asked
                        + "github.com/lumen-db/lumen,not asked,,\ngitlab.com/tern/tern,not asked,,\n",
                    "node.csv": header + "1,NPM,@lumen-db/client,nan,nan\n",
                    "node.outcomes.csv": asked + "@lumen-db/client,not asked,,\n",
                ])
            let told = try await Tool.pkgmine.run(["status", "-o", folder.path])
            #expect(told.output.contains("  `pkgmine go -o \(folder.path)` looks 2 packages up\n"), "\(told.output)")
        }
    }

    @Test("pkgmine all keeps a recording of each, which each command replays alone too")
    func recordsEach() async throws {
        let recording = try Scratch()
        let (first, alone, all) = (try Scratch(), try Scratch(), try Scratch())
        try await Family.serve { family in
            let run = try await family.mineAll(Family.quick, into: first, ["--record", recording.path])
            #expect(run.status == 0, "\(run.errors)")
            let before = family.requests
            let replay = ["--replay", recording.path + "/npm"]
            #expect(try await family.mine("npm", alone, replay).status == 0)
            #expect(try alone.text("NPM.csv") == first.text("NPM.csv"))
            let again = try await family.mineAll(Family.quick, into: all, ["--replay", recording.path])
            #expect(again.status == 0, "\(again.errors)")
            #expect(try Family.lists(in: all) == Family.lists(in: first))
            #expect(family.requests == before)
        }
    }

    @Test("pkgmine all leaves out, and names, what has no address unless one is set or another tool's settings have it")
    func leavesOutWhatHasNoAddress() async throws {
        let ecosystems = try await Tool.pkgmine.run(["ecosystems"]).output.split(separator: "\n")
            .filter { !$0.hasPrefix(" ") }.compactMap { $0.split(separator: " ").first.map(String.init) }
        let others = ecosystems.filter { !["crates", "pypi", "debian"].contains($0) }.flatMap { ["--except", $0] }
        try await Family.serve { family in
            let crates = family.settings(of: ["crates"])
            let folder = try Scratch()
            let words = ["all", "-o", folder.path, "--progress", "none"] + others + crates
            let none = ["PIP_CONFIG_FILE": "/dev/null", "PIP_INDEX_URL": ""]
            let without = try await Tool.pkgmine.run(words, environment: none)
            #expect(without.status == 0, "\(without.errors)")
            #expect(try Family.lists(in: folder).keys.sorted() == ["Crates.csv"])
            #expect(without.errors.contains("note: pypi is not mined: no index is named"), "\(without.errors)")
            #expect(without.errors.contains("note: debian is not mined: "), "\(without.errors)")
            let index = family.options(of: "pypi")[0].value
            let with = try await Tool.pkgmine.run(words, environment: none.merging(["PIP_INDEX_URL": index]) { $1 })
            #expect(with.status == 0, "\(with.errors)")
            #expect(try Family.lists(in: folder).keys.sorted() == ["Crates.csv", "PyPI.csv"])
        }
    }
}
