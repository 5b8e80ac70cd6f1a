import Foundation
import MinerHarness
import NuGetMiner
import PackageMining
import Synchronization
import Testing

@Suite("NuGet services that are behind the catalogue, or missing")
struct LaggingServiceTests {
    private let miner = NuGetMiner(indexURL: "http://f.test/index.json")
    private let feed = Feed()

    private func resolve(_ newest: String, older: String..., lastTold: Int64 = 0) async throws -> Resolution {
        try await miner.resolve(
            Package(
                id: 1, name: "A", newest: Release(version: newest), older: older.map { Release(version: $0) },
                lastTold: Release(version: newest, place: lastTold)),
            through: feed.session)
    }

    private func links(_ version: String) -> Resolution {
        .links(homepage: nil, repository: "http://g/a/\(version)")
    }

    private func serve(_ versions: String...) {
        for version in versions { feed.manifest("a", version, repository: "http://g/a/\(version)") }
    }

    @Test("the newest listed version's manifest is missing: older listed ones are asked for, newest first")
    func olderManifest() async throws {
        feed.registration("a", "0.9.0", "1.0.0", "-1.1.0", "1.2.0", "1.3.0")
        serve("0.9.0", "1.0.0", "1.1.0")
        #expect(
            try await resolve("1.3.0") == links("1.0.0").lagging("1.3.0 has no manifest: these are 1.0.0's links"))
        #expect(
            feed.requests().filter { $0.hasPrefix("flat") }.map { $0.split(separator: "/")[2] } == [
                "1.3.0", "1.2.0", "1.0.0",
            ])
    }

    @Test("four manifests are asked for at most, over the pages of a registration")
    func fourAtMost() async throws {
        feed.set(
            "reg/a/index.json",
            #"{"items": [{"@id": "http://f.test/reg/a/low.json", "upper": "4.0.0"}, {"upper": "5.0.0", "items": [{"catalogEntry": {"version": "5.0.0"}}]}]}"#
        )
        let low = ["1.0.0", "2.0.0", "3.0.0", "4.0.0"].map { #"{"catalogEntry": {"version": "\#($0)"}}"# }
        feed.set("reg/a/low.json", #"{"items": [\#(low.joined(separator: ","))]}"#)
        serve("1.0.0")
        #expect(try await resolve("5.0.0") == Resolution(.gone))
        #expect(feed.requests().filter { $0.hasPrefix("flat") }.count == 4)
        serve("2.0.0")
        #expect(
            try await resolve("5.0.0") == links("2.0.0").lagging("5.0.0 has no manifest: these are 2.0.0's links"))
    }

    @Test("a version that the registration does not know yet is asked for, and the answer lags")
    func registrationBehind() async throws {
        feed.registration("a", "1.0.0", "-1.1.0")
        serve("1.0.0", "1.2.0")
        let lag = "its registration does not know 1.2.0 yet"
        #expect(try await resolve("1.2.0") == links("1.2.0").lagging(lag))
        feed.withdrawManifest("a", "1.2.0")
        #expect(try await resolve("1.2.0") == links("1.0.0").lagging(lag))
        feed.withdrawManifest("a", "1.0.0")
        #expect(try await resolve("1.2.0") == Resolution(.gone).lagging(lag))
        #expect(try await resolve("1.1.0") == Resolution(.gone))
    }

    @Test("a registration that knows a version which the catalogue deleted lags too")
    func registrationHasDeleted() async throws {
        feed.registration("a", "1.0.0", "2.0.0")
        serve("1.0.0", "2.0.0")
        #expect(
            try await resolve("1.0.0")
                == links("2.0.0").lagging("its registration knows 2.0.0, and the catalogue nothing newer than 1.0.0"))
        feed.withdrawManifest("a", "2.0.0")
        #expect(try await resolve("1.0.0").repository == "http://g/a/1.0.0")
    }

    @Test("a registration from before the last event lags; one of its time does not")
    func registrationOlder() async throws {
        serve("1.0.0")
        let last: Int64 = 1_577_836_800_500_000_000
        feed.registration("a", "1.0.0", time: "01-01T00:00:00.5")
        #expect(try await resolve("1.0.0", lastTold: last) == links("1.0.0"))
        feed.registration("a", "1.0.0", time: "01-01T00:00:00.4")
        #expect(
            try await resolve("1.0.0", lastTold: last)
                == links("1.0.0").lagging(
                    "its registration of 2020-01-01T00:00:00.4+00:00 is older than what the catalogue told last"))
    }

    @Test("where there is no registration, what the catalogue told is asked for, and the answer lags")
    func noRegistration() async throws {
        serve("1.0.0")
        #expect(try await resolve("1.0.0") == links("1.0.0").lagging("it has no registration"))
        #expect(
            try await resolve("1.1.0", older: "1.0.0").contradiction?.hasPrefix("1.1.0 is listed and cannot be had")
                == true)
        #expect(try await resolve("1.1.0") == Resolution(.gone).lagging("it has no registration"))
    }

    @Test("a package whose manifest or registration is behind an event of today keeps its links and is asked for again")
    func wholeRuns() async throws {
        let folder = try MinedFolder()
        func run(hour: Int) async throws -> [String] {
            let began = Date(timeIntervalSince1970: 1_577_836_800 + Double(hour) * 3_600)
            let rows = try await folder.run(miner, through: feed.session, at: began)
            return rows + [try folder.problems(of: miner)].compactMap(\.self)
        }
        func unsettled(_ what: String, until time: String) -> String {
            "unsettled,A,\"\(what), and it had links before: not settled before a run from \(time) on finds the same\""
        }
        feed.pages = [
            .init(
                name: "0", events: [feed.package("A", at: "01-01T00:00:00"), feed.package("B", at: "01-01T00:00:00")])
        ]
        feed.publish()
        let old = ["1 A nan http://g/a/1.0.0", "2 B nan http://g/b/1.0.0"]
        #expect(try await run(hour: 100) == old)
        feed.pages[0].events.append(.init(time: "01-05T05:00:00", id: "A", version: "2.0.0"))
        feed.registration("a", "1.0.0", "2.0.0")
        feed.publish()
        #expect(
            try await run(hour: 102) == old + [
                unsettled("2.0.0 has no manifest: these are 1.0.0's links", until: "2020-01-06T06:00:00Z")
            ])
        feed.manifest("a", "2.0.0", repository: "http://g/a/2.0.0")
        #expect(try await run(hour: 103) == ["1 A nan http://g/a/2.0.0", old[1]])
        // It is deleted, which the registration does not know yet; then the registration knows, and nobody tells.
        feed.pages[0].events.append(.init(time: "01-05T08:00:00", id: "A", version: "2.0.0", isDeletion: true))
        feed.publish()
        #expect(
            try await run(hour: 104)
                == [
                    "1 A nan http://g/a/2.0.0", old[1],
                    unsettled(
                        "its registration knows 2.0.0, and the catalogue nothing newer than 1.0.0",
                        until: "2020-01-06T08:00:00Z"),
                ])
        feed.registration("a", "1.0.0")
        #expect(try await run(hour: 105) == old)
        let before = feed.session.requests.count
        #expect(try await run(hour: 106) == old)
        #expect(feed.requests(since: before) == ["c/index.json", "c/0.json"])
    }

    @Test("all that is listed is listed no longer")
    func unlisted() async throws {
        feed.registration("a", "-1.0.0", "-1.1.0")
        #expect(try await resolve("1.1.0") == Resolution(.withdrawn))
        #expect(feed.requests() == ["index.json", "reg/a/index.json"])
    }

    @Test(
        "a registry without a service that is needed is told at the first look",
        arguments: [
            ("Catalog/3.0.0", "so that there is nothing to list its packages by"),
            ("PackageBaseAddress/3.0.0", "so that no package's manifest can be asked for"),
        ])
    func missingService(type: String, use: String) async throws {
        let feed = Feed(services: Feed.services.filter { $0.key != type })
        let error = try await #require(throws: WireError.self) {
            try await StoredRun(miner).list(through: feed.session)
        }
        #expect(
            error.description
                == "refused: the registry has no \(type), \(use): only one that has it, as nuget.org, can be mined")
        #expect(!error.isWorthRetrying)
        #expect(feed.requests() == ["index.json"])
    }

    @Test("a document without services is none of a registry, and is asked for again")
    func noServices() async throws {
        feed.set("index.json", "{}")
        let error = try await #require(throws: WireError.self) {
            try await StoredRun(miner).list(through: feed.session)
        }
        #expect(error.isWorthRetrying)
    }

    @Test(
        "NuGet services that are behind the catalogue, or missing leaves are asked for side by side, and one that is gone leaves its event"
    )
    func leaves() async throws {
        let feed = Feed(services: Feed.services.filter { !$0.key.hasPrefix("Registrations") })
        feed.pages = [
            .init(name: "0", events: (10..<60).map { .init(time: "01-01T00:00:\($0)", id: "P\($0)", version: "1.0.0") })
        ]
        feed.publish()
        for number in 11..<60 { feed.set("leaf/P\(number).1.0.0.json", #"{"listed": \#(number > 12)}"#) }
        let session = MeetingRegistry(feed.session, party: 16)
        let run = StoredRun(miner)
        try await run.list(through: session)
        #expect(session.most == 16)
        let told = (10..<60).filter { ![11, 12].contains($0) }.map { "P\($0)" }
        #expect(try await run.newest.map(\.name).sorted() == told)
        let before = feed.session.requests.count
        try await run.list(through: session)
        #expect(feed.requests(since: before) == ["c/index.json", "c/0.json"])
    }
}

/// Answers the first leaves when so many are asked for at once, or when no more have come for long.
private final class MeetingRegistry: InMemoryRegistry {
    private struct Meeting {
        var inFlight = 0
        var most = 0
    }

    private let registry: StubSession
    private let party: Int
    private let meeting = Mutex(Meeting())

    init(_ registry: StubSession, party: Int) {
        self.registry = registry
        self.party = party
    }

    /// The most that were in flight at once.
    var most: Int { meeting.withLock(\.most) }

    func answer(to request: Request) async throws -> Response {
        guard request.url.contains("/leaf/") else { return try await registry.answer(to: request) }
        meeting.withLock { meeting in
            meeting.inFlight += 1
            meeting.most = max(meeting.most, meeting.inFlight)
        }
        defer { meeting.withLock { $0.inFlight -= 1 } }
        for _ in 0..<10_000 where most < party { await Task.yield() }
        return try await registry.answer(to: request)
    }
}
