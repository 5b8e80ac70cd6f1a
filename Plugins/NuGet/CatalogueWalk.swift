import PackageMining
import RegistryDocuments
import RegistryJSON

/// Walks the pages of the catalogue (https://learn.microsoft.com/nuget/api/catalog-resource) behind a commit's time.
struct CatalogueWalk {
    let url: String
    let asksLeaves: Bool
    let session: any RegistrySession

    /// Pages that one span walks before it gives the next ones away.
    static let pagesOfPart = 64

    func walk(from start: NuGetMiner.Cursor, into sink: PageSink<NuGetMiner.Cursor>) async throws {
        var cursor = start
        var pages = try await pages(from: start)
        if start.pages == nil, sink.mayFork, pages.count > Self.pagesOfPart {
            let parts = stride(from: 0, to: pages.count, by: Self.pagesOfPart).map { first in
                let part = pages[first...].prefix(Self.pagesOfPart)
                return NuGetMiner.Cursor(after: start.after, pages: Array(part))
            }
            cursor = parts[0]
            pages.removeSubrange(Self.pagesOfPart...)
            try await sink.push(Page(), next: cursor, forks: Array(parts.dropFirst()))
        }
        for url in pages {
            let document = try await read(url)
            (cursor.page, cursor.reached) = (url, document.time)
            cursor.pages?.removeFirst()
            try await sink.push(page(of: document.items, after: cursor.after), next: cursor)
        }
    }

    /// The pages with later events, by time, which the index does not sort them by.
    private func pages(from cursor: NuGetMiner.Cursor) async throws -> [String] {
        if let left = cursor.pages { return left }
        let later = try await read(url).items.filter { item in
            if let reached = cursor.reached { return item.time >= reached && item.row["@id"] != cursor.page }
            return cursor.after.map { $0 < item.time } ?? true
        }
        return later.sorted { $0.time < $1.time }.compactMap { $0.row["@id"] }
    }

    private func page(of items: [(time: RegistryTime, row: JSONRow)], after: RegistryTime?) async throws -> Page {
        var page = Page(reserving: items.count)
        for (time, row) in items where after.map({ $0 < time }) ?? true {
            guard let id = row["nuget:id"], !id.isEmpty, let version = row["nuget:version"], let url = row["@id"] else {
                page.note(Problem(.unreadable, at: row["@id"] ?? "", "an event that names no package or no version"))
                continue
            }
            let isDeletion = row["@type"]?.hasSuffix("PackageDelete") == true
            // A leaf that is gone tells nothing; the event itself was there.
            let leaf = asksLeaves && !isDeletion ? try await session.json(at: url) : nil
            let isUnlisted = leaf.map { !isListed($0.text("listed"), published: $0.text("published")) } ?? false
            let release = Release(
                version: NuGetVersion(version).normalized, place: time.nanoseconds,
                homepage: leaf?.text("projectUrl"), isWithdrawn: isDeletion || isUnlisted)
            page.append(name: id, key: simpleLowercase(id), release)
        }
        return page
    }

    /// The catalogue's index or one of its pages: the time of its latest commit, and its items in no order.
    ///
    /// - Throws: `WireError` for a document that does not have as many items as it says: it was cut.
    private func read(_ url: String) async throws -> (time: RegistryTime, items: [(time: RegistryTime, row: JSONRow)]) {
        try await session.fetch(Request(url, bodyLimit: 64 << 20)) { response in
            func time(_ text: String?) throws -> RegistryTime {
                if let time = text.flatMap(RegistryTime.init) { return time }
                throw response.malformed("'\(text ?? "nothing")' is no time of a commit")
            }
            let document = try response.json()
            let columns = ["@id", "@type", "commitTimeStamp", "nuget:id", "nuget:version"]
            let rows = document.rows("items", of: columns) ?? []
            let count = document.text("count") ?? "no"
            guard count == String(rows.count) else {
                throw response.malformed("the catalogue says that there are \(count) items and has \(rows.count)")
            }
            return try (time(document.text("commitTimeStamp")), rows.map { (try time($0["commitTimeStamp"]), $0) })
        }
    }
}
