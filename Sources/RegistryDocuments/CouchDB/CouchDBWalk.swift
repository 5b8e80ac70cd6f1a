public import PackageMining

/// Walks a CouchDB database whose documents are packages: all its names (`_all_docs`), and then its feed (`_changes`),
/// which tells what happened meanwhile; in updates the feed alone.
///
/// ```swift
/// typealias Cursor = CouchDBCursor
///
/// var walk = CouchDBWalk(url, pagesOf: 1_000, from: cursor, through: session, into: sink)
/// try await walk.run()
/// ```
///
/// It tells names and the revisions of their documents, which take the place of versions. Names are in the order of their
/// bytes, and come before whatever is told later. The feed's `deleted` takes a package back.
///
/// Seqs may begin anew, as npm's have (2016, 2021, 2025). Where the database says one that is below what it had said, or
/// its feed ends before what was taken of it, nothing can be told of what happened since: the names are listed anew, and a
/// problem says so. What is then not told is withdrawn, and what has another revision is looked up again.
public struct CouchDBWalk {
    private let database: CouchDBDatabase
    private let sink: PageSink<CouchDBCursor>
    private var place: CouchDBCursor

    /// How many answers of the feed that have no rows, or end before what was taken, are believed.
    private static let answersBelieved = 2

    /// - Parameter rows: the most that the database gives at once.
    public init(
        _ url: String, pagesOf rows: Int, from place: CouchDBCursor, through session: any RegistrySession,
        into sink: PageSink<CouchDBCursor>
    ) {
        database = CouchDBDatabase(url: url, session: session, mostRows: rows)
        self.sink = sink
        self.place = place
    }

    /// Walks to the end of the feed.
    ///
    /// - Throws: a `WireError` where the database cannot be walked, and what the session and the sink throw.
    public mutating func run() async throws {
        let now = try await database.updateSeq()
        if let before = place.updateSeq, now < before {
            place = CouchDBCursor(listingAt: now, anew: "its update_seq is \(now), and was \(before)")
        } else if place.updateSeq == nil {
            place = CouchDBCursor(listingAt: now)
        }
        place.updateSeq = now
        try await listNames()
        while let last = try await followFeed() {
            let reason = "its feed ends at \(last), and was read up to \(place.seq)"
            place = CouchDBCursor(listingAt: try await database.updateSeq(), anew: reason)
            try await listNames()
        }
    }

    private mutating func listNames() async throws {
        guard let start = place.names else { return }
        if let reason = place.anew, start == KeysetCursor() {
            try await sink.beginSnapshot(at: place)
            try await tell("\(reason): its names were listed anew")
        }
        var next = place
        let end = try await database.names.run(from: start, through: database.session) { [sink] page, names in
            next.names = names
            try await sink.push(page, next: next)
        }
        place.names = nil
        place.listed = ListedNames(end.count)
    }

    /// Returns nil at its end; where that lies before what was taken in an earlier run, the seq at which it ends.
    private mutating func followFeed() async throws -> Int64? {
        var (empty, older) = (0, 0)
        while empty < Self.answersBelieved {
            let changes = try await database.changes(since: place.seq)
            if changes.last < place.seq {
                older += 1
                if older < Self.answersBelieved { continue }
                guard place.listed?.isOfOwnSeq == true else { return changes.last }
                try await goOn(from: changes.last)
                continue
            }
            older = 0
            empty = changes.rows == 0 ? empty + 1 : 0
            place.seq = changes.last
            place.listed?.add(changes)
            if changes.rows > 0 { try await sink.push(changes.page, next: place) }
        }
        let contradiction = place.listed?.contradiction
        (place.listed, place.anew) = (nil, nil)
        if let contradiction { try await tell(contradiction) } else { try await sink.push(Page(), next: place) }
        return nil
    }

    /// The names have just been listed, so that listing them anew would bring the same.
    private mutating func goOn(from last: Int64) async throws {
        let reason = "its update_seq was \(place.seq) before its names were listed, and its feed ends at \(last)"
        place.seq = last
        place.listed?.isOfOwnSeq = false
        try await tell("\(reason): what happened meanwhile may be missing")
    }

    /// Notes that the database contradicts itself.
    private func tell(_ detail: String) async throws {
        var page = Page()
        page.note(Problem(.contradiction, at: database.shownURL, detail, key: "\(database.shownURL) \(detail)"))
        try await sink.push(page, next: place)
    }
}
