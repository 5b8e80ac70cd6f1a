import EcosystemTemplates
import MinerHarness
import PackageMining
import Testing

/// What the registry does not say aloud: a test each.
@Suite("TemplateDump, in detail")
struct TemplateDumpMinerTests {
    private let session = StubSession()
    private let miner = TemplateDumpMiner(registryURL: "https://templatedump.test/packages.csv.gz")

    @Test("a recorded answer is listed")
    func listsRecorded() async throws {
        session.set("https://templatedump.test/packages.csv.gz", try Places.fixture("templatedump/small/packages.csv"))
        #expect(try await MinedFolder().run(miner, through: session) == ["say which rows it tells"])
    }
}
