import EcosystemTemplates
import MinerHarness
import PackageMining
import Testing

/// What the registry does not say aloud: a test each.
@Suite("TemplatePages, in detail")
struct TemplatePagesMinerTests {
    private let session = StubSession()
    private let miner = TemplatePagesMiner(registryURL: "https://templatepages.test")

    @Test("a recorded answer is listed")
    func listsRecorded() async throws {
        session.set(
            "https://templatepages.test/packages?since=&page=1", try Places.fixture("templatepages/small/page.json"))
        #expect(try await MinedFolder().run(miner, through: session) == ["say which rows it tells"])
    }
}
