import ChecksumDatabase
public import Foundation
public import PackageMining

/// Go modules: listed by the module index or by the checksum database, looked up at a module proxy.
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

    /// What modules are listed from.
    public enum ListSource: String, CaseIterable, Sendable {
        case moduleIndex = "module-index"
        case checksumDatabase = "checksum-database"
    }

    private let indexURL: String
    let database: DatabaseSetting?
    private let proxies: ProxyList
    private let health: ProxyHealth
    private let pages = GoImportPages()
    private let made = MadeHashes()
    private let mayAskPrivateHosts: Bool
    private let skipped: ModulePatterns
    private let includesUnavailable: Bool
    private let pageLimit: Int

    /// - Parameters:
    ///   - indexURL: the address of the index, `…/index`.
    ///   - proxyURL: what GOPROXY takes: module proxies, tried in order, and `direct`; see ``ProxyList``.
    ///   - includesUnavailable: also list versions that the proxy no longer serves (`include=all`).
    ///   - pageLimit: the entries asked for at once, 1 to 2,000.
    ///   - skip: what GONOPROXY takes: globs of modules that are not asked for.
    ///   - mayAskPrivateHosts: whether what `direct` leads to may lie in a private network.
    ///   - database: what GOSUMDB takes, for a list from the checksum database; nil for one from the index.
    /// - Throws: `ProxyList.Unusable`, and what is wrong with `database`.
    public init(
        indexURL: String = GoMiner.defaultIndexURL, proxyURL: String = GoMiner.defaultProxyURL,
        includesUnavailable: Bool = false, pageLimit: Int = GoMiner.largestPage, skip: String = "",
        mayAskPrivateHosts: Bool = false, database: String? = nil
    ) throws {
        self.indexURL = indexURL
        self.database = try database.map(DatabaseSetting.init)
        proxies = try ProxyList(proxyURL)
        health = ProxyHealth(proxies)
        skipped = ModulePatterns(skip)
        self.mayAskPrivateHosts = mayAskPrivateHosts
        self.includesUnavailable = includesUnavailable
        self.pageLimit = pageLimit
    }

    public var ecosystem: Ecosystem {
        if let database { return GoMiner.ecosystem(from: database, lookedUpAt: proxies.registry) }
        return GoMiner.ecosystem(
            indexURL: indexURL, lookedUpAt: proxies.registry, options: includesUnavailable ? ["include": "all"] : [:])
    }

    private static func ecosystem(from database: DatabaseSetting, lookedUpAt service: Registry) -> Ecosystem {
        Ecosystem(
            id: "go", platform: "Go", fileName: "Go", purlType: "golang",
            registries: [Registry(name: "checksum database", url: database.url), service], signedBy: database.key.id)
    }

    static func ecosystem(
        indexURL: String = GoMiner.defaultIndexURL,
        lookedUpAt service: Registry = Registry(name: "module proxy", url: GoMiner.defaultProxyURL),
        options: [String: String] = [:]
    ) -> Ecosystem {
        Ecosystem(
            id: "go", platform: "Go", fileName: "Go", purlType: "golang",
            registries: [Registry(name: "module index", url: indexURL), service], options: options, placeIsTime: true)
    }

    public func spans(of run: RunFacts, after walked: [GoCursor]) -> [GoCursor] {
        if database != nil { return walked.compactMap(\.tree).followed.map(GoCursor.tree) }
        return windows(of: run, after: walked.compactMap(\.index)).map(GoCursor.index)
    }

    /// One window: all that came up to the beginning of the run, or, in an update, since the last entry taken and not
    /// since the last run: clocks are wrong at times, and the index can lag.
    private func windows(of run: RunFacts, after walked: [IndexCursor]) -> [IndexCursor] {
        let end = IndexTime(nanoseconds: Int64(run.began.timeIntervalSince1970 * 1e6) * IndexTime.microsecond)
        let last = walked.filter { $0.lastEntryTime != nil }.max { a, b in
            guard let a = a.lastEntryTime, let b = b.lastEntryTime else { return false }
            return a < b
        }
        let since = last?.lastEntryTime.map { IndexTime(nanoseconds: max(0, $0.nanoseconds - GoMiner.overlap)).text }
        var cursor = IndexCursor(since: since, end: end)
        cursor.lastEntry = last?.lastEntry
        cursor.fullPageCount = walked.map(\.fullPageCount).max() ?? 0
        return [cursor]
    }

    public func registryTime(ofListBehind walked: [GoCursor]) -> Date? {
        let times = walked.compactMap(\.index?.lastEntryTime)
        return times.map { Date(timeIntervalSince1970: Double($0.nanoseconds) / 1e9) }.max()
    }

    public func list(
        from cursor: GoCursor, through session: any RegistrySession, into sink: PageSink<GoCursor>
    ) async throws {
        switch cursor {
        case .index(let cursor): try await list(from: cursor, through: session, into: sink)
        case .tree(let cursor):
            guard let database else { return }
            let requests = DatabaseRequests(setting: database, session: session, made: made)
            try await TreeWalk(requests: requests, ofNames: false, sink: sink, cursor: GoCursor.tree).walk(from: cursor)
        }
    }

    public func remaining(in cursor: GoCursor) -> Int? { cursor.tree?.remaining }

    public func missing(in walked: [GoCursor]) -> (any Error)? { walked.compactMap(\.tree).lack }

    private func list(
        from cursor: IndexCursor, through session: any RegistrySession, into sink: PageSink<GoCursor>
    ) async throws {
        let index = IndexRequests(url: indexURL, options: query, limit: pageLimit, now: sink.now, session: session)
        var walk = IndexWalk(cursor, limit: pageLimit)
        var page = try walk.take(await index.page(for: walk))
        while !walk.isFinished {
            let fork = sink.mayFork ? try await fork(&walk, after: page, index) : nil
            let walkNow = walk
            // A walker that walks alone asks for the next page while the last one is stored. Beside others, who do so
            // in any case, it would only hold twice as many pages in memory.
            async let early = sink.mayFork ? nil : index.page(for: walkNow)
            try await sink.push(page, next: .index(walkNow.cursor), forks: fork.map { [.index($0)] } ?? [])
            if let early = try await early {
                page = try walk.take(early)
            } else {
                page = try walk.take(await index.page(for: walk))
            }
        }
        try await sink.push(page, next: .index(walk.cursor))
    }

    private func fork(
        _ walk: inout IndexWalk, after page: Page, _ index: IndexRequests
    ) async throws -> IndexCursor? {
        guard let cut = walk.cut(after: page) else { return nil }
        if !walk.knows(cut) { walk.note(try await index.firstEntry(from: cut), from: cut) }
        return walk.knows(cut) ? walk.split(at: cut) : nil
    }

    public func resolve(_ package: Package, through session: any RegistrySession) async throws -> Resolution {
        if skipped.match(package.name) { return Resolution(.skipped) }
        let way = ProxyWay(list: proxies, health: health, session: session)
        let direct = DirectLookup(pages: pages, mayAskPrivateHosts: mayAskPrivateHosts, session: session)
        let lookup = ModuleLookup(origins: OriginLookup(proxies: way), direct: proxies.goesDirect ? direct : nil)
        return try await lookup.resolve(package)
    }

    public func isVersion(_ a: String, newerThan b: String) -> Bool {
        ModuleVersion(b) < ModuleVersion(a)
    }

    private var query: String { includesUnavailable ? "&include=all" : "" }
}
