import Foundation
import MinerHarness
import PackageMining
import PackagistMiner
import Testing

@Suite("Packagist's two lists")
struct PackagistListTests {
    private let registry = Packagist()
    private let miner = PackagistMiner(repositoryURL: Packagist.url)

    @Test("a package that one of the lists lacks is listed, and the difference is counted and told")
    func union() async throws {
        registry.package("a/both")
        registry.change { state in
            state.names += ["b/named", "c/named"]
            state.fields.append(("d/registered", "https://git.test/d"))
        }
        let folder = try MinedFolder()
        #expect(
            try await folder.run(miner, through: registry) == [
                "1 a/both nan https://git.test/a/both", "2 b/named nan nan", "3 c/named nan nan",
                "4 d/registered nan https://git.test/d",
            ])
        #expect(
            try folder.problems(of: miner)
                == "contradiction,https://packagist.test/packages/list.json,"
                + "\"2 in the list without fields alone, 1 in that with: all are listed\"")
    }

    @Test("a name that a list tells twice is no difference")
    func repeated() async throws {
        registry.package("a/both")
        registry.change { state in
            state.names.append("a/both")
            state.fields.append(("A/Both", "https://git.test/other"))
        }
        let folder = try MinedFolder()
        #expect(try await folder.run(miner, through: registry) == ["1 a/both nan https://git.test/a/both"])
        #expect(try folder.problems(of: miner) == nil)
    }

    @Test("neither list takes a package or a link away by itself", arguments: [true, false])
    func short(isNames: Bool) async throws {
        registry.package("a/stays", homepage: "https://a.test")
        registry.package("b/comes-and-goes", homepage: "https://b.test")
        registry.package("c/without-versions")
        registry.file("c/without-versions", nil, 0)
        registry.file("c/without-versions~dev", nil, 0)
        let folder = try MinedFolder()
        let whole = try await folder.run(miner, through: registry)
        #expect(whole[1] == "2 b/comes-and-goes https://b.test https://git.test/b/comes-and-goes")
        let all = ["a/stays", "b/comes-and-goes", "c/without-versions"]
        registry.change { state in
            if isNames { state.names.removeLast(2) } else { state.fields.removeLast(2) }
        }
        #expect(try await folder.run(miner, through: registry) == whole)
        #expect(try folder.problems(of: miner)?.hasPrefix("contradiction,") == true)
        registry.change { state in
            state.names = all
            state.fields = all.map { ($0, "https://git.test/\($0)") }
        }
        #expect(try await folder.run(miner, through: registry) == whole)
        #expect(try folder.problems(of: miner) == nil)
    }

    @Test("what both lists no longer have is withdrawn, and returns with its Package ID")
    func absence() async throws {
        registry.package("a/stays")
        registry.package("b/goes")
        let folder = try MinedFolder()
        let whole = try await folder.run(miner, through: registry)
        registry.change { state in
            state.names.removeLast()
            state.fields.removeLast()
        }
        #expect(try await folder.run(miner, through: registry) == [whole[0]])
        registry.package("b/goes")
        registry.package("a/new")
        #expect(
            try await folder.run(miner, through: registry) == whole + ["3 a/new nan https://git.test/a/new"])
    }

    @Test("names differ in case alone: one package, under the spelling that is registered, asked for in lower case")
    func caseOfNames() async throws {
        registry.package("Acme/Foo", homepage: "https://foo.test")
        let folder = try MinedFolder()
        let rest = "https://git.test/Acme/Foo"
        #expect(try await folder.run(miner, through: registry) == ["1 Acme/Foo https://foo.test \(rest)"])
        #expect(registry.files() == ["/p2/acme/foo.json"])
        registry.change { state in
            state.now = 10
            state.actions = [("update", "ACME/FOO", 9)]
        }
        registry.file("acme/foo", "https://new.test", 9)
        #expect(try await folder.run(miner, through: registry) == ["1 Acme/Foo https://new.test \(rest)"])
        #expect(try folder.problems(of: miner) == nil)
    }

    @Test("another registered repository is news, though the feed does not tell of it")
    func repository() async throws {
        registry.package("a/moved", homepage: "https://a.test")
        registry.package("b/stays")
        let folder = try MinedFolder()
        let whole = try await folder.run(miner, through: registry)
        _ = registry.requests()
        registry.change { $0.fields[0].repository = "https://git.test/elsewhere" }
        #expect(
            try await folder.run(miner, through: registry) == [
                "1 a/moved https://a.test https://git.test/elsewhere", whole[1],
            ])
        #expect(registry.files() == ["/p2/a/moved.json unless \(Packagist.date(0))"])
    }

    @Test("the key may be `package`, as the documentation has it, and PHP writes no packages as an empty array")
    func keys() async throws {
        registry.package("a/b")
        registry.change { $0.fieldsText = #"{"package":{"a/b":{"repository":"https://r.test"}}}"# }
        #expect(try await MinedFolder().run(miner, through: registry) == ["1 a/b nan https://r.test"])
        registry.change { $0.fieldsText = #"{"packages":[]}"# }
        #expect(try await MinedFolder().run(miner, through: registry) == ["1 a/b nan nan"])
        registry.change { $0.fieldsText = #"{"status":"error"}"# }
        let error = try await #require(throws: WireError.self) {
            try await MinedFolder().run(miner, through: registry)
        }
        #expect(error.description == "malformed: the file cannot be read: it has no packages (6 attempts)")
    }

    @Test("an entry that cannot be read is named, and those beside it stand")
    func unreadable() async throws {
        registry.package("a/b")
        registry.change { state in
            state.names.append(#"{"name":"c/d"}"#)
            state.names.append("e/f")
            state.fields.append(("e/f", "{}"))
            state.fieldsText = #"{"packages":{"a/b":{"repository":"https://r.test"},"e/f":null}}"#
        }
        let folder = try MinedFolder()
        #expect(try await folder.run(miner, through: registry) == ["1 a/b nan https://r.test", "2 e/f nan nan"])
        let list = "https://packagist.test/packages/list.json"
        let problems = try #require(try folder.problems(of: miner)).split(separator: "\n")
        #expect(
            problems == [
                "contradiction,\(list),\"1 in the list without fields alone, 0 in that with: all are listed\"",
                "unreadable,\"\(list), element 1 of '/packageNames'\",\"it names no package: {\"\"name\"\":\"\"c/d\"\"}\"",
                "unreadable,\"\(list), 'e/f' of '/packages'\",it has no object at '': null",
            ])
    }
}
