import Foundation
import PackageMining

/// Go modules: listed by the module index, looked up at a module proxy.
///
/// https://index.golang.org tells of every module version in the order in which the proxy first saw it, and
/// https://proxy.golang.org of the repository that a version was made from (its Origin). There is no homepage in any
/// Go protocol: the repository stands for it, as the tools of this field do.
public struct GoMiner: EcosystemMiner {
    public static let defaultIndexURL = "https://index.golang.org/index"

    /// The proxy's answers from its cache alone, as it asks of those who look up many modules.
    public static let defaultProxyURL = "https://proxy.golang.org/cached-only"

    /// The index's own default and largest page.
    public static let largestPage = 2_000

    /// How far behind the last entry an update begins: the index may show an entry a little late.
    static let overlap = 600 * IndexTime.second

    private let indexURL: String
    private let proxies: ProxyList
    private let health: ProxyHealth
    private let includesUnavailable: Bool
    private let pageLimit: Int
    private let now: @Sendable () -> Date

    /// - Parameters:
    ///   - indexURL: the address of the index, `…/index`.
    ///   - proxyURL: what GOPROXY takes: module proxies, tried in order; see ``ProxyList``.
    ///   - includesUnavailable: also list versions that the proxy no longer serves (`include=all`).
    ///   - pageLimit: the entries asked for at once, 1 to 2,000.
    /// - Throws: `ProxyList.Unusable`
    public init(
        indexURL: String = GoMiner.defaultIndexURL, proxyURL: String = GoMiner.defaultProxyURL,
        includesUnavailable: Bool = false, pageLimit: Int = GoMiner.largestPage,
        now: @escaping @Sendable () -> Date = { Date() }
    ) throws {
        self.indexURL = indexURL
        proxies = try ProxyList(proxyURL)
        health = ProxyHealth(proxies)
        self.includesUnavailable = includesUnavailable
        self.pageLimit = pageLimit
        self.now = now
    }

    public var ecosystem: Ecosystem {
        GoMiner.ecosystem(
            indexURL: indexURL, proxyURL: proxies.text, options: includesUnavailable ? ["include": "all"] : [:])
    }

    static func ecosystem(
        indexURL: String = GoMiner.defaultIndexURL, proxyURL: String = GoMiner.defaultProxyURL,
        options: [String: String] = [:]
    ) -> Ecosystem {
        Ecosystem(
            id: "go", platform: "Go", fileName: "Go", purlType: "golang",
            registries: [
                Registry(name: "module index", url: indexURL), Registry(name: "module proxy", url: proxyURL),
            ],
            options: options, placeIsTime: true)
    }

    /// What is not done that the proxy list asks for, in a line.
    public var notice: String? { proxies.notice }

    /// One window: all that came up to the beginning of the run, or, in an update, since the last entry taken and not
    /// since the last run: clocks are wrong at times, and the index can lag.
    public func spans(of run: RunFacts, after walked: [IndexCursor]) -> [IndexCursor] {
        let end = IndexTime(nanoseconds: Int64(run.began.timeIntervalSince1970 * 1e6) * IndexTime.microsecond)
        let last = walked.filter { $0.lastEntryTime != nil }.max { a, b in
            guard let a = a.lastEntryTime, let b = b.lastEntryTime else { return false }
            return a < b
        }
        let since = last?.lastEntryTime.map { IndexTime(nanoseconds: max(0, $0.nanoseconds - GoMiner.overlap)).text }
        var cursor = IndexCursor(since: since, end: end)
        cursor.lastEntry = last?.lastEntry
        cursor.fullPage = walked.map(\.fullPage).max() ?? 0
        return [cursor]
    }

    public func list(
        from cursor: IndexCursor, through session: any RegistrySession, into sink: PageSink<IndexCursor>
    ) async throws {
        var walk = IndexWalk(cursor, limit: pageLimit)
        var page = try walk.take(await answer(to: walk.cursor, through: session))
        while !walk.isFinished {
            let fork = sink.mayFork ? walk.fork(after: page) : nil
            let cursor = walk.cursor
            // A walker that walks alone asks for the next page while the last one is stored. Beside others, who do so
            // in any case, it would only hold twice as many pages in memory.
            async let early = sink.mayFork ? nil : answer(to: cursor, through: session)
            try await sink.push(page, next: cursor, forks: fork.map { [$0] } ?? [])
            if let early = try await early {
                page = try walk.take(early)
            } else {
                page = try walk.take(await answer(to: cursor, through: session))
            }
        }
        try await sink.push(page, next: walk.cursor)
    }

    private func answer(to cursor: IndexCursor, through session: any RegistrySession) async throws -> IndexPage {
        let now = IndexTime(nanoseconds: Int64(now().timeIntervalSince1970) * IndexTime.second)
        return try await session.fetch(Request(pageURL(since: cursor.since))) { response in
            try IndexPage(response, since: cursor.sinceTime, now: now)
        }
    }

    public func resolve(_ package: Package, through session: any RegistrySession) async throws -> Resolution {
        let way = ProxyWay(list: proxies, health: health, session: session)
        return try await OriginLookup(proxies: way).resolve(package)
    }

    public func isVersion(_ a: String, newerThan b: String) -> Bool {
        ModuleVersion(b) < ModuleVersion(a)
    }

    private func pageURL(since: String?) -> String {
        // A bare `+` of an offset would be read as a space.
        var query = [since.map { "since=\($0.replacing("+", with: "%2B"))" }, "limit=\(pageLimit)"].compactMap(\.self)
        if includesUnavailable { query.append("include=all") }
        return indexURL + (indexURL.contains("?") ? "&" : "?") + query.joined(separator: "&")
    }
}
