import MinerHarness
import NuGetMiner
import PackageMining
import Testing

/// A registry in memory: events, a page for each two of them.
private final class Registry {
    let session = StubSession()
    private var events: [(time: String, id: String, version: String, type: String)] = []
    private let hasRegistrations: Bool

    init(hasRegistrations: Bool = false) {
        self.hasRegistrations = hasRegistrations
        let registrations = #", {"@id": "http://n.test/reg", "@type": "RegistrationsBaseUrl/3.6.0"}"#
        set(
            "index.json",
            """
            {"version": "3.0.0", "resources": [{"@id": "http://n.test/c/index.json", "@type": "Catalog/3.0.0"},
            {"@id": "http://n.test/flat/", "@type": "PackageBaseAddress/3.0.0"}\(hasRegistrations ? registrations : "")]}
            """)
    }

    func set(_ path: String, _ text: String) { session.set("http://n.test/\(path)", Array(text.utf8)) }

    /// Publishes an event at that time in 2020: `01-01T00:00:00.1`.
    func add(_ time: String, _ id: String, _ version: String, deleted: Bool = false, leaf: String = "{}") {
        let time = "2020-\(time)Z"
        events.append((time, id, version, deleted ? "nuget:PackageDelete" : "nuget:PackageDetails"))
        set("leaf\(events.count).json", leaf)
        publish()
    }

    func nuspec(_ id: String, _ version: String, _ links: String, head: String = "") {
        set(
            "flat/\(id)/\(version)/\(id).nuspec",
            "\(head)<package xmlns='http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd'><metadata>\(links)</metadata></package>"
        )
    }

    private func publish() {
        let pages = stride(from: 0, to: events.count, by: 2).map { $0..<min($0 + 2, events.count) }
        for (number, page) in pages.enumerated() {
            let items = page.reversed().map { index in
                let event = events[index]
                return """
                    {"@id": "http://n.test/leaf\(index + 1).json", "@type": "\(event.type)",
                    "commitTimeStamp": "\(event.time)", "nuget:id": "\(event.id)", "nuget:version": "\(event.version)"}
                    """
            }
            let last = events[page.upperBound - 1].time
            set("c/page\(number).json", document(items, last))
        }
        let items = pages.enumerated().reversed().map { number, page in
            """
            {"@id": "http://n.test/c/page\(number).json", "count": 2, "commitTimeStamp": "\(events[page.upperBound - 1].time)"}
            """
        }
        set("c/index.json", document(items, events[events.count - 1].time))
    }

    private func document(_ items: [String], _ time: String) -> String {
        #"{"commitTimeStamp": "\#(time)", "count": \#(items.count), "items": [\#(items.joined(separator: ","))]}"#
    }
}

@Suite("NuGet miner")
struct NuGetMinerTests {
    private let miner = NuGetMiner(indexURL: "http://n.test/index.json")

