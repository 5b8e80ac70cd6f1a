import Foundation
import MinerHarness
import PackageMining
import PubMiner
import Testing

/// What a later run asks for, and what it believes.
@Suite("pub.dev, brought up to date")
struct PubUpdateTests {
    private let api = PubAPI()

    @Test("an update reads pages until one has nothing new, and all names; what is gone from these is listed no longer")
    func updates() async throws {
        api.change { state in
            state.names = ["a", "b", "c", "d"]
            state.pages = [["d 1", "c 1"], ["b 1", "a 1"]]
        }
        let folder = try MinedFolder()
        let first = try await folder.run(api.miner, through: api)
        #expect(first == ["a", "b", "c", "d"].enumerated().map { PubAPI.row($0 + 1, $1, "1") })
        _ = api.requests()

        #expect(try await folder.run(api.miner, through: api) == first)
        #expect(api.requests() == ["package-names", "packages?page=1", "package-names"])

        api.change { state in
            state.names = ["a", "c", "d", "e", "lost"]
            state.pages = [["e 1", "a 2"], ["d 1", "c 1"]]
            state.documents = ["packages/lost": PubAPI.document("lost", "1")]
        }
        let grown = [
            PubAPI.row(1, "a", "2"), first[2], first[3], PubAPI.row(5, "e", "1"), PubAPI.row(6, "lost", "1"),
        ]
        #expect(try await folder.run(api.miner, through: api) == grown)
        #expect(
            api.requests() == [
                "package-names", "packages?page=1", "packages?page=2", "package-names", "packages/lost",
            ])

