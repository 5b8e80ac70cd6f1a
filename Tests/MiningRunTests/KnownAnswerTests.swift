import Foundation
import MinerHarness
import PackageMining
import Testing

@Suite("What a look-up is told of the one before")
struct KnownAnswerTests {
    private let workshop: Workshop
    private let miner = FickleMiner(["a", "b"], placeIsTime: false)
    private let validators = Validators(
        of: Response(status: 200, url: "", headers: [Header("ETag", "\"1\""), Header("Last-Modified", "then")]))

    init() throws { workshop = try Workshop() }

    private func answer(_ homepage: String) -> Resolution {
        .links(homepage: homepage, repository: "https://r.test").told(by: "https://d.test", validators)
    }

    private func known(_ homepage: String) throws -> KnownAnswer {
        KnownAnswer(
            homepage: homepage, repository: "https://r.test", url: "https://d.test",
            validators: try #require(validators))
    }

    /// What was known of "a" when it was looked up in a run; nil in the first place where it was not.
    private func run(_ place: Int64) async throws -> KnownAnswer?? {
        miner.tell([.change("a", Release(version: "1", place: place))])
        try await workshop.run(miner, through: StubSession())
        return miner.known()["a"]
    }

    @Test("a document that was told is handed over with its links, as long as these stand")
    func handsOver() async throws {
        miner.answer(answer("https://one.test"))
        #expect(try await run(1) == .some(nil))
        #expect(try await run(2) == known("https://one.test"))
        // What is not settled and brings nothing leaves it.
        miner.answer(Resolution(.failed, because: "it was ill"))
        #expect(try await run(3) == known("https://one.test"))
        miner.answer(answer("https://two.test").lagging("it lags"))
        #expect(try await run(4) == known("https://one.test"))
        miner.answer(.links(homepage: "https://three.test", repository: nil))
        #expect(try await run(5) == known("https://two.test"))
        // That answer has named no document.
        #expect(try await run(6) == .some(nil))
    }

    @Test("Package IDs that are given anew after a trial take no other package's document with them")
    func afterTrial() async throws {
        let miner = FickleMiner(placeIsTime: false)
        for (name, place) in [("a", 5), ("b", 6), ("c", 1)] { miner.tell(name, place: Int64(place)) }
        miner.answer(answer("https://one.test"))
        miner.answer("c", Resolution(.failed, because: "it was ill"))
        try await workshop.run(miner, through: StubSession()) { $0.limit = 1 }
        #expect(miner.known() == ["a": nil])
        try await workshop.run(miner, through: StubSession())
        #expect(miner.known() == ["b": nil, "c": nil])
        try await workshop.run(miner, through: StubSession())
        #expect(miner.known() == ["c": nil])
    }
}
