import Foundation
import MinerHarness
import PackageMining
import Testing

/// When the runs of these tests begin, in nanoseconds since 1970.
private let began: Int64 = 1_700_000_000_000_000_000
private let hour: Int64 = 3_600_000_000_000

@Suite("What a registry says that does not fit what it has said")
struct LastWordTests {
    private let workshop: Workshop
    private let links = Resolution.links(homepage: "https://h.test", repository: "https://r.test")

    init() throws { workshop = try Workshop() }

    /// Exit code, the list's last row, and the detail of its problem, of a run so many hours after the first.
    private func run(_ miner: FickleMiner, after hours: Double = 0) async throws -> [String] {
        let report = try await workshop.run(miner, through: StubSession()) {
            $0.began = Date(timeIntervalSince1970: 1_700_000_000 + hours * 3_600)
        }
        let row = try workshop.text("Fickle.csv").split(separator: "\n").last.map(String.init) ?? ""
        let problems = report.problems == nil ? "" : try workshop.text("Fickle.problems.csv")
        return ["\(report.exitCode)", row] + problems.split(separator: "\n").dropFirst().map(String.init)
    }

    private func unsettled(_ what: String, because reason: String, from time: String) -> String {
        "unsettled,a,\"\(what), and \(reason): not settled before a run from \(time) on finds the same\""
    }

