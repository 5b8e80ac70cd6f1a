import MinerHarness
import NuGetV2Miner
import PackageMining
import Testing

/// What PowerShell Gallery's feeds do not say aloud.
@Suite("PowerShell Gallery, in detail")
struct PSGalleryMinerTests {
    private static let api = "https://www.powershellgallery.com/api/v2"
    private static let query = "Packages()?$filter=IsAbsoluteLatestVersion&$orderby=Id&$inlinecount=allpages"
    private static let modules = "\(api)/\(query)"
    private static let scripts = "\(api)/items/psscript/\(query)"
    private let feed = FeedPages()
    private let miner = NuGetV2Miner(.powerShell)

    @Test("Modules and scripts are one list, an ID in two cases one package, and none has a repository")
    func lists() async throws {
        feed.set(Self.modules, xml: try Places.fixtureText("psgallery/oddities/modules.xml"))
        feed.set(Self.scripts, xml: try Places.fixtureText("psgallery/oddities/scripts.xml"))
        let folder = try MinedFolder()
        #expect(
            try await folder.run(miner, through: feed.session) == [
                "1 Get-Both https://both.test/ nan", "2 Get-Script https://script.test/ nan", "3 OnlyBeta nan nan",
                "4 Pester https://pester.test/ nan",
            ])
        #expect(try folder.problems(of: miner) == nil)
        #expect(feed.asked == [Self.scripts, Self.modules])
    }

    @Test("A package that is a script alone, or on a later page, is met, and the counts agree")
    func walksPages() async throws {
        feed.set(Self.modules, "b 1", count: 3, next: "\(Self.api)/m2")
        feed.set("\(Self.api)/m2", count: 3, next: "m3")
        feed.set("\(Self.api)/m3", "c 1", "d 1", count: 3)
        feed.set(Self.scripts, "a 1", count: 1)
        let folder = try MinedFolder()
        #expect(
            try await folder.run(miner, through: feed.session)
                == ["1 a nan nan", "2 b nan nan", "3 c nan nan", "4 d nan nan"])
        #expect(try folder.problems(of: miner) == nil)
        #expect(feed.asked.count == 4)
    }

    @Test("Rows that repeat hide others: fewer IDs than the feed says are told, when a second walk finds no more")
    func repeats() async throws {
        feed.set(Self.modules, "a 1", "b 1", count: 4, next: "\(Self.api)/2")
        feed.set("\(Self.api)/2", "A 1", "c 1", count: 4)
        feed.set(Self.scripts, count: 0)
        let folder = try MinedFolder()
        #expect(
            try await folder.run(miner, through: feed.session) == ["1 A nan nan", "2 b nan nan", "3 c nan nan"])
        #expect(
            try folder.problems(of: miner)
                == "contradiction,\(Self.modules),\"it says that it has 4 packages, and 3 were met\"")
        #expect(feed.asked.filter { $0 != Self.scripts }.count == 4)
        feed.set("\(Self.api)/2", "c 1", "d 1", count: 4)
        #expect(try await folder.run(miner, through: feed.session).count == 4)
        #expect(try folder.problems(of: miner) == nil)
    }

    @Test("A package that goes while the feed is walked hides no other: what the counts say is met by a second walk")
    func healsByWalkingAgain() async throws {
        // The first row goes, so that the third is passed over.
        feed.set(Self.scripts, count: 0)
        feed.set(Self.modules, "a 1", "b 1", count: 4, next: "\(Self.api)/2")
        let last = FeedPages.feed("<m:count>3</m:count><entry><title>d</title></entry>")
        feed.session.set("\(Self.api)/2", Array(last.utf8), status: 200) { _ in
            feed.set(Self.modules, "b 1", "c 1", count: 3, next: "\(Self.api)/2")
        }
        let folder = try MinedFolder()
        #expect(
            try await folder.run(miner, through: feed.session) == ["1 b nan nan", "2 c nan nan", "3 d nan nan"])
        #expect(try folder.problems(of: miner) == nil)
    }

    @Test("A package that is passed over while another one comes, and the counts are right, stays if it can be had")
    func passedOver() async throws {
        feed.set(Self.scripts, count: 0)
        feed.set(Self.modules, "a 1", "o'b 1 https://b", "c 1", count: 3)
        let folder = try MinedFolder()
        _ = try await folder.run(miner, through: feed.session)
        feed.set(Self.modules, "a 1", "d 1", count: 2)
        func ask(_ id: String) -> String { "\(Self.api)/FindPackagesById()?id='\(id)'&$filter=IsAbsoluteLatestVersion" }
        feed.set(ask("o%27%27b"), "O'B 1")
        // A server that does not know the question answers another one.
        feed.set(ask("c"), "a 1")
        #expect(
            try await folder.run(miner, through: feed.session) == ["1 a nan nan", "3 o'b https://b nan", "4 d nan nan"])
        #expect(try folder.problems(of: miner) == nil)
        #expect(feed.asked.suffix(2).sorted() == [ask("c"), ask("o%27%27b")])
    }

    @Test("A feed whose number of packages changes from page to page is told, with both numbers")
    func changesItsCount() async throws {
        feed.set(Self.modules, "a 1", count: 2, next: "\(Self.api)/2")
        feed.set("\(Self.api)/2", "b 1", count: 3)
        feed.set(Self.scripts, count: 0)
        let folder = try MinedFolder()
        #expect(try await folder.run(miner, through: feed.session) == ["1 a nan nan", "2 b nan nan"])
        #expect(
            try folder.problems(of: miner)
                == "contradiction,\(Self.modules),\"it says that it has 2 and then 3 packages, and 2 were met\"")
    }

    @Test("A feed that does not say how many packages it has is told as such, and walked once")
    func lacksCount() async throws {
        feed.set(Self.modules, "a 1")
        feed.set(Self.scripts, "b 1", count: 1)
        let folder = try MinedFolder()
        #expect(try await folder.run(miner, through: feed.session) == ["1 a nan nan", "2 b nan nan"])
        #expect(
            try folder.problems(of: miner)
                == "contradiction,\(Self.modules),\"it does not say how many packages it has, and 1 were met\"")
        #expect(feed.asked.count == 2)
    }

    @Test("An entry that cannot be read is named, and is one of those that the feed counts")
    func countsUnreadable() async throws {
        feed.set(Self.modules, "a 1", "", count: 2)
        feed.set(Self.scripts, count: 0)
        let folder = try MinedFolder()
        #expect(try await folder.run(miner, through: feed.session) == ["1 a nan nan"])
        #expect(try folder.problems(of: miner) == "unreadable,\"\(Self.modules), entry 2\",it names no package")
    }

    @Test("A run that was stopped in its walk counts what was met before")
    func countsAcrossRuns() async throws {
        feed.set(Self.modules, "a 1", "b 1", count: 3, next: "\(Self.api)/2")
        feed.set("\(Self.api)/2", "b 1", "c 1", count: 3)
        feed.set(Self.scripts, count: 0)
        for stop in 1...4 {
            let run = StoredRun(miner)
            await #expect(throws: Stopped.self) { try await run.list(through: feed.session, stopAfter: stop) }
            try await run.list(through: feed.session)
            #expect(try await run.newest.map(\.name) == ["a", "b", "c"])
            #expect(try await run.problems == [])
        }
    }
}
