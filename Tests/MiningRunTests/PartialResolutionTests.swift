import MinerHarness
import PackageMining
import Synchronization
import Testing

@Suite("Look-ups that are known in part")
struct PartialResolutionTests {
    @Test("what is known is published, what is missing is named, and the next run asks again")
    func partial() async throws {
        let workshop = try Workshop()
        let miner = PartMiner()
        #expect(try await workshop.run(miner, through: StubSession()).exitCode == 75)
        #expect(try workshop.text("Part.csv").hasSuffix("\n1,Part,a,https://h.test,nan\n"))
        #expect(
            try workshop.text("Part.problems.csv") == "Kind,Subject,Detail\nfailed,a,its parent is\\u{7}missing\n")
        miner.answer.withLock { $0 = .incomplete(homepage: nil, repository: "https://r.test", because: "still") }
        _ = try await workshop.run(miner, through: StubSession())
        #expect(try workshop.text("Part.csv").hasSuffix("\n1,Part,a,nan,https://r.test\n"))
        miner.answer.withLock { $0 = Resolution(.failed, because: "no more") }
        _ = try await workshop.run(miner, through: StubSession())
        #expect(try workshop.text("Part.csv").hasSuffix("\n1,Part,a,nan,https://r.test\n"))
        miner.answer.withLock { $0 = .links(homepage: "https://h.test", repository: "https://r.test") }
        #expect(try await workshop.run(miner, through: StubSession()).exitCode == 0)
        #expect(!workshop.exists("Part.problems.csv"))
    }
}

/// One package, and what its look-up tells.
private final class PartMiner: EcosystemMiner {
    let answer = Mutex(
        Resolution.incomplete(homepage: "https://h.test", repository: nil, because: "its parent is\u{7}missing"))

    let ecosystem = Ecosystem(
        id: "part", platform: "Part", fileName: "Part", purlType: "generic",
        registries: [Registry(name: "registry", url: "https://part.test")])

    func spans(of run: RunFacts, after walked: [Int]) -> [Int] { walked.isEmpty ? [0] : [] }

    func list(from cursor: Int, through session: any RegistrySession, into sink: PageSink<Int>) async throws {
        var page = Page()
        page.append(name: "a")
        try await sink.push(page, next: 1)
    }

    func resolve(_ package: Package, through session: any RegistrySession) async throws -> Resolution {
        answer.withLock { $0 }
    }
}
