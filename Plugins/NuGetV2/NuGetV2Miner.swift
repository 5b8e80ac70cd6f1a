public import PackageMining
import RegistryDocuments

/// Packages of a gallery that speaks NuGet's V2 protocol, OData in Atom: listed page by page, with all that there is to
/// know.
///
/// No feed of changes can be used: an update walks the whole list again, and withdraws what that no longer tells (notes
/// of a crawler of Chocolatey's, July 2026; PSResourceGet's source, August 2026).
public struct NuGetV2Miner: EcosystemMiner {
    public struct Cursor: Codable, Hashable, Sendable {
        /// Which of the gallery's feeds is walked.
        var feed = 0
        var place = LinkedCursor()
    }

    private let gallery: Gallery
    private let feedURL: String

    /// - Parameter feedURL: the folder in which `Packages()` is.
    public init(_ gallery: Gallery, feedURL: String? = nil) {
        self.gallery = gallery
        self.feedURL = bareURL(feedURL ?? gallery.defaultFeedURL)
    }

    public var ecosystem: Ecosystem { gallery.ecosystem(at: feedURL) }

    public func spans(of run: RunFacts, after walked: [Cursor]) -> [Cursor] { [Cursor()] }

    /// The feeds are walked one behind the other, so that of an ID that several tell the last one's word counts. An
    /// entry that cannot be read is one of those that a feed counts. Where rows move, one that was passed over is not
    /// missed by the counts if another one came: what the feeds tell no longer is asked for by its ID.
    public func list(
        from cursor: Cursor, through session: any RegistrySession, into sink: PageSink<Cursor>
    ) async throws {
        let url = feedURL + gallery.feeds[cursor.feed]
        let walk = LinkedWalk(from: url, tellsTotal: gallery.tellsCount) { [gallery] response in
            try gallery.page(of: response)
        }
        let last = try await walk.run(from: cursor.place, through: session, into: sink) {
            Cursor(feed: cursor.feed, place: $0)
        }
        let rest = cursor.feed + 1 < gallery.feeds.count ? [Cursor(feed: cursor.feed + 1)] : []
        if rest.isEmpty, gallery.tellsByID { try await sink.keepUntold { try await isThere($0, session) } }
        try await sink.push(last.page, next: Cursor(feed: cursor.feed, place: last.place), forks: rest)
    }

    private func isThere(_ package: Package, _ session: any RegistrySession) async throws -> Bool {
        guard let id = urlSegment(package.name.replacing("'", with: "''")) else { return false }
        let request = Request("\(feedURL)/FindPackagesById()?id='\(id)'&$filter=IsAbsoluteLatestVersion")
        return try await session.fetch(request) { response in
            if try response.refusal() != nil { return false }
            return try gallery.ids(of: response).contains { simpleLowercase($0) == simpleLowercase(package.name) }
        }
    }

    /// The latest version alone is asked for. Where a gallery calls two of a package so, the newer one counts.
    public func isVersion(_ a: String, newerThan b: String) -> Bool {
        guard let a = SemanticVersion(a.lowercased()), let b = SemanticVersion(b.lowercased()) else { return false }
        return b < a
    }
}
