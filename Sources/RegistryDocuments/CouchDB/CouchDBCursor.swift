/// Where a walk through a CouchDB database stands: in its names, or behind them in its feed.
public struct CouchDBCursor: Codable, Hashable, Sendable {
    /// The feed goes on behind this seq. It was read before the first page of names.
    var seq: Int64 = 0

    /// What the database said of itself last; nil where it was never asked.
    var updateSeq: Int64?

    /// Set while the names are listed.
    var names: KeysetCursor<NameKey>?

    /// Why they are listed, where that is not for the first time.
    var anew: String?

    /// What was listed, until the feed has told what happened meanwhile.
    var listed: ListedNames?

    public init() {}

    init(listingAt seq: Int64, anew: String? = nil) {
        self.seq = seq
        updateSeq = seq
        names = KeysetCursor()
        self.anew = anew
    }
}

/// How many rows were listed, and how many the database said that there are. The two may differ by what the feed tells
/// that happened meanwhile, and by no more.
struct ListedNames: Codable, Hashable, Sendable {
    /// Whether the feed has gone on from the seq that was read before.
    var isOfOwnSeq = true
    private let count: KeysetCount?
    private var changed = 0
    private var deleted = 0

    init(_ count: KeysetCount?) { self.count = count }

    mutating func add(_ changes: CouchDBDatabase.Changes) {
        changed += changes.rows - changes.deletions
        deleted += changes.deletions
    }

    var contradiction: String? {
        guard let count, !(count.met - deleted...count.met + changed).contains(count.total) else { return nil }
        return "it says that it has \(count.total) rows, and \(count.met) were met; meanwhile \(changed) were changed "
            + "and \(deleted) deleted"
    }
}
