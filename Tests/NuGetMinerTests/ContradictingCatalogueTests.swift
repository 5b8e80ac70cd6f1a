import MinerHarness
import NuGetMiner
import PackageMining
import Testing

@Suite("A NuGet catalogue that contradicts itself")
struct ContradictingCatalogueTests {
    private var miner: NuGetMiner { NuGetMiner(indexURL: "http://f.test/index.json") }

    @Test(
        "a page that grew is read again though the index tells its old time, or one of long ago",
        arguments: ["01-03T00:00:00", "01-01T00:00:00"])
    func staleIndex(indexed: String) async throws {
        let feed = Feed()
        let folder = try MinedFolder()
        feed.pages = [
            .init(
                name: "0",
                events: [feed.package("A", at: "01-01T00:00:00"), feed.package("B", at: "01-03T00:00:00")],
                indexed: indexed)
        ]
        feed.publish()
        _ = try await folder.run(miner, through: feed.session)
        feed.pages[0].events.append(feed.package("C", at: "01-05T00:00:00"))
        feed.pages.append(.init(name: "1", events: [feed.package("D", at: "01-07T00:00:00")]))
        feed.publish()
        #expect(
            try await folder.run(miner, through: feed.session) == [
                "1 A nan http://g/a/1.0.0", "2 B nan http://g/b/1.0.0", "3 C nan http://g/c/1.0.0",
                "4 D nan http://g/d/1.0.0",
            ])
    }

    @Test("a page that begins before the one before it ended is taken whole, and its index may end there")
    func overlappingPages() async throws {
        let feed = Feed()
        let folder = try MinedFolder()
        feed.pages = [.init(name: "0", events: [feed.package("A", at: "01-01T10:00:04")])]
        feed.publish()
        _ = try await folder.run(miner, through: feed.session)
        feed.pages += [
            .init(name: "1", events: [feed.package("B", at: "01-01T10:00:01.5")]),
            .init(
                name: "2", events: [feed.package("C", at: "01-01T10:00:03"), feed.package("D", at: "01-02T00:00:00")]),
        ]
        feed.publish()
        let rows = try await folder.run(miner, through: feed.session)
        #expect(rows.map { $0.split(separator: " ")[1] } == ["A", "B", "C", "D"])
    }

    @Test("a page whose latest commit the index does not tell is the last one, wherever it stands in the index")
    func staleLastPage() async throws {
        let feed = Feed()
        let folder = try MinedFolder()
        feed.pages = [
            .init(name: "0", events: [feed.package("A", at: "01-01T10:00:00")], indexed: "01-01T12:00:00"),
            .init(name: "1", events: [feed.package("B", at: "01-01T18:00:00")], indexed: "01-01T11:00:00"),
        ]
        feed.publish()
        _ = try await folder.run(miner, through: feed.session)
        feed.pages[1].events.append(feed.package("C", at: "01-01T19:00:00"))
        feed.publish()
        #expect(try await folder.run(miner, through: feed.session).count == 3)
    }

    @Test("a run after which nothing is new asks for three documents")
    func nothingNew() async throws {
        let feed = Feed()
        let folder = try MinedFolder()
        feed.pages = (1...9).map { number in
            .init(name: "\(number)", events: [feed.package("P\(number)", at: "01-0\(number)T00:00:00")])
        }
        feed.publish()
        let rows = try await folder.run(miner, through: feed.session)
        let before = feed.session.requests.count
        #expect(try await folder.run(miner, through: feed.session) == rows)
        #expect(feed.requests(since: before) == ["index.json", "c/index.json", "c/9.json"])
    }

    @Test("an update that is stopped behind any page goes on, asks for no page twice, and ends the same")
    func resumption() async throws {
        for stop in 0...5 {
            let feed = Feed()
            let run = StoredRun(miner)
            feed.pages = [
                .init(name: "0", events: [feed.package("A", at: "01-01T10:00:00")], indexed: "01-01T01:00:00")
            ]
            feed.publish()
            try await run.list(through: feed.session)
            let before = await run.pages
            feed.pages[0].events.append(feed.package("B", at: "01-01T10:30:00"))
            // In the order of the index: 0, 3, 1, 2, 4. The latest commit is in the one read second.
            feed.pages += [
                .init(name: "1", events: [feed.package("C", at: "01-01T10:40:00")]),
                .init(name: "2", events: [feed.package("D", at: "01-01T10:35:00")], indexed: "01-01T10:50:00"),
                .init(name: "3", events: [feed.package("E", at: "01-01T20:00:00")], indexed: "01-01T10:10:00"),
                .init(name: "4", events: [feed.package("F", at: "01-01T10:41:00")], indexed: "01-01T11:00:00"),
            ]
            feed.publish()
            let asked = feed.session.requests.count
            do {
                try await run.list(through: feed.session, stopAfter: before + stop)
                #expect(stop == 5)
            } catch is Stopped {
                // Meanwhile the catalogue grows.
                feed.pages.append(.init(name: "5", events: [feed.package("G", at: "01-01T21:00:00")]))
                feed.publish()
                try await run.list(through: feed.session)
            }
            let names = try await run.newest.map(\.name).sorted()
            #expect(names == ["A", "B", "C", "D", "E", "F"] + (stop < 5 ? ["G"] : []))
            let pages = feed.requests(since: asked).filter { $0.hasPrefix("c/") && $0 != "c/index.json" }
            // The page that was not kept when the run stopped is asked for again.
            let expected = ["c/0.json", "c/3.json", "c/1.json", "c/2.json", "c/4.json"]
            #expect(
                pages == expected.prefix(stop + 1) + (stop < 5 ? expected.dropFirst(stop) + ["c/5.json"] : []))
        }
    }

    @Test("a version that one commit publishes and deletes is looked up, in whatever order a page tells of it")
    func deletedAndPublished() async throws {
        for events in [[0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2]] {
            let feed = Feed()
            let time = "03-14T21:38:00"
            let told = [
                feed.package("Both", "0.1.1", at: time),
                Feed.Event(time: time + ".000", id: "both", version: "0.1.1+2", isDeletion: true),
                feed.package("Other", at: time), Feed.Event(time: time, id: "OTHER", version: "1.0.0"),
            ]
            feed.pages = [.init(name: "0", events: events.map { told[$0] })]
            feed.publish()
            #expect(
                try await MinedFolder().run(miner, through: feed.session) == [
                    "1 Both nan http://g/both/0.1.1", "2 Other nan http://g/other/1.0.0",
                ])
        }
    }

    @Test("any event has its package looked up again, though the newest version told stays the newest")
    func unlistingBelow() async throws {
        let feed = Feed()
        let folder = try MinedFolder()
        feed.pages = [
            .init(
                name: "0",
                events: ["1.0.0", "2.0.0", "2.1.0-beta"].map { feed.package("A", $0, at: "01-01T00:00:00") }
                    + [feed.package("B", at: "01-01T00:00:00")])
        ]
        feed.registration("a", "1.0.0", "2.0.0", "-2.1.0-beta")
        feed.publish()
        #expect(
            try await folder.run(miner, through: feed.session) == [
                "1 A nan http://g/a/2.0.0", "2 B nan http://g/b/1.0.0",
            ])
        feed.pages[0].events.append(.init(time: "01-02T00:00:00", id: "A", version: "2.0.0"))
        feed.registration("a", "1.0.0", "-2.0.0", "-2.1.0-beta")
        feed.publish()
        let before = feed.session.requests.count
        #expect(
            try await folder.run(miner, through: feed.session) == [
                "1 A nan http://g/a/1.0.0", "2 B nan http://g/b/1.0.0",
            ])
        #expect(
            feed.requests(since: before) == [
                "index.json", "c/index.json", "c/0.json", "reg/a/index.json", "flat/a/1.0.0/a.nuspec",
            ])
    }

    @Test("each event that names no package, no version or no time is told of, and the others are taken")
    func unreadableEvents() async throws {
        let feed = Feed()
        feed.pages = [.init(name: "0", events: [feed.package("A", at: "01-01T00:00:00")])]
        feed.publish()
        let type = #""@type": "nuget:PackageDetails""#
        let whole = #""commitTimeStamp": "2020-01-01T00:00:00Z", "nuget:id": "A", "nuget:version": "1.0.0""#
        feed.set(
            "c/0.json",
            feed.document(
                [
                    #"{"@id": "l/1", \#(type), "commitTimeStamp": "2020-01-01T00:00:00Z", "nuget:version": "1.0.0"}"#,
                    #"{"@id": "l/2", \#(type), "commitTimeStamp": "then", "nuget:id": "X", "nuget:version": "1.0.0"}"#,
                    #"{"@id": "l/3", \#(type), "commitTimeStamp": "2020-01-01T00:00:00Z", "nuget:id": "Y"}"#,
                    #"{\#(type), "commitTimeStamp": "2020-01-01T00:00:00Z"}"#,
                    #"{"@id": "l/4", \#(type), \#(whole)}"#,
                ], "01-01T00:00:00"))
        let run = StoredRun(miner)
        try await run.list(through: feed.session)
        #expect(try await run.newest.map(\.name) == ["A"])
        #expect(try await run.problems.map(\.subject) == ["l/1", "l/2", "l/3", "http://f.test/c/0.json"])
        #expect(try await Set(run.problems.map(\.key)).count == 4)
    }
}
