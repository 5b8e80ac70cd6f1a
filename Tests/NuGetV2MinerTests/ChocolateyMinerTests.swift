import MinerHarness
import NuGetV2Miner
import PackageMining
import Testing

/// What the community repository's feed does not say aloud.
@Suite("Chocolatey, in detail")
struct ChocolateyMinerTests {
    private static let api = "https://community.chocolatey.org/api/v2"
    private static let first = "\(api)/Packages()?$filter=IsLatestVersion"
    private let feed = FeedPages()
    private let miner = NuGetV2Miner(.chocolatey)

    @Test("Every package of every page is listed under its ID, and what is no field of it is no link")
    func listsOddities() async throws {
        let pages = [Self.first, "\(Self.first)&$skiptoken='it''s%20keyed','1.0'", "\(Self.first)&$skiptoken='m','1'"]
        for (number, page) in pages.enumerated() {
            feed.set(page, xml: try Places.fixtureText("chocolatey/oddities/page-\(number + 1).xml"))
        }
        let folder = try MinedFolder()
        #expect(
            try await folder.run(miner, through: feed.session) == [
                "1 NoSource https://github.com/someone/NoSource nan",
                "2 TITLED https://titled.test/ https://git.test/titled?a=1&b=2",
                "3 both https://both.test/ nan",
                "4 café nan nan",
                "5 inside https://inside.test/ nan",
                "6 it's keyed nan nan",
                "7 nulls nan nan",
            ])
        // The links said `http:`.
        #expect(feed.asked == pages)
        #expect(
            try folder.problems(of: miner)
                == "unreadable,\"\(pages[2]), entry 3\",it names no package: "
                + "http://community.chocolatey.org/api/v2/Packages/7 3.1 https://nameless.test/")
    }

    @Test("A page without packages is not the end of the list, and one without a next link is, when asked for again")
    func ends() async throws {
        feed.set(Self.first, next: "\(Self.api)/2")
        feed.set("\(Self.api)/2", next: "3")
        feed.set("\(Self.api)/3", "a 1", next: "?4")
        feed.set("\(Self.api)/3?4")
        #expect(try await MinedFolder().run(miner, through: feed.session) == ["1 a nan nan"])
        #expect(feed.asked == [Self.first, "\(Self.api)/2", "\(Self.api)/3", "\(Self.api)/3?4", "\(Self.api)/3?4"])
    }

    @Test("A page may be as large as an answer may be: a server that has all packages on one is listed like any other")
    func isOnePage() async throws {
        let id = String(repeating: "x", count: 100_000)
        let entries = (10...69).map { "<entry><id>\(id)</id><title>p\($0)</title></entry>" }
        feed.set(Self.first, xml: FeedPages.feed(entries.joined()))
        let list = try await MinedFolder().run(miner, through: feed.session)
        #expect(list == (1...60).map { "\($0) p\($0 + 9) nan nan" })
    }

    @Test("No package at all, twice, is a list without packages, and no error")
    func isEmpty() async throws {
        feed.set(Self.first)
        #expect(try await MinedFolder().run(miner, through: feed.session) == [])
        #expect(feed.asked == [Self.first, Self.first])
    }

    @Test(
        "A next link to another host is told and not followed, and the list from before stays",
        arguments: [
            ("https://attacker.example.com/api/v2/steal", "https://attacker.example.com/api/v2/steal"),
            ("//attacker.example.com/x", "https://attacker.example.com/x"),
            ("https://chocolatey.org/api/v2/x", "https://chocolatey.org/api/v2/x"),
            ("https://community.chocolatey.org:8443/x", "https://community.chocolatey.org:8443/x"),
            ("https://community.chocolatey.org.evil.test/x", "https://community.chocolatey.org.evil.test/x"),
            ("https://community.chocolatey.org@evil.test/x", "https://evil.test/x"),
            ("data:text/xml,x", "data:text/xml,x"),
        ])
    func staysOnHost(link: String, shown: String) async throws {
        let folder = try MinedFolder()
        feed.set(Self.first, "a 1", "b 1")
        #expect(try await folder.run(miner, through: feed.session) == ["1 a nan nan", "2 b nan nan"])
        feed.set(Self.first, "a 1", next: link)
        let error = try await #require(throws: WireError.self) {
            _ = try await folder.run(miner, through: feed.session)
        }
        let told = "its link to the next page leads to another host, and is not followed: \(shown)"
        #expect(error.category == .refused && error.reason == told)
        #expect(feed.asked == [Self.first, Self.first])
        #expect(try folder.text("Chocolatey.csv").split(separator: "\n").count == 3)
    }

    @Test(
        "A next link to the same host is followed by the scheme that was given",
        arguments: [
            "http://community.chocolatey.org/api/v2/2", "http://community.chocolatey.org:80/api/v2/2",
            "https://Community.Chocolatey.org:443/api/v2/2", "//community.chocolatey.org/api/v2/2", "2", "/api/v2/2",
        ])
    func asksByHTTPS(link: String) async throws {
        feed.set(Self.first, "a 1", next: link)
        feed.set("\(Self.api)/2", "b 1")
        #expect(try await MinedFolder().run(miner, through: feed.session) == ["1 a nan nan", "2 b nan nan"])
    }

    @Test("Next links that lead in a circle end the run with an error, and not never", arguments: [1, 2, 3, 7])
    func circles(length: Int) async throws {
        let pages = [Self.first] + (1...12).map { "\(Self.api)/\($0)" }
        for (number, page) in pages.enumerated() {
            feed.set(page, "a\(number) 1", next: number < 12 ? pages[number + 1] : pages[13 - length])
        }
        let error = try await #require(throws: WireError.self) {
            _ = try await MinedFolder().run(miner, through: feed.session)
        }
        #expect(error.category == .malformed && error.reason.contains("its link to the next page leads in a circle"))
    }

    @Test("A run that was stopped goes on at the next page, and asks for none that it has")
    func resumes() async throws {
        let pages = [Self.first] + (1...3).map { "\(Self.api)/\($0)" }
        for (number, page) in pages.enumerated() {
            feed.set(page, "a\(number) 1", next: number < 3 ? pages[number + 1] : nil)
        }
        let run = StoredRun(miner)
        // The first page that is stored is the empty one with which the walk begins.
        await #expect(throws: Stopped.self) { try await run.list(through: feed.session, stopAfter: 3) }
        #expect(feed.asked == Array(pages[...2]))
        try await run.list(through: feed.session)
        #expect(feed.asked == Array(pages[...2] + pages[2...]))
        #expect(try await run.newest.map(\.name) == ["a0", "a1", "a2", "a3"])
    }

    @Test("What has vanished is withdrawn by a whole walk alone, and keeps its Package ID for when it returns")
    func withdraws() async throws {
        let folder = try MinedFolder()
        let (second, all) = ("\(Self.api)/2", ["1 a nan nan", "2 b nan nan", "3 c nan nan"])
        feed.set(Self.first, "a 1", "b 1", next: second)
        feed.set(second, "c 1")
        #expect(try await folder.run(miner, through: feed.session) == all)
        feed.set(Self.first, "a 1", next: second)
        feed.session.set(second, [], status: 400)
        await #expect(throws: WireError.self) { _ = try await folder.run(miner, through: feed.session) }
        #expect(try folder.text("Chocolatey.csv").contains("\n2,Chocolatey,b,nan,nan\n"))
        feed.set(second, "c 1 https://new.test/")
        #expect(
            try await folder.run(miner, through: feed.session) == ["1 a nan nan", "3 c https://new.test/ nan"])
        feed.set(Self.first, "a 1", "b 1", next: second)
        feed.set(second, "c 1")
        #expect(try await folder.run(miner, through: feed.session) == all)
    }

    @Test(
        "A page that was to come next and is there no longer is no dead end: the list is walked anew",
        arguments: [400, 404, 410])
    func beginsAnew(status: Int) async throws {
        let run = StoredRun(miner)
        feed.set(Self.first, "a 1", "b 1", next: "\(Self.api)/2")
        feed.session.set("\(Self.api)/2", [], status: status)
        await #expect(throws: WireError.self) { try await run.list(through: feed.session) }
        feed.set(Self.first, "a 1", next: "\(Self.api)/3")
        feed.set("\(Self.api)/3", "c 1")
        try await run.list(through: feed.session)
        #expect(
            feed.asked == [Self.first, "\(Self.api)/2", "\(Self.api)/2", Self.first, "\(Self.api)/3"])
        #expect(try await run.newest.map(\.name) == ["a", "c"])
    }

    @Test("Of two versions that are both called the latest the newer one's links count, whichever comes first")
    func newest() async throws {
        feed.set(
            Self.first, "a 1.10 https://new.test/", "A 1.9.1 https://old.test/", "b 2.0-beta https://old.test/",
            "b 2.0 https://new.test/")
        #expect(
            try await MinedFolder().run(miner, through: feed.session) == [
                "1 A https://new.test/ nan", "2 b https://new.test/ nan",
            ])
    }

    @Test(
        "An answer that is no feed is refused, whatever its status, and the list from before stays",
        arguments: [
            "<!DOCTYPE html><html><body>Sorry</body></html>", "",
            "<m:error xmlns:m=\"http://schemas.microsoft.com/ado/2007/08/dataservices/metadata\"><m:code/></m:error>",
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><title>a</title></entry>",
            "<entry xmlns=\"http://www.w3.org/2005/Atom\"><title>a</title></entry>",
            FeedPages.feed("<entry><title>a</title></entry><link rel=\"next\"/>"),
        ])
    func isNoFeed(body: String) async throws {
        let folder = try MinedFolder()
        feed.set(Self.first, "a 1", "b 1")
        _ = try await folder.run(miner, through: feed.session)
        feed.set(Self.first, xml: body)
        let error = try await #require(throws: WireError.self) {
            _ = try await folder.run(miner, through: feed.session)
        }
        #expect(error.category == .malformed && error.url == Self.first)
        #expect(try folder.text("Chocolatey.csv").split(separator: "\n").count == 3)
    }

    @Test("Chocolatey is asked every 3.5 s at most, below the 20 times a minute that it bears, and a refusal is a ban")
    func keepsPace() {
        let pace = Pace(interval: .milliseconds(3_500), ban: .seconds(3_600))
        #expect(miner.ecosystem.registries.map(\.pace) == [pace])
    }

    @Test("Another repository is asked where it is, and what opens it stays out of the state")
    func isElsewhere() async throws {
        let own = NuGetV2Miner(.chocolatey, feedURL: "https://user:hunter2@choco.test:8443/nuget/")
        let url = "https://user:hunter2@choco.test:8443/nuget/Packages()?$filter=IsLatestVersion"
        feed.set(url, "a 1", next: "https://choco.test:8443/nuget/2")
        feed.set("https://user:hunter2@choco.test:8443/nuget/2", "b 1", next: "https://choco.test/nuget/3")
        let folder = try MinedFolder()
        let error = try await #require(throws: WireError.self) {
            _ = try await folder.run(own, through: feed.session)
        }
        #expect(error.url == "https://choco.test:8443/nuget/2")
        #expect(try !folder.holds("hunter2"))
    }
}