        // What is back is asked for by name, as the pages that are read do not have it.
        api.change { state in
            state.names.append("b")
            state.documents["packages/b"] = PubAPI.document("b", "1")
        }
        #expect(try await folder.run(api.miner, through: api) == [grown[0], first[1]] + grown[1...])
        #expect(api.requests().last == "packages/b")
        #expect(try await folder.run(api.miner, through: api) == [grown[0], first[1]] + grown[1...])
        #expect(try folder.problems(of: api.miner) == nil)
    }

    @Test(
        "updates with nothing new do not forget which versions were the newest, so that the next one ends early as well"
    )
    func remembers() async throws {
        let names = (10...19).map { "p\($0)" }
        api.change { state in
            state.names = names
            state.pages = names.reversed().map { ["\($0) 1"] }
        }
        let folder = try MinedFolder()
        for _ in 0..<3 { _ = try await folder.run(api.miner, through: api) }
        _ = api.requests()
        api.change { $0.pages = [["p12 2"], ["p11 2"]] + $0.pages.filter { $0 != ["p12 1"] && $0 != ["p11 1"] } }
        let list = try await folder.run(api.miner, through: api)
        #expect(list.map { $0.hasSuffix("/2") } == [false, true, true] + [Bool](repeating: false, count: 7))
        #expect(
            api.requests() == [
                "package-names", "packages?page=1", "packages?page=2", "packages?page=3", "packages?page=4",
                "packages?page=5", "package-names",
            ])
    }

    @Test("names that a cache holds back cost no package that the pages told of before")
    func staleNames() async throws {
        api.change { state in
            state.names = ["a", "b", "c"]
            state.pages = [["c 1"], ["young 1"], ["b 1"], ["a 1"]]
        }
        let folder = try MinedFolder()
        let list = ["a", "b", "c", "young"].enumerated().map { PubAPI.row($0 + 1, $1, "1") }
        #expect(try await folder.run(api.miner, through: api) == list)
        #expect(try await folder.run(api.miner, through: api) == list)
    }

    @Test("a version that was taken back gives way to the one that is the latest now, when that is told again")
    func takenBack() async throws {
        api.change { $0.names = ["a", "b"] }
        let folder = try MinedFolder()
        for pages in [["b 1", "a 1"], ["a 2", "b 1"], ["b 2", "a 1"]] {
            api.change { $0.pages = [pages] }
            let list = try await folder.run(api.miner, through: api)
            #expect(
                list == pages.sorted().enumerated().map { PubAPI.row($0 + 1, "\($1.prefix(1))", "\($1.suffix(1))") })
        }
    }

    @Test("a version that is retracted, with nothing published since, gives way when all pages are read, once a week")
    func retracted() async throws {
        api.change { state in
            state.names = ["a", "b", "c"]
            state.pages = [["c 1"], ["b 2"], ["a 1"]]
        }
        let folder = try MinedFolder()
        func row(after days: Double) async throws -> [String] {
            let began = Date(timeIntervalSince1970: 1_700_000_000 + days * 86_400)
            let list = try await folder.run(api.miner, through: api, at: began)
            return [list[1], "\(api.requests().count)"]
        }
        #expect(try await row(after: 0) == [PubAPI.row(2, "b", "2"), "7"])
        api.change { $0.pages[1] = ["b 1"] }
        #expect(try await row(after: 6.9) == [PubAPI.row(2, "b", "2"), "3"])
        #expect(try await row(after: 7) == [PubAPI.row(2, "b", "1"), "7"])
        #expect(try await row(after: 8) == [PubAPI.row(2, "b", "1"), "3"])
    }

    @Test("a version that returns is new, though an earlier update knew it, and so is the one after it")
    func returns() async throws {
        api.change { $0.names = ["a", "b", "c"] }
        let folder = try MinedFolder()
        for version in ["1.0", "1.1", "1.0", "1.1", "1.0", "1.0"] {
            api.change { $0.pages = [["a \(version)", "b 1"], ["b 1", "c 1"]] }
            #expect(
                try await folder.run(api.miner, through: api) == [
                    PubAPI.row(1, "a", version), PubAPI.row(2, "b", "1"), PubAPI.row(3, "c", "1"),
                ])
        }
    }

    @Test("where there are no pages each package is asked for by name, in every run", arguments: [404, 410])
    func withoutPages(status: Int) async throws {
        api.change { state in
            state.names = ["a", "b"]
            state.answers[1] = (status, "gone")
            for name in ["a", "b"] { state.documents["packages/\(name)"] = PubAPI.document(name, "1") }
        }
        let folder = try MinedFolder()
        #expect(try await folder.run(api.miner, through: api) == [PubAPI.row(1, "a", "1"), PubAPI.row(2, "b", "1")])
        api.change { $0.documents["packages/b"] = PubAPI.document("b", "2") }
        #expect(try await folder.run(api.miner, through: api) == [PubAPI.row(1, "a", "1"), PubAPI.row(2, "b", "2")])

        // And they are back.
        api.change { state in
            state.answers = [:]
            state.pages = [["b 3", "a 1"]]
        }
        _ = api.requests()
        #expect(try await folder.run(api.miner, through: api) == [PubAPI.row(1, "a", "1"), PubAPI.row(2, "b", "3")])
        #expect(api.requests().filter { $0.hasPrefix("packages/") }.isEmpty)

        // And they go again: what they told last is no longer the last word.
        api.change { state in
            state.answers[1] = (status, "gone")
            state.documents["packages/b"] = PubAPI.document("b", "4")
        }
        #expect(try await folder.run(api.miner, through: api) == [PubAPI.row(1, "a", "1"), PubAPI.row(2, "b", "4")])
    }

    @Test("of a package that jumps while pages are read the page that was read first counts, then and in updates")
    func olderPages() async throws {
        api.change { state in
            state.names = ["a", "b", "c"]
            state.pages = [["a 1.1", "b 1", "a 1.05"], ["c 1", "a 1.0"]]
        }
        let folder = try MinedFolder()
        let list = [PubAPI.row(1, "a", "1.1"), PubAPI.row(2, "b", "1"), PubAPI.row(3, "c", "1")]
        #expect(try await folder.run(api.miner, through: api) == list)
        #expect(try await folder.run(api.miner, through: api) == list)
        // What was known is told first, and an older page has another version.
        api.change { $0.pages = [["a 1.1", "c 2"], ["a 0.9", "b 1"]] }
        #expect(
            try await folder.run(api.miner, through: api) == [list[0], list[1], PubAPI.row(3, "c", "2")])
    }
}
