import PackageMining
import RegistryJSON

/// What a CouchDB database answers to those who replicate it (https://docs.couchdb.org/en/stable/api/database).
struct CouchDBDatabase {
    /// A page of the feed, and the seq behind which it goes on.
    struct Changes: Sendable {
        var page = Page()
        var last: Int64
        var rows = 0
        var deletions = 0
    }

    let url: String
    let session: any RegistrySession

    /// The most rows that are asked for at once. A page may be shorter, and is not the last for that.
    let mostRows: Int

    /// Its address as it may be shown.
    var shownURL: String { urlWithoutCredentials(url) }

    private static let bodyLimit = 64 << 20

    /// Names are told in front of all changes, in their order.
    private static let placeOfNames: Int64 = -1 << 40

    /// The number of the last change, as the database says.
    func updateSeq() async throws -> Int64 {
        try await session.fetch(Request("\(url)/")) {
            try $0.json(having: .integer("/update_seq")).neededInteger("/update_seq")
        }
    }

    /// All names in the order of their bytes, each page from the last name of that before it.
    var names: KeysetWalk<NameKey> {
        KeysetWalk(alike: .onOnePage(ofMost: mostRows)) { [url, mostRows] key, _ in
            let start = key.flatMap { urlSegment(jsonText($0.name)) }.map { "&startkey=\($0)" } ?? ""
            return Request("\(url)/_all_docs?limit=\(mostRows)\(start)", bodyLimit: Self.bodyLimit)
        } read: { [shownURL] response in
            let (rows, told) = try response.jsonElements(of: "/rows", keeping: ["/total_rows", "/offset"])
            let offset = told["/offset"]?.integer
            var page = KeysetPage<NameKey>()
            page.total = told["/total_rows"]?.integer
            for (index, row) in rows.enumerated() {
                let read = row.entry(of: "\(shownURL)/_all_docs", noting: &page.page) {
                    (try $0.neededText("/id"), $0["/value/rev"]?.text)
                }
                guard let (name, revision) = read else { continue }
                let place = Self.placeOfNames + (offset.map { Int64($0 + index) } ?? 0)
                page.met(name, at: NameKey(name))
                if !name.isOfView { page.page.append(name: name, Release(version: revision ?? "", place: place)) }
            }
            return page
        }
    }

    /// What has happened since: each document once, at its last change.
    func changes(since seq: Int64) async throws -> Changes {
        let request = Request("\(url)/_changes?since=\(seq)&limit=\(mostRows)", bodyLimit: Self.bodyLimit)
        return try await session.fetch(request) { [shownURL] response in
            let (rows, told) = try response.jsonElements(of: "/results", keeping: ["/last_seq"])
            guard let last = told["/last_seq"]?.integer else { throw response.malformed("it has no last_seq") }
            var changes = Changes(last: seq, rows: rows.count)
            for row in rows {
                let read = row.entry(of: "\(shownURL)/_changes", noting: &changes.page) {
                    (try $0.neededInteger("/seq"), try $0.neededText("/id"), $0)
                }
                if let (seq, name, value) = read, !changes.take(name, at: seq, value) {
                    throw response.malformed("the feed is not in its order: \(value.json)")
                }
            }
            // The number of the last row is never beyond rows that are still to come.
            if changes.last == seq { changes.last = Int64(last) }
            return changes
        }
    }
}

extension CouchDBDatabase.Changes {
    /// Returns false for a row that stands behind a later one.
    fileprivate mutating func take(_ name: String, at seq: Int64, _ row: JSONValue) -> Bool {
        guard seq > last else { return false }
        last = seq
        let isDeletion = row["/deleted"]?.bool == true
        if isDeletion { deletions += 1 }
        if name.isOfView { return true }
        if isDeletion {
            page.appendDeletion(of: name, place: seq)
        } else {
            page.appendChange(of: name, Release(version: row["/changes/0/rev"]?.text ?? "", place: seq))
        }
        return true
    }
}

extension String {
    /// Whether it names views of the database, and no package.
    fileprivate var isOfView: Bool { utf8.starts(with: "_design/".utf8) }
}
