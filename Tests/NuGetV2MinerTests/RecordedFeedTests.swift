import MinerHarness
import NuGetV2Miner
import PackageMining
import Testing

@Suite(
    "Recorded answers of V2 feeds", .enabled(if: Places.realData != nil, "needs the recorded answers of V2 feeds"))
struct RecordedFeedTests {
    private let feed = FeedPages()
    private static let modules =
        "https://www.nuget.org/api/v2/Packages()?$filter=IsAbsoluteLatestVersion&$orderby=Id&$inlinecount=allpages"
    private let gallery = NuGetV2Miner(.powerShell, feedURL: "https://www.nuget.org/api/v2")

    /// nuget.org has no scripts: the feed of these is an empty one.
    private func set(_ file: String) throws {
        feed.session.set(Self.modules, try Places.real("psgallery/\(file)"))
        feed.session.set(
            Self.modules.replacing("v2/", with: "v2/items/psscript/"),
            try Places.real("psgallery/nuget-org-empty-feed.xml"))
    }

    @Test(
        "Chocolatey's entries are read as they are",
        arguments: [
            (
                "packages-chocolateygui-1.0.0.xml",
                "1 ChocolateyGUI https://github.com/chocolatey/ChocolateyGUI https://github.com/chocolatey/ChocolateyGUI"
            ), ("search-git-2026-cut.xml", "1 git https://git-for-windows.github.io/ nan"),
        ])
    func chocolatey(file: String, row: String) async throws {
        feed.session.set(
            "https://community.chocolatey.org/api/v2/Packages()?$filter=IsLatestVersion",
            try Places.real("chocolatey/\(file)"))
        let folder = try MinedFolder()
        #expect(try await folder.run(NuGetV2Miner(.chocolatey), through: feed.session) == [row])
        #expect(try folder.problems(of: NuGetV2Miner(.chocolatey)) == nil)
    }

    @Test("45 versions of one package are one package, with its newest version's homepage, and the count is told")
    func versions() async throws {
        try set("nuget-org-nunit-v2.xml")
        let folder = try MinedFolder()
        #expect(try await folder.run(gallery, through: feed.session) == ["1 NUnit https://nunit.org/ nan"])
        let problems = try #require(try folder.problems(of: gallery))
        #expect(problems.contains("it says that it has 45 packages, and 1 were met"))
        #expect(problems.contains("it does not say how many packages it has, and 0 were met"))
    }

    @Test("A version without a homepage leaves the package without one")
    func noHomepage() async throws {
        try set("nuget-org-nunit-v2-without-project-url.xml")
        #expect(try await MinedFolder().run(gallery, through: feed.session) == ["1 NUnit nan nan"])
    }

    @Test("A next link is followed on its host, and to another one it is not; entries without a name are named")
    func nextLinks() async throws {
        try set("made-paginated-1.xml")
        feed.session.set("https://www.nuget.org/api/v2/PageTwo", try Places.real("psgallery/nuget-org-empty-feed.xml"))
        let folder = try MinedFolder()
        #expect(try await folder.run(gallery, through: feed.session) == [])
        #expect(try folder.problems(of: gallery)?.contains("it names no package: 1.0.0") == true)
        #expect(feed.asked.contains("https://www.nuget.org/api/v2/PageTwo"))

        try set("made-next-link-to-another-host.xml")
        let error = try await #require(throws: WireError.self) {
            _ = try await folder.run(gallery, through: feed.session)
        }
        #expect(error.category == .refused)
        #expect(!feed.asked.contains { $0.contains("attacker") })
    }
}
