import PackageMining
import RegistryDocuments

/// Walks the pages of the catalogue behind what earlier runs have taken.
///
/// A page may begin before the one before it ended (NuGet/NuGetGallery#10261), and the index may not tell that a page
/// grew: what lies up to an hour back is read again, and in any case the last page of the index and the last one of
/// the run before. Events that are known already change nothing.
struct CatalogueWalk {
    let catalogue: Catalogue
    let asksLeaves: Bool

    /// Pages that one span walks before it gives the next ones away.
    static let pagesOfPart = 64

    /// In nanoseconds.
    private static let overlap: Int64 = 3_600_000_000_000

    /// Leaves that are asked for side by side.
    private static let mostLeaves = 16

    func walk(from start: NuGetMiner.Cursor, into sink: PageSink<NuGetMiner.Cursor>) async throws {
        var cursor = start
        var pages = try await pages(from: start)
        if start.pages == nil, sink.mayFork, pages.count > Self.pagesOfPart {
            let urls = pages.map(\.url)
            let parts = stride(from: 0, to: urls.count, by: Self.pagesOfPart).map { first in
                NuGetMiner.Cursor(
                    after: start.after, last: start.last, pages: Array(urls[first...].prefix(Self.pagesOfPart)))
            }
            cursor.pages = parts[0].pages
            pages.removeSubrange(Self.pagesOfPart...)
            try await sink.push(Page(), next: cursor, forks: Array(parts.dropFirst()))
        }
        for (url, time) in pages {
            let read = try await catalogue.events(of: url)
            cursor.walked(url, indexed: time, latest: read.latest)
            try await sink.push(page(of: read, at: url, from: start), next: cursor)
        }
    }

    /// The pages that are left to be walked, by their times in the index.
    private func pages(from cursor: NuGetMiner.Cursor) async throws -> [(url: String, time: RegistryTime?)] {
        if let left = cursor.pages { return left.map { ($0, nil) } }
        let pages = try await catalogue.pages()
        let overlap = cursor.after.map { $0.nanoseconds - Self.overlap }
        return pages.filter { page in
            if cursor.isBehind(page) { return false }
            return overlap.map { page.time.nanoseconds >= $0 || page.url == cursor.last || page == pages.last } ?? true
        }.map { ($0.url, $0.time) }
    }

    private func page(
        of read: Catalogue.EventPage, at url: String, from cursor: NuGetMiner.Cursor
    ) async throws -> Page {
        // Without leaves it costs nothing to tell of an event twice.
        let isKnown = asksLeaves && url == cursor.last ? cursor.after?.nanoseconds : nil
        let earliest = isKnown.map { $0 + 1 } ?? cursor.after.map { $0.nanoseconds - Self.overlap } ?? .min
        let events = read.events.filter { $0.time.nanoseconds >= earliest }
        var page = Page(reserving: events.count)
        read.problems.forEach { page.note($0) }
        for (event, leaf) in zip(events, try await leaves(of: events)) {
            page.appendChange(
                of: event.id, key: event.key,
                Release(
                    version: event.version, place: event.time.nanoseconds, homepage: leaf?.homepage,
                    isWithdrawn: event.isDeletion || leaf?.isListed == false))
        }
        return page
    }

    /// What each event's leaf tells; nil where it is not asked for, and where it is gone, though the event was there.
    private func leaves(of events: [Catalogue.Event]) async throws -> [Leaf?] {
        var leaves = [Leaf?](repeating: nil, count: events.count)
        guard asksLeaves else { return leaves }
        let session = catalogue.session
        try await withThrowingTaskGroup(of: (Int, Leaf?).self) { group in
            for (index, event) in events.enumerated() where !event.isDeletion {
                if index >= Self.mostLeaves, let (done, leaf) = try await group.next() { leaves[done] = leaf }
                group.addTask { (index, try await session.json(at: event.leaf).map(Leaf.init)) }
            }
            for try await (done, leaf) in group { leaves[done] = leaf }
        }
        return leaves
    }
}

extension NuGetMiner.Cursor {
    /// Whether this walk has passed the page, by the index's order.
    fileprivate func isBehind(_ page: Catalogue.IndexedPage) -> Bool {
        guard let url = self.page, let time = indexed ?? reached else { return false }
        return (page.time, page.url) <= (time, url)
    }

    fileprivate mutating func walked(_ url: String, indexed time: RegistryTime?, latest: RegistryTime) {
        if pages != nil { pages?.removeFirst() }
        (page, indexed) = (url, time)
        if reached.map({ $0 <= latest }) ?? true { (reached, self.latest) = (latest, url) }
    }
}
