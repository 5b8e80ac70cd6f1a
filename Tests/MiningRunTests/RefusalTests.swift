import Foundation
import MinerHarness
import PackageMining
import Testing

@Suite("A service that refuses everything")
struct RefusalTests {
    private let workshop: Workshop
    private let links = Resolution.links(homepage: nil, repository: "https://r.test")

    init() throws { workshop = try Workshop() }

    private func run(_ miner: some EcosystemMiner) async throws -> RunReport {
        try await workshop.run(miner, through: StubSession())
    }

    private func names(_ numbers: ClosedRange<Int>) -> [String] { numbers.map { "p\($0 + 1_000)" } }

    @Test(
        "A service that refuses everything ends the run at a hundred look-ups, and none of them is settled",
        arguments: [Outcome.gone, .rejected, .forbidden, .notCached, .withheld, .failed])
    func endsTheRun(outcome: Outcome) async throws {
        let miner = FickleMiner(names(1...600))
        miner.answer(Resolution(outcome))
        let error = await #expect(throws: ServiceRefuses.self) { try await run(miner) }
        #expect(
            error?.description
                == "100 look-ups in a row ended as '\(outcome.rawValue)', and so did 50 of packages from all over the "
                + "list; the last answer was a refusal")
        #expect(error?.url == "https://look-up.test")
        // Beside the hundred and the sample, four were under way.
        #expect(miner.asked().count <= 154)
        #expect(!workshop.exists("Fickle.csv"))
        miner.answer(links)
        let report = try await run(miner)
        #expect(report.tally.outcomes == [.resolved: 600])
        #expect(miner.asked().count == 600)
    }

    @Test("A service that refuses everything is found in the middle of a run too, and what came before it is kept")
    func breaksLater() async throws {
        let miner = FickleMiner(names(1...1_000))
        for name in names(1...500) { miner.answer(name, links) }
        miner.answer(Resolution(.gone))
        for name in names(1...500) { miner.answer(name, links) }
        // The sample finds the first half answered: so the second half is gone in truth.
        #expect(try await run(miner).tally.outcomes == [.resolved: 500, .gone: 500])

        let other = FickleMiner(names(1...1_000))
        other.answer(Resolution(.forbidden))
        let failing = BreakingService(other, after: 500, links)
        await #expect(throws: ServiceRefuses.self) {
            try await Workshop().run(failing, through: StubSession())
        }
    }

    @Test(
        "A service that refuses everything is found whatever it refuses with, and whatever lies between that nobody was asked for"
    )
    func mixed() async throws {
        let miner = FickleMiner(names(1...600))
        miner.answer(Resolution(.gone))
        for name in names(1...600) where name.hasSuffix("7") { miner.answer(name, Resolution(.rejected)) }
        for name in names(1...600) where name.hasSuffix("3") { miner.answer(name, Resolution(.invalidName)) }
        for name in names(1...600) where name.hasSuffix("5") { miner.answer(name, Resolution(.withdrawn)) }
        let error = await #expect(throws: ServiceRefuses.self) { try await run(miner) }
        let told = "100 look-ups in a row ended as 'gone' or 'rejected', and so did 30 of packages"
        #expect(error?.description.contains(told) == true)
        for name in names(1...600) { miner.answer(name, links) }
        let tally = try await run(miner).tally.outcomes
        #expect([tally[.gone], tally[.rejected]] == [nil, nil])
    }

    @Test("A service that refuses everything is found though the list told the links of others")
    func besideOthersOfTheList() async throws {
        let miner = FickleMiner(names(1...600))
        miner.answer(Resolution(.gone))
        for name in names(1...600) where name.hasSuffix("07") {
            miner.answer(name, .ofList(Release(version: "", repository: "https://r.test")))
        }
        let error = await #expect(throws: ServiceRefuses.self) { try await run(miner) }
        #expect(error?.description.hasPrefix("100 look-ups in a row ended as 'gone', and so did ") == true)
    }

    @Test("A service that refuses everything is not one where nobody else of all over the list has to be asked for")
    func amongOthersOfTheList() async throws {
        let miner = FickleMiner(names(1...9_000))
        miner.answer(.ofList(Release(version: "", repository: "https://r.test")))
        for name in names(185...290) { miner.answer(name, Resolution(.gone)) }
        #expect(try await run(miner).tally.outcomes == [.gone: 106, .resolved: 8_894])
    }

    @Test("A service that refuses everything is found at the end of a run too, where fewer are as improbable")
    func atTheEnd() async throws {
        let miner = FickleMiner(names(1...400))
        miner.answer(Resolution(.gone))
        let failing = BreakingService(miner, after: 350, links)
        await #expect(throws: ServiceRefuses.self) {
            try await workshop.run(failing, through: StubSession()) { $0.concurrency = 1 }
        }
        miner.answer(links)
        #expect(try await run(miner).tally.outcomes == [.resolved: 400])
    }

    @Test(
        "A service that refuses everything, and an answer that was under way when it broke: what it refused before that is not settled either"
    )
    func lateAnswer() async throws {
        let miner = FickleMiner(names(1...1_000))
        miner.answer(Resolution(.gone))
        let failing = BreakingService(miner, after: 500, links, late: "p1561")
        await #expect(throws: ServiceRefuses.self) {
            try await workshop.run(failing, through: StubSession()) { $0.concurrency = 1 }
        }
        miner.answer(links)
        #expect(try await run(miner).tally.outcomes == [.resolved: 1_000])
    }

    @Test(
        "A service that refuses everything is not one where packages from all over the list are answered: those refused are settled"
    )
    func acquits() async throws {
        let miner = FickleMiner(names(1...400))
        miner.answer(Resolution(.gone))
        for name in names(361...400) { miner.answer(name, links) }
        let report = try await run(miner)
        #expect(report.tally.outcomes == [.gone: 360, .resolved: 40])
        #expect(report.exitCode == 0)
    }

    @Test("A service that refuses everything cannot be told from a small registry that has nothing")
    func small() async throws {
        let miner = FickleMiner(names(1...99))
        #expect(try await run(miner).tally.outcomes == [.gone: 99])
    }

    @Test(
        "A service that refuses everything is remembered with what it said: another one is asked for what this one did not have, and for no more"
    )
    func remembersServices() async throws {
        let miner = FickleMiner(names(1...6))
        miner.answer(links)
        let negative: [Outcome] = [.gone, .noRepository, .rejected, .notCached]
        for (name, outcome) in zip(names(1...4), negative) { miner.answer(name, Resolution(outcome)) }
        miner.answer("p1005", Resolution(.invalidName))
        #expect(try await run(miner).exitCode == 0)
        _ = miner.asked()
        #expect(try await run(miner).exitCode == 0)
        #expect(miner.asked() == [])

        let elsewhere = miner.moved(service: "https://other.test")
        elsewhere.answer("p1001", links)
        let report = try await run(elsewhere)
        #expect(elsewhere.asked().sorted() == names(1...4))
        #expect(report.tally.outcomes[.resolved] == 2)
        #expect(try await run(elsewhere).exitCode == 0)
        #expect(elsewhere.asked() == [])

        // Back at the first one, what it had said itself would be asked for once more: the other one said it last.
        let back = miner.moved()
        _ = try await run(back)
        #expect(back.asked().sorted() == names(2...4))
    }
}

/// A registry that answers so many look-ups, and of one package another, and refuses all others.
private struct BreakingService: EcosystemMiner {
    let miner: FickleMiner
    let answers: Countdown
    let links: Resolution
    let late: String
    let lateAnswer = Countdown(1)

    init(_ miner: FickleMiner, after count: Int, _ links: Resolution, late: String = "") {
        self.miner = miner
        self.late = late
        answers = Countdown(count)
        self.links = links
    }

    var ecosystem: Ecosystem { miner.ecosystem }
    func spans(of run: RunFacts, after walked: [Int]) -> [Int] { miner.spans(of: run, after: walked) }
    func list(from cursor: Int, through session: any RegistrySession, into sink: PageSink<Int>) async throws {
        try await miner.list(from: cursor, through: session, into: sink)
    }
    func resolve(_ package: Package, through session: any RegistrySession) async throws -> Resolution {
        if package.name == late, lateAnswer.next() { return links }
        return answers.next() ? links : try await miner.resolve(package, through: session)
    }
}
