import GoMiner
import GoRegistryFixture
import MinerTestKit
import PackageMining
import Testing

@Suite("The Go miner")
struct GoConformanceTests {
    @Test("The Go miner keeps every promise", arguments: ConformancePromise.allCases)
    func conforms(to promise: ConformancePromise) async throws {
        try await Conformance { GoFixture() }.check(promise)
    }
}

/// Twelve modules that conduct themselves in ten ways, hours apart, two of them at the same time.
private struct GoFixture: RegistryFixture {
    let registry = GoRegistry(GoFixture.modules)
    private let raw = RawNames()

    func miner(at baseURL: String) throws -> GoMiner {
        try GoMiner(indexURL: "\(baseURL)/index", proxyURL: "\(baseURL)/proxy/cached-only")
    }

    func answer(to request: LoopbackRequest) -> LoopbackAnswer { raw.put(into: registry.answer(to: request)) }

    func kind(of request: LoopbackRequest) -> RequestKind {
        if GoRequest.isIndex(request) { return .listing }
        return GoRequest.isLatest(request) ? .lookUp("@latest") : .lookUp(".info")
    }

    var expected: [ExpectedRow] {
        registry.expected().filter { !RawNames.isOne($0.path) }
            .map { ExpectedRow($0.path, homepage: $0.repository, repository: $0.repository, outcome: $0.outcome) }
    }

    /// Two entries share a time, which pages of two could not be walked past: there they are moved apart.
    var pageSizes: [Int] { [2, 3, 4, 7] }

    func setPageSize(_ size: Int) {
        registry.pageSize = size
        if size < 3 { registry.spreadOut() }
    }

    func grow() {
        registry.grow(
            (1...4).map { number in
                GoModule(
                    "example.org/new\(number)", releases: [.init("v1.0.0", at: behindAll(number))],
                    repository: "https://example.org/new\(number)")
            })
    }

    func add(names: [String]) -> Bool {
        registry.grow(
            names.enumerated().map { number, name in
                GoModule(name, releases: [.init("v1.0.0", at: GoFixture.hour(30 + number))], conduct: .unaskable)
            })
        return true
    }

    func add(rawNames: [[UInt8]]) -> Bool {
        add(names: raw.add(rawNames))
    }

    /// Entries of further versions, a minute apart, of a module that has no Origin.
    func repeatEntries(_ times: Int) -> Bool {
        let modules = registry.expected().map(\.path)
        let first = GoFixture.hour(30).nanoseconds
        registry.grow(
            entries: (0..<times * modules.count).map { number in
                GoIndexEntry(
                    modules[number % modules.count], "v0.0.\(number)",
                    at: EntryTime(nanoseconds: first + Int64(number) * 60_000_000_000))
            })
        return true
    }

    /// A version more, which is told to be of another repository.
    func change(_ name: String) -> Bool {
        let module = GoModule(
            name, releases: [.init("v1.\(registry.entries.count).0", at: behindAll())], conduct: .origin,
            repository: "https://example.org/changed")
        guard registry.expected().contains(where: { $0.path == name && $0.outcome == .resolved }) else { return false }
        registry.grow([module])
        return true
    }

    /// So many hours behind the last entry.
    private func behindAll(_ hours: Int = 1) -> EntryTime {
        let last = registry.entries.map(\.time.nanoseconds).max() ?? 0
        return EntryTime(nanoseconds: last + Int64(hours) * 3_600_000_000_000)
    }

    func addUnreadableEntry() -> Bool {
        let time = behindAll()
        let line = "{\"Path\":\"example.org/unreadable\",\"Timestamp\":\"\(time.text)\"}"
        registry.grow(entries: [GoIndexEntry("", "", at: time, line: line)])
        return true
    }

    /// Times that differ in their last digits alone.
    func add(namesWithinSecond names: [String]) -> Bool {
        let start = behindAll().nanoseconds
        registry.grow(
            names.enumerated().map { number, name in
                let time = EntryTime(nanoseconds: start + Int64(number) * 1_000)
                return GoModule(name, releases: [.init("v1.0.0", at: time)], conduct: .unaskable)
            })
        return true
    }

    /// Entries of one time that a page does not hold could not be walked past, so that none share one.
    func shortPage(of count: Int, for request: LoopbackRequest) -> LoopbackAnswer? {
        registry.spreadOut()
        let query = request.query.filter { $0.name != "limit" }.map { "\($0.name)=\($0.value)&" }.joined()
        return raw.put(into: registry.answer(to: LoopbackRequest(target: "/index?\(query)limit=\(count + 1)")))
    }

    var emptyAnswersBelieved: Int { 6 }

    func emptyPage(for request: LoopbackRequest) -> LoopbackAnswer? { LoopbackAnswer(200) }

    private static let modules = [
        module("Plain", .origin, hours: [1, 5, 12]), module("InInfo", .originInInfoOnly, hours: [2]),
        module("infoonly", .infoOnly, hours: [3, 9]), module("without", .noOrigin, hours: [4]),
        module("withoutURL", .originWithoutURL, hours: [4]), module("notfound", .notFound, hours: [6]),
        module("gone", .gone, hours: [7]), module("uncached", .notCached, hours: [8]),
        module("bad", .badRequest, hours: [10]), module("withheld", .withheld, hours: [11]),
        module("last/v2", .origin, hours: [13]), module("é", .unaskable, hours: [14]),
    ]

    private static func module(_ name: String, _ conduct: GoConduct, hours: [Int]) -> GoModule {
        GoModule(
            "example.org/" + name,
            releases: hours.enumerated().map {
                .init("v\(name.hasSuffix("v2") ? 2 : 1).\($0.offset).0", at: hour($0.element))
            },
            conduct: conduct, repository: "https://example.org/" + name)
    }

    private static func hour(_ hour: Int) -> EntryTime {
        EntryTime(nanoseconds: 1_554_923_332_997_264_000 + Int64(hour) * 3_600_000_000_000)
    }
}
