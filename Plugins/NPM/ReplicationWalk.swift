import PackageMining
import RegistryDocuments

/// Walks the database: all its names, and then its feed, which tells what happened meanwhile; in updates the feed alone.
///
/// Its seqs have begun anew more than once (2016, 2021, 2025). Where one is below what was known, nothing can be said of
/// what happened since, and the names are listed anew.
struct ReplicationWalk {
    let database: ReplicationDatabase
    let sink: PageSink<NPMMiner.Cursor>
    var cursor: NPMMiner.Cursor

    /// How many answers without rows are the end of the feed.
    private static let emptyAnswersBelieved = 2

    mutating func run() async throws {
        let now = try await database.updateSeq()
        if let before = cursor.updateSeq, now < before {
            cursor = NPMMiner.Cursor(listingAt: now, anew: "its update_seq is \(now), and was \(before)")
        } else if cursor.updateSeq == nil {
            cursor = NPMMiner.Cursor(listingAt: now)
        }
        cursor.updateSeq = now
        try await listNames()
        while let last = try await followFeed() {
            let reason = "its feed ends at \(last), and was read up to \(cursor.seq)"
            cursor = NPMMiner.Cursor(listingAt: try await database.updateSeq(), anew: reason)
            try await listNames()
        }
    }

    private mutating func listNames() async throws {
        guard let start = cursor.names else { return }
        if let reason = cursor.anew, start == KeysetPlace() {
            try await sink.beginSnapshot(at: cursor)
            try await tell("\(reason): its names were listed anew")
        }
        var cursor = cursor
        let end = try await database.names.run(from: start, through: database.session) { [sink] page, place in
            cursor.names = place
            try await sink.push(page, next: cursor)
        }
        cursor.listed = ListedNames(end.count)
        cursor.names = nil
        self.cursor = cursor
    }

    /// Returns nil at its end; where that lies before what was taken in an earlier run, the seq at which it ends.
    private mutating func followFeed() async throws -> Int64? {
        var emptyAnswers = 0
        while emptyAnswers < Self.emptyAnswersBelieved {
            let changes = try await database.changes(since: cursor.seq)
            if changes.last < cursor.seq {
                guard cursor.listed?.isOfOwnSeq == true else { return changes.last }
                try await goOn(from: changes.last)
                continue
            }
            emptyAnswers = changes.rows == 0 ? emptyAnswers + 1 : 0
            cursor.seq = changes.last
            cursor.listed?.add(changes)
            if changes.rows > 0 { try await sink.push(changes.page, next: cursor) }
        }
        let contradiction = cursor.listed?.contradiction
        (cursor.listed, cursor.anew) = (nil, nil)
        if let contradiction { try await tell(contradiction) } else { try await sink.push(Page(), next: cursor) }
        return nil
    }

    /// The names have just been listed, so that listing them anew would bring the same.
    private mutating func goOn(from last: Int64) async throws {
        let reason = "its update_seq was \(cursor.seq) before its names were listed, and its feed ends at \(last)"
        cursor.seq = last
        cursor.listed?.isOfOwnSeq = false
        try await tell("\(reason): what happened meanwhile may be missing")
    }

    /// Notes that the database contradicts itself.
    private func tell(_ detail: String) async throws {
        var page = Page()
        page.note(Problem(.contradiction, at: database.url, detail, key: "\(database.url) \(detail)"))
        try await sink.push(page, next: cursor)
    }
}

extension NPMMiner.Cursor {
    fileprivate init(listingAt seq: Int64, anew: String? = nil) {
        self.init(seq: seq, updateSeq: seq, names: KeysetPlace(), anew: anew)
    }
}

/// How many rows were listed, and how many the database said that there are. The two may differ by what the feed tells
/// that happened meanwhile, and by no more.
struct ListedNames: Codable, Hashable, Sendable {
    /// Whether the feed has gone on from the seq that was read before.
    fileprivate var isOfOwnSeq = true
    private let count: KeysetCount?
    private var changed = 0
    private var deleted = 0

    fileprivate init(_ count: KeysetCount?) { self.count = count }

    fileprivate mutating func add(_ changes: ReplicationDatabase.Changes) {
        changed += changes.rows - changes.deletions
        deleted += changes.deletions
    }

    fileprivate var contradiction: String? {
        guard let count, !(count.met - deleted...count.met + changed).contains(count.total) else { return nil }
        return "it says that it has \(count.total) rows, and \(count.met) were met; meanwhile \(changed) were changed "
            + "and \(deleted) deleted"
    }
}
