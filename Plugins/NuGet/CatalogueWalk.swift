import PackageMining

/// Walks the pages of the catalogue between two times of commits.
struct CatalogueWalk {
    let url: String
    let asksLeaves: Bool
    let session: any RegistrySession

    /// Pages that one span walks before it gives the next ones away.
    static let pagesOfPart = 256

    private struct PagePlace {
        let url: String
        let end: CommitTime
    }

    func walk(from start: NuGetMiner.Cursor, into sink: PageSink<NuGetMiner.Cursor>) async throws {
        var cursor = start
        var pages = try await pages(of: cursor)
        if cursor.until == nil {
            guard let end = pages.last?.end else { return }
            cursor.until = end.text
            if sink.mayFork && pages.count > Self.pagesOfPart {
                let parts = parts(of: pages, cursor)
                cursor.until = parts[0].until
                pages = Array(pages.prefix(Self.pagesOfPart))
                try await sink.push(Page(), next: cursor, forks: Array(parts.dropFirst()))
            }
        }
        for place in pages {
            let page = try await read(place, cursor)
            cursor.after = min(place.end, cursor.until.flatMap(CommitTime.init) ?? place.end).text
            try await sink.push(page, next: cursor)
        }
    }

    private func parts(of pages: [PagePlace], _ cursor: NuGetMiner.Cursor) -> [NuGetMiner.Cursor] {
        stride(from: 0, to: pages.count, by: Self.pagesOfPart).map { first in
            var part = cursor
            if first > 0 { part.after = pages[first - 1].end.text }
            part.until = pages[min(first + Self.pagesOfPart, pages.count) - 1].end.text
            return part
        }
    }

    /// The pages that hold events behind the cursor, by time. The index names each with the time of its last event.
    private func pages(of cursor: NuGetMiner.Cursor) async throws -> [PagePlace] {
        let index = try await catalogue(url, bodyLimit: 64 << 20)
        let after = cursor.after.flatMap(CommitTime.init)
        let until = cursor.until.flatMap(CommitTime.init)
        var pages = try index.items.map { PagePlace(url: $0.id, end: try time($0.commitTimeStamp, at: url)) }
        pages.sort { $0.end < $1.end }
        if let after { pages.removeAll { $0.end <= after } }
        // A page that reaches beyond the part may begin in it.
        if let until, let last = pages.firstIndex(where: { $0.end >= until }) { pages.removeSubrange((last + 1)...) }
        return pages
    }

    private func read(_ place: PagePlace, _ cursor: NuGetMiner.Cursor) async throws -> Page {
        let after = cursor.after.flatMap(CommitTime.init)
        let until = cursor.until.flatMap(CommitTime.init)
        let items = try await catalogue(place.url, bodyLimit: 16 << 20).items
        var page = Page(reserving: items.count)
        for item in items {
            let time = try time(item.commitTimeStamp, at: place.url)
            if let after, time <= after { continue }
            if let until, until < time { continue }
            guard let id = item.packageID, !id.isEmpty, let version = item.version else {
                page.note(Problem(.unreadable, at: item.id, "an event that names no package or no version"))
                continue
            }
            let release = Release(
                version: NuGetVersion(version).normalized, place: time.ticks,
                isWithdrawn: try await isWithdrawn(item))
            page.append(name: id, key: NuGetMiner.key(of: id), release)
        }
        return page
    }

    private func isWithdrawn(_ item: Document.Catalogue.Item) async throws -> Bool {
        if item.type?.values.contains(where: { $0.hasSuffix("PackageDelete") }) == true { return true }
        guard asksLeaves else { return false }
        return try await session.fetch(Request(item.id)) { response in
            // A leaf that is gone tells nothing; the event itself was there.
            if response.status == 404 || response.status == 410 { return false }
            return try !Document.read(Document.Leaf.self, response).isListed
        }
    }

    /// - Throws: `WireError` for a document that does not have as many items as it says: it was cut.
    private func catalogue(_ url: String, bodyLimit: Int) async throws -> Document.Catalogue {
        try await session.fetch(Request(url, bodyLimit: bodyLimit)) { response in
            let document = try Document.read(Document.Catalogue.self, response)
            guard document.items.count == document.count else {
                throw WireError(
                    .malformed, url: response.url,
                    "the catalogue says that there are \(document.count) items and has \(document.items.count)",
                    status: response.status)
            }
            return document
        }
    }

    private func time(_ text: String, at url: String) throws -> CommitTime {
        if let time = CommitTime(text) { return time }
        throw WireError(.malformed, url: url, "'\(text)' is no time of a commit")
    }
}
