import Foundation
import MinerHarness
import PackageMining
import PackagistMiner
import Testing

@Suite("Updates of Packagist")
struct PackagistUpdateTests {
    private let registry = Packagist()
    private let miner = PackagistMiner(repositoryURL: Packagist.url)
    private let folder: MinedFolder

    /// A first run over two packages at time 100.
    private let first: [String]

    init() async throws {
        folder = try MinedFolder()
        registry.package("a/one", homepage: "https://one.test", changed: 10)
        registry.package("b/two", homepage: "https://two.test", changed: 20)
        registry.change { $0.now = 100 }
        first = try await folder.run(miner, through: registry, at: Self.start)
        _ = registry.requests()
    }

    private static let start = Date(timeIntervalSince1970: 1_700_000_100)

    private func run(hours: Double = 0) async throws -> [String] {
        try await folder.run(miner, through: registry, at: Self.start + hours * 3_600)
    }

    private func tell(_ actions: (String, String, Packagist.Time)..., now: Packagist.Time) {
        registry.change { state in
            state.actions += actions.map { ($0, $1, $2) }
            state.now = now
        }
    }

    private var problems: String? { get throws { try folder.problems(of: miner) } }

    @Test("an update asks for the files that the feed tells of, and for those only if they are other ones")
    func asksLittle() async throws {
        #expect(
            first == [
                "1 a/one https://one.test https://git.test/a/one", "2 b/two https://two.test https://git.test/b/two",
            ])
        tell(("update", "b/two", 150), now: 200)
        registry.file("b/two", "https://new.test", 150)
        #expect(try await run() == [first[0], "2 b/two https://new.test https://git.test/b/two"])
        let fields = "?fields%5B%5D=repository&fields%5B%5D=type&fields%5B%5D=abandoned"
        #expect(
            registry.requests() == [
                "/metadata/changes.json", "/metadata/changes.json?since=\(Packagist.since(100) + 1)",
                "/packages/list.json\(fields)", "/packages/list.json", "/p2/b/two.json unless \(Packagist.date(20))",
            ])
        #expect(try await run()[1] == "2 b/two https://new.test https://git.test/b/two")
        #expect(registry.files() == [])
    }

    @Test("beyond the feed's horizon all files are asked for, and one that is as it was keeps its homepage")
    func resync() async throws {
        registry.change { state in
            state.now = 900_000
            state.oldest = 800_000
        }
        registry.file("a/one", "https://new.test", 500)
        #expect(try await run() == ["1 a/one https://new.test https://git.test/a/one", first[1]])
        #expect(
            registry.files() == [
                "/p2/a/one.json unless \(Packagist.date(10))", "/p2/b/two.json unless \(Packagist.date(20))",
            ])
        #expect(try await run().count == 2)
        #expect(registry.files() == [])
    }

    @Test("a feed whose time is before the last one is believed nothing: all files are asked for")
    func oldTimestamp() async throws {
        tell(now: 50)
        #expect(try await run() == first)
        #expect(registry.files().count == 2)
        tell(("update", "a/one", 60), now: 70)
        #expect(try await run() == first)
        #expect(registry.files().map { $0.prefix(14) } == ["/p2/a/one.json", "/p2/a/one.json", "/p2/a/one.json"])
    }

    @Test("where the feed goes back to the last run and not to the day before, it is asked from there")
    func horizon() async throws {
        tell(("update", "a/one", 500), now: 1_000)
        registry.file("a/one", "https://one.test", 500)
        _ = try await run()
        tell(("update", "b/two", 1_100), now: 1_200)
        registry.file("b/two", "https://one.test", 1_100)
        registry.change { $0.oldest = 900 }
        _ = registry.requests()
        _ = try await run()
        #expect(
            registry.requests().filter { $0.contains("since") || $0.hasPrefix("/p2/") } == [
                "/metadata/changes.json?since=\(Packagist.since(100) + 1)",
                "/metadata/changes.json?since=\(Packagist.since(1_000) + 1)",
                "/p2/b/two.json unless \(Packagist.date(20))",
            ])
    }

    @Test("a file from before its change is asked for again, and is not the last word, in the next run neither")
    func stale() async throws {
        tell(("update", "a/one", 150), now: 200)
        #expect(try await run() == first)
        let unless = "/p2/a/one.json unless \(Packagist.date(10))"
        #expect(registry.files() == [unless, unless + " again", unless + " again"])
        let named =
            "unsettled,a/one,\"https://packagist.test/p2/a/one.json is of \(Packagist.date(10)), before its last change, and "
            + "it had links before: not settled before a run from 2023-11-15T22:15:00Z on finds the same\""
        #expect(try problems == named)
        #expect(try await run(hours: 2) == first)
        #expect(try problems == named)
        #expect(registry.files().count == 3)
        registry.file("a/one", "https://new.test", 150)
        #expect(try await run(hours: 3) == ["1 a/one https://new.test https://git.test/a/one", first[1]])
        #expect(try problems == nil)
        #expect(registry.files() == [unless])
    }

    @Test("the file of the tags is not old because that of the branches has changed")
    func branchesChanged() async throws {
        tell(("update", "a/one~dev", 150), now: 200)
        #expect(try await run() == first)
        #expect(registry.files() == ["/p2/a/one.json unless \(Packagist.date(10))"])
        #expect(try problems == nil)
    }

    @Test("branches that are asked for since there are no tags can be old as well")
    func staleBranches() async throws {
        registry.file("a/one", nil, 150)
        registry.file("a/one~dev", "https://branch.test", 140)
        tell(("update", "a/one", 150), ("update", "a/one~dev", 160), now: 200)
        #expect(try await run() == ["1 a/one https://branch.test https://git.test/a/one", first[1]])
        #expect(try problems?.hasPrefix("unsettled,a/one,\"https://packagist.test/p2/a/one~dev.json is of") == true)
        registry.file("a/one~dev", "https://newer.test", 160)
        #expect(try await run(hours: 1)[0] == "1 a/one https://newer.test https://git.test/a/one")
        #expect(try problems == nil)
    }

    @Test("a deletion withdraws what the lists still have, and a later change brings it back with its Package ID")
    func deletion() async throws {
        tell(("update", "a/one~dev", 140), ("delete", "a/one", 150), now: 200)
        #expect(try await run() == [first[1]])
        #expect(registry.files() == [])
        #expect(try await run() == [first[1]])
        tell(("update", "a/one", 300), now: 400)
        registry.file("a/one", "https://back.test", 300)
        #expect(try await run() == ["1 a/one https://back.test https://git.test/a/one", first[1]])
    }

    @Test("a change of what neither list has lists nothing")
    func unlisted() async throws {
        tell(("update", "c/three", 150), ("delete", "d/four", 150), now: 200)
        #expect(try await run() == first)
        #expect(try problems == nil)
    }

    @Test("an action that cannot be read is named, and those beside it count")
    func unreadableAction() async throws {
        tell(("update", "a/one", 150), now: 200)
        registry.file("a/one", "https://new.test", 150)
        registry.change { $0.moreActions = #",{"type":"moved","package":"b/two","time":1700000150},{"type":"update"}"# }
        #expect(try await run()[0] == "1 a/one https://new.test https://git.test/a/one")
        let feed = "https://packagist.test/metadata/changes.json"
        let problems = try #require(try problems).split(separator: "\n")
        #expect(
            problems == [
                "unreadable,\"\(feed), element 1 of '/actions'\",\"no update or deletion at a time: "
                    + "{\"\"type\"\":\"\"moved\"\",\"\"package\"\":\"\"b/two\"\",\"\"time\"\":1700000150}\"",
                "unreadable,\"\(feed), element 2 of '/actions'\",\"it has no text at '/package': {\"\"type\"\":\"\"update\"\"}\"",
            ])
    }

    @Test("a repository without a feed has all its files asked for in each update")
    func noFeed() async throws {
        let (other, own) = (Packagist(), try MinedFolder())
        let miner = PackagistMiner(repositoryURL: Packagist.url)
        other.package("a/one", homepage: "https://one.test", changed: 10)
        other.change { $0.root = #"{"metadata-url":"https://packagist.test/p2/%package%.json"}"# }
        for unless in ["", " unless \(Packagist.date(10))", " unless \(Packagist.date(10))"] {
            #expect(try await own.run(miner, through: other) == [first[0]])
            #expect(other.files() == ["/p2/a/one.json\(unless)"])
        }
    }
}
