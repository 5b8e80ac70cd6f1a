/// A place in the module index, and the end of the window that is walked from it.
///
/// The index has no page numbers. A request names a time and is answered with the entries at or after it, oldest
/// first, 2,000 at most (https://index.golang.org). Entries may share a time, so a time alone would repeat one entry
/// or skip its neighbours; the cursor therefore remembers the entries taken at that time.
public struct IndexCursor: Codable, Sendable {
    /// What is asked for next, as the index spelled it; nil asks from the beginning.
    package var since: String?

    /// The first time that belongs to the window no more, in nanoseconds since 1970.
    package var end: Int64

    /// The entries taken at the time `since`, and behind it where the index slipped in its order.
    package var taken: [String] = []

    /// The time of the latest entry taken in this window or, in an update, before, as the index spelled it. An update
    /// goes on from there.
    var lastEntry: String?

    /// How many rows the last page with something new had, and how many a page has had that others followed: so many
    /// the index holds back of a crowded time, however many it was asked for.
    var lastPageCount = 0
    var fullPageCount = 0

    /// The time that was stepped over because its page brought nothing new.
    package var steppedOver: Crowd?

    /// The last gap, while nothing that can be read has been met behind it.
    var gap: Crowd?

    /// How often in a row the index had entries at or after `since` and nothing new among them.
    var nothingNew = 0

    /// How often in a row it had no entries there at all.
    var nothing: Int?

    /// A time up to which entries of the index are known to reach, and one from which on it had none when it was asked,
    /// in nanoseconds since 1970.
    var known: Int64?
    var quiet: Int64?

    /// As states of format 1 spell them.
    private enum CodingKeys: String, CodingKey {
        case since, end, taken, lastEntry, steppedOver, gap, nothingNew, nothing, known, quiet
        case lastPageCount = "lastPage"
        case fullPageCount = "fullPage"
    }

    /// Entries that share a time.
    package struct Crowd: Codable, Sendable {
        package let time: String

        /// How many lines the page at that time showed.
        package let count: Int

        /// What is asked for to step over them.
        var next: String?

        /// Whether the page is asked for again, now that entries behind it are known.
        var isAskedAgain: Bool?

        package init(time: String, count: Int) {
            self.time = time
            self.count = count
        }
    }

    package init(since: String?, end: IndexTime) {
        self.since = since
        self.end = end.nanoseconds
    }

    var endTime: IndexTime { IndexTime(nanoseconds: end) }
    var sinceTime: IndexTime? { since.flatMap { IndexTime($0.utf8) } }
    var lastEntryTime: IndexTime? { lastEntry.flatMap { IndexTime($0.utf8) } }
}