    @Test("ids that differ in case are one package, which keeps its case")
    func cases() async throws {
        let registry = Registry()
        registry.add("01-01T00:00:00", "some.package", "1.0")
        registry.add("01-01T00:00:01.25", "Some.Package", "1.10.0+meta")
        registry.add("01-01T00:00:02", "Some.Package", "1.9.0")
        registry.nuspec(
            "some.package", "1.10.0",
            "<projectUrl> https://p.example/ </projectUrl><repository type='git' url='https://g.example/r' />",
            head: "<?xml version=\"1.0\" encoding=\"utf-16\"?>")
        let run = StoredRun(miner)
        try await run.list(through: registry.session)
        #expect(
            try await run.rows(through: registry.session).map(\.description) == [
                "Some.Package 1.10.0 https://p.example/ https://g.example/r (resolved)"
            ])
    }

    @Test("a deleted version is not the newest, however the deletion spells it, until it returns")
    func deletion() async throws {
        let registry = Registry()
        registry.add("01-01T00:00:00", "A", "1.0.0")
        registry.add("01-01T00:00:01", "A", "2.0.0")
        registry.add("01-02T00:00:00", "A", "2.0", deleted: true)
        let run = StoredRun(miner)
        try await run.list(through: registry.session)
        #expect(try await run.newest.map(\.release.version) == ["1.0.0"])
        registry.add("01-03T00:00:00", "A", "2.0.0")
        try await run.list(through: registry.session)
        #expect(try await run.newest.map(\.release.version) == ["2.0.0"])
    }

    @Test("a version that is unlisted later gives way, and comes back when it is listed again")
    func unlisting() async throws {
        let registry = Registry()
        registry.add("01-01T00:00:00", "A", "1.0.0")
        registry.add("01-01T00:00:01", "A", "2.0.0")
        let run = StoredRun(miner)
        try await run.list(through: registry.session)
        registry.add("01-02T00:00:00", "A", "2.0.0", leaf: #"{"published": "1900-01-01T00:00:00Z"}"#)
        try await run.list(through: registry.session)
        #expect(try await run.newest.map(\.release.version) == ["1.0.0"])
        registry.add("01-03T00:00:00", "A", "2.0.0", leaf: #"{"listed": true, "published": "1900-01-01T00:00:00Z"}"#)
        try await run.list(through: registry.session)
        #expect(try await run.newest.map(\.release.version) == ["2.0.0"])
    }

    @Test("a registration tells which version is the newest that is listed; leaves are not asked for then")
    func registrations() async throws {
        let registry = Registry(hasRegistrations: true)
        registry.add("01-01T00:00:00", "A", "3.0.0")
        registry.add("01-01T00:00:01", "Hidden", "1.0.0")
        registry.set(
            "reg/a/index.json",
            """
            {"items": [
            {"@id": "http://n.test/reg/a/low.json", "upper": "2.0.0"},
            {"upper": "3.0.0", "items": [{"catalogEntry": {"version": "3.0.0", "listed": false}}]}]}
            """)
        registry.set(
            "reg/a/low.json",
            """
            {"items": [{"catalogEntry": {"version": "2.0.0"}}, {"catalogEntry": {"version": "1.0.0", "listed": true}}]}
            """)
        registry.set(
            "reg/hidden/index.json",
            #"{"items": [{"items": [{"catalogEntry": {"version": "1.0.0", "listed": false}}]}]}"#)
        registry.nuspec("a", "2.0.0", "<projectUrl></projectUrl>")
        let run = StoredRun(miner)
        try await run.list(through: registry.session)
        #expect(!registry.session.requests.contains { $0.contains("leaf") })
        #expect(
            try await run.rows(through: registry.session).map(\.description) == [
                "A 3.0.0 nan nan (no repository)", "Hidden 1.0.0 nan nan (withdrawn)",
            ])
    }

    @Test("an update asks for what is behind the last page, and a stopped run goes on at its page")
    func resumption() async throws {
        let registry = Registry(hasRegistrations: true)
        for number in 0..<6 { registry.add("01-0\(number + 1)T00:00:00", "P\(number)", "1.0.0") }
        let run = StoredRun(miner)
        _ = await #expect(throws: Stopped.self) { try await run.list(through: registry.session, stopAfter: 1) }
        let before = registry.session.requests.count
        try await run.list(through: registry.session)
        #expect(!registry.session.requests[before...].contains("http://n.test/c/page0.json"))
        #expect(try await run.newest.count == 6)
        let asked = registry.session.requests.count
        try await run.list(through: registry.session)
        #expect(
            registry.session.requests[asked...] == ["http://n.test/c/index.json", "http://n.test/c/page2.json"])
    }

    @Test("a long catalogue is walked in parts, each to its end, and its index is asked for once, stopped or not")
    func parts() async throws {
        let registry = Registry(hasRegistrations: true)
        for number in 0..<140 {
            registry.add("01-01T0\(number / 60):\(10 + number % 60 / 2):\(10 + number % 2)", "P\(number)", "1.0.0")
        }
        for mayFork in [true, false] {
            let run = StoredRun(miner, mayFork: mayFork)
            let before = registry.session.requests.count
            _ = await #expect(throws: Stopped.self) { try await run.list(through: registry.session, stopAfter: 9) }
            try await run.list(through: registry.session)
            #expect(try await run.newest.count == 140)
            let asked = registry.session.requests[before...].filter { $0.hasSuffix("c/index.json") }
            #expect(asked.count == (mayFork ? 1 : 2))
        }
    }

    @Test("a page that was cut is not the end of the catalogue")
    func cut() async throws {
        let registry = Registry()
        registry.add("01-01T00:00:00", "A", "1.0.0")
        registry.set("c/page0.json", #"{"count": 2, "items": []}"#)
        let error = try await #require(throws: WireError.self) {
            try await StoredRun(miner).list(through: registry.session)
        }
        #expect(error.reason == "the catalogue says that there are 2 items and has 0")
        #expect(error.isWorthRetrying)
    }

    @Test("a manifest that is gone, or is none, is told as what it is")
    func manifests() async throws {
        let registry = Registry()
        registry.add("01-01T00:00:00", "Gone", "1.0.0")
        let run = StoredRun(miner)
        try await run.list(through: registry.session)
        #expect(try await run.rows(through: registry.session).map(\.outcome) == [.gone])
        registry.set("flat/gone/1.0.0/gone.nuspec", "<html>not here</html>")
        let rows = try await StoredRun(miner).rows(through: registry.session)
        #expect(rows.map(\.outcome) == [.failed])
        let because = "no XML that can be read: line 1, column 6: the outermost element is 'html', not 'package'"
        #expect(rows.map(\.resolution.problem) == ["malformed: \(because)"])
    }

    @Test("a name that is no ASCII is escaped in a URL")
    func names() async throws {
        let registry = Registry()
        registry.add("01-01T00:00:00", "新包", "1.0.0")
        let run = StoredRun(miner)
        try await run.list(through: registry.session)
        _ = try await run.rows(through: registry.session)
        #expect(
            registry.session.requests.last == "http://n.test/flat/%E6%96%B0%E5%8C%85/1.0.0/%E6%96%B0%E5%8C%85.nuspec")
    }

    @Test(
        "nuget.org's own manifests are read",
        .enabled(if: Places.realData != nil, "there is no real data beside this checkout"),
        arguments: [
            ("moq.automock", "3.5.0-ci0287", "https://github.com/moq/Moq.AutoMocker"),
            ("sil.core.desktop", "10.0.1-beta0012", "https://github.com/sillsdev/libpalaso.git"),
        ])
    func real(id: String, version: String, repository: String) async throws {
        let registry = Registry()
        registry.session.set(
            "http://n.test/flat/\(id)/\(version)/\(id).nuspec",
            try Places.real("nuget/v3-flatcontainer_\(id)_\(version)_\(id).nuspec"))
        registry.add("01-01T00:00:00", id, version)
        let run = StoredRun(miner)
        try await run.list(through: registry.session)
        #expect(try await run.rows(through: registry.session).map(\.repository) == [repository])
    }
}
