import EcosystemTemplates
import MinerHarness
import PackageMining
import Testing

/// What the registry does not say aloud: a test each.
@Suite("TemplateFeed, in detail")
struct TemplateFeedMinerTests {
    private let session = StubSession()
    private let miner = TemplateFeedMiner(registryURL: "https://templatefeed.test")

    @Test("a recorded answer is listed")
    func listsRecorded() async throws {
        session.set("https://templatefeed.test/changes?after=0", try Places.fixture("templatefeed/small/changes.json"))
        #expect(try await MinedFolder().run(miner, through: session) == ["say which rows it tells"])
    }
}
