import PackageMining
import RegistryDocuments
import RegistryJSON

/// Reads the catalogue: an index of pages, and pages of events
/// (https://learn.microsoft.com/nuget/api/catalog-resource).
struct Catalogue {
    /// A page, as far as the index tells.
    struct IndexedPage: Hashable, Sendable {
        let url: String

        /// The time of its latest commit, or of an earlier one: the index may be behind the page for ever
        /// (NuGet/NuGetGallery#6827).
        let time: RegistryTime
    }

    /// What happened to one version.
    struct Event: Sendable {
        /// When it was committed.
        let time: RegistryTime
        let id: String
        let key: String
        let version: String
        let isDeletion: Bool

        /// Where the event's own document (leaf) is.
        let leaf: String
    }

    struct EventPage: Sendable {
        var latest: RegistryTime
        var events: [Event] = []
        var problems: [Problem] = []
    }

    let url: String
    let session: any RegistrySession

    /// All pages by their times in the index, which does not sort them.
    func pages() async throws -> [IndexedPage] {
        try await read(url) { response, rows, _ in
            let pages = try rows.map { row in
                guard let url = row["/@id"]?.text, !url.isEmpty else {
                    throw response.malformed("a page has no address")
                }
                return IndexedPage(url: url, time: try response.time(row["/commitTimeStamp"]?.text))
            }
            return pages.sorted { ($0.time, $0.url) < ($1.time, $1.url) }
        }
    }

    /// A page's events, in an order that follows from them alone: that inside a page means nothing.
    ///
    /// Where one commit both publishes and deletes a version (NuGet/NuGetGallery#4202), the deletion is left out: whether
    /// the version is there, the look-up finds.
    func events(of page: String) async throws -> EventPage {
        try await read(page) { _, rows, time in
            var read = EventPage(latest: time)
            for row in rows {
                guard let event = Event(row) else {
                    read.problems.append(Self.unreadable(row, in: page))
                    continue
                }
                read.latest = max(read.latest, event.time)
                read.events.append(event)
            }
            let published = Set(read.events.filter { !$0.isDeletion }.map(\.commit))
            read.events.removeAll { $0.isDeletion && published.contains($0.commit) }
            read.events.sort { a, b in
                a.time == b.time ? a.version.utf8.lexicographicallyPrecedes(b.version.utf8) : a.time < b.time
            }
            return read
        }
    }

    private static func unreadable(_ row: JSONValue, in page: String) -> Problem {
        let told = facts.compactMap { fact in row.member(fact)?.text.map { "\(fact) \($0)" } }
            .joined(separator: ", ")
        return Problem(
            .unreadable, at: row["/@id"]?.text ?? page,
            "an event that names no package, no version or no time: \(told)",
            key: "\(page) \(told)")
    }

    private static let facts = ["@id", "@type", "commitTimeStamp", "nuget:id", "nuget:version"]

    /// - Throws: `WireError` for a document that does not have as many items as it says: it was cut.
    private func read<Answer: Sendable>(
        _ url: String, _ take: @Sendable (Response, [JSONValue], RegistryTime) throws -> Answer
    ) async throws -> Answer {
        try await session.fetch(Request(url, bodyLimit: 64 << 20)) { response in
            let document = try response.json()
            let rows = document["/items"]?.elements ?? []
            let count = document["/count"]?.integer
            guard count == rows.count else {
                let told = count.map(String.init) ?? "no"
                throw response.malformed("the catalogue says that there are \(told) items and has \(rows.count)")
            }
            return try take(response, rows, response.time(document["/commitTimeStamp"]?.text))
        }
    }
}

extension Catalogue.Event {
    fileprivate init?(_ row: JSONValue) {
        guard let id = row["/nuget:id"]?.text, !id.isEmpty, let version = row["/nuget:version"]?.text,
            let leaf = row["/@id"]?.text, let time = row["/commitTimeStamp"]?.text.flatMap(RegistryTime.init)
        else { return nil }
        self.time = time
        self.id = id
        self.leaf = leaf
        key = simpleLowercase(id)
        self.version = NuGetVersion(version).normalized
        isDeletion = row["/@type"]?.text?.hasSuffix("PackageDelete") == true
    }

    /// What two events of one commit about one version have in common.
    fileprivate var commit: [UInt8] { Array("\(key) \(version) \(time.nanoseconds)".utf8) }
}

extension Response {
    fileprivate func time(_ text: String?) throws -> RegistryTime {
        if let time = text.flatMap(RegistryTime.init) { return time }
        throw malformed("'\(text ?? "nothing")' is no time of a commit")
    }
}