    @Test("links that were known stay until a run a day later finds the package gone still")
    func keepsLinks() async throws {
        let miner = FickleMiner(["a"])
        miner.answer(links)
        #expect(try await run(miner) == ["0", "1,Fickle,a,https://h.test,https://r.test"])
        miner.answer(Resolution(.gone))
        miner.tell("a", "2", place: 1)
        let problem = unsettled(
            "the registry says that it is gone", because: "it had links before", from: "2023-11-15T23:13:20Z")
        for hours in [1, 2, 24.99] {
            #expect(
                try await run(miner, after: hours) == ["75", "1,Fickle,a,https://h.test,https://r.test", problem])
        }
        #expect(try await run(miner, after: 25) == ["0", "1,Fickle,a,nan,nan"])
        #expect(miner.asked() == ["a", "a", "a", "a", "a"])
        #expect(try await run(miner, after: 26) == ["0", "1,Fickle,a,nan,nan"])
        #expect(miner.asked() == [])
    }

    @Test("links that were known stay for a day where the list names no version any more")
    func lostVersion() async throws {
        let miner = FickleMiner(["a"])
        miner.answer(links)
        _ = try await run(miner)
        miner.answer(Resolution(.noVersion))
        miner.tell("a", "2", place: 1)
        let problem = unsettled(
            "the list names no version", because: "it had links before", from: "2023-11-15T23:13:20Z")
        for hours in [1, 2, 24.99] {
            #expect(
                try await run(miner, after: hours) == ["75", "1,Fickle,a,https://h.test,https://r.test", problem])
        }
        #expect(try await run(miner, after: 25) == ["0", "1,Fickle,a,nan,nan"])
    }

    @Test("a package that never had links is settled without a version, however fresh it is")
    func neverHadVersion() async throws {
        let miner = FickleMiner()
        miner.tell("a", "", place: began)
        miner.answer(Resolution(.noVersion))
        #expect(try await run(miner) == ["0", "1,Fickle,a,nan,nan"])
    }

    @Test("a release that the list told of in the last day is not gone", arguments: [1, 23])
    func fresh(hours: Int64) async throws {
        let miner = FickleMiner(["a"], place: began - hours * hour)
        let problem = unsettled(
            "the registry says that it is gone", because: "the list has told of 1 only just now",
            from: "2023-11-15T22:13:20Z")
        #expect(try await run(miner) == ["75", "1,Fickle,a,nan,nan", problem])
        miner.answer(links)
        #expect(try await run(miner, after: 1) == ["0", "1,Fickle,a,https://h.test,https://r.test"])
    }

    @Test("a first run settles at once what is old and gone", arguments: [true, false])
    func old(placeIsTime: Bool) async throws {
        let miner = FickleMiner(["a"], place: placeIsTime ? began - 25 * hour : 1, placeIsTime: placeIsTime)
        #expect(try await run(miner) == ["0", "1,Fickle,a,nan,nan"])
    }

    @Test("without times, what an update lists for the first time is fresh")
    func newcomer() async throws {
        let miner = FickleMiner(["b"], placeIsTime: false)
        miner.answer(links)
        _ = try await run(miner)
        miner.tell("a", place: 2)
        miner.answer("a", Resolution(.gone))
        let problem = unsettled(
            "the registry says that it is gone", because: "the list has told of 1 only just now",
            from: "2023-11-15T22:13:20Z")
        #expect(try await run(miner) == ["75", "2,Fickle,a,nan,nan", problem])
        #expect(try await run(miner, after: 23) == ["75", "2,Fickle,a,nan,nan", problem])
        #expect(try await run(miner, after: 24) == ["0", "2,Fickle,a,nan,nan"])
    }

    @Test("what the first listing told is not fresh when its packages are looked up by a later run")
    func lookedUpLater() async throws {
        let miner = FickleMiner(["a"], placeIsTime: false)
        _ = try await workshop.run(miner, through: StubSession()) { $0.resolves = false }
        #expect(try await run(miner, after: 1) == ["0", "1,Fickle,a,nan,nan"])
    }

    @Test("a look-up that failed begins no day, and is no reason to believe the next answer", arguments: [true, false])
    func failedFirst(hadLinks: Bool) async throws {
        let miner = FickleMiner([hadLinks ? "a" : "0"], placeIsTime: false)
        miner.answer(links)
        _ = try await run(miner)
        miner.answer("a", Resolution(.failed, because: "no answer"))
        miner.tell("a", "2", place: 2)
        #expect(try await run(miner, after: 1)[0] == "75")
        #expect(try await run(miner, after: 2)[0] == "75")
        miner.answer("a", Resolution(.gone))
        let row = hadLinks ? "1,Fickle,a,https://h.test,https://r.test" : "2,Fickle,a,nan,nan"
        for hours in [48.0, 71] {
            let told = try await run(miner, after: hours)
            #expect(Array(told.prefix(2)) == ["75", row])
            #expect(told[2].hasSuffix("not settled before a run from 2023-11-17T22:13:20Z on finds the same\""))
        }
        #expect(try await run(miner, after: 72) == ["0", hadLinks ? "1,Fickle,a,nan,nan" : "2,Fickle,a,nan,nan"])
    }

    @Test("a day that a clock ahead of its time has noted begins now")
    func clockAhead() async throws {
        let miner = FickleMiner(["a"])
        miner.answer(links)
        _ = try await run(miner)
        miner.answer(Resolution(.gone))
        miner.tell("a", "2", place: 1)
        #expect(try await run(miner, after: 10_000)[0] == "75")
        #expect(try await run(miner, after: 1)[0] == "75")
        #expect(try await run(miner, after: 25) == ["0", "1,Fickle,a,nan,nan"])
    }

    @Test("an answer that lags behind a fresh release is published, and asked for again")
    func lagging() async throws {
        let miner = FickleMiner(["a"], place: began)
        miner.answer(links.lagging("it knows 0.9 at most"))
        let problem = unsettled(
            "it knows 0.9 at most", because: "the list has told of 1 only just now", from: "2023-11-15T22:13:20Z")
        #expect(try await run(miner) == ["75", "1,Fickle,a,https://h.test,https://r.test", problem])
        #expect(try await run(miner, after: 24) == ["0", "1,Fickle,a,https://h.test,https://r.test"])
    }

    @Test("an answer that lags behind a newer release than the one whose links were known is not settled at once")
    func laggingBehindLinks() async throws {
        let miner = FickleMiner(["a"])
        miner.answer(links)
        _ = try await run(miner)
        miner.tell("a", "2", place: 1)
        miner.answer(.links(homepage: nil, repository: "https://old.test").lagging("it knows 1 at most"))
        let problem = unsettled(
            "it knows 1 at most", because: "it had links before", from: "2023-11-15T23:13:20Z")
        #expect(try await run(miner, after: 1) == ["75", "1,Fickle,a,nan,https://old.test", problem])
        #expect(try await run(miner, after: 25) == ["0", "1,Fickle,a,nan,https://old.test"])
    }

    @Test("an answer lags behind whatever was told last, and a day counts from when that was told")
    func laggingBehindOthers() async throws {
        let miner = FickleMiner()
        miner.tell("a", "2", place: 1)
        miner.tell("a", "1", place: began - hour)
        miner.answer(links.lagging("it knows 2 at most"))
        func problem(_ version: String, _ time: String) -> [String] {
            let because = "the list has told of \(version) only just now"
            let detail = unsettled("it knows 2 at most", because: because, from: time)
            return ["75", "1,Fickle,a,https://h.test,https://r.test", detail]
        }
        #expect(try await run(miner) == problem("1", "2023-11-15T22:13:20Z"))
        miner.tell("a", "0", place: began + 20 * hour)
        #expect(try await run(miner, after: 25).first == "75")
        #expect(try await run(miner, after: 48).first == "75")
        #expect(try await run(miner, after: 49) == ["0", "1,Fickle,a,https://h.test,https://r.test"])
    }

    @Test("a release of a time that is still to come does not keep a package open for ever")
    func future() async throws {
        let miner = FickleMiner(["a"], place: began + 10_000 * hour)
        #expect(try await run(miner).first == "75")
        #expect(try await run(miner, after: 24) == ["0", "1,Fickle,a,nan,nan"])
    }

    @Test("a day counts from when this release was first not to be had, whatever failed in between")
    func countsAnew() async throws {
        let miner = FickleMiner(["a"])
        miner.answer(links)
        _ = try await run(miner)
        miner.answer(Resolution(.gone))
        miner.tell("a", "2", place: began + 10 * hour)
        #expect(try await run(miner, after: 10)[0] == "75")
        miner.answer(Resolution(.failed, because: "no answer"))
        #expect(
            try await run(miner, after: 20) == ["75", "1,Fickle,a,https://h.test,https://r.test", "failed,a,no answer"])
        miner.answer(Resolution(.gone))
        miner.tell("a", "3", place: began + 33 * hour)
        #expect(try await run(miner, after: 34)[0] == "75")
        #expect(try await run(miner, after: 57)[0] == "75")
        #expect(try await run(miner, after: 58) == ["0", "1,Fickle,a,nan,nan"])
    }

    @Test(
        "what is withheld or names no repository is settled, whatever was known",
        arguments: [
            Resolution(.withheld), Resolution(.noRepository),
        ])
    func settles(answer: Resolution) async throws {
        let miner = FickleMiner(["a"])
        miner.answer(links)
        _ = try await run(miner)
        miner.answer(answer)
        miner.tell("a", "2", place: began)
        #expect(try await run(miner) == ["0", "1,Fickle,a,nan,nan"])
    }
}
