/// A place in the module index, and the end of the window that is walked from it.
///
/// The index has no page numbers. A request names a time and is answered with the entries at or after it, oldest
/// first, 2,000 at most (https://index.golang.org). Entries may share a time, so a time alone would repeat one entry
/// or skip its neighbours; the cursor therefore remembers the entries taken at that time.
public struct IndexCursor: Codable, Sendable {
    /// What is asked for next, as the index spelled it; nil asks from the beginning.
    var since: String?

    /// The first time that belongs to the window no more, in nanoseconds since 1970.
    var end: Int64

    /// Whether the window ends where the run began, and not where another window begins.
    var isLast: Bool

    /// The entries taken at the time `since`, as path@version.
    var taken: [String] = []

    /// The time of the last entry taken in this window, as the index spelled it. An update goes on from there.
    var lastEntry: String?

    /// The largest page seen: what the index holds back of a crowded time can be told from it.
    var largestPage = 0

    /// The time that was stepped over because its page brought nothing new, and how many entries it showed.
    var steppedOver: Crowd?

    /// How often in a row the index had nothing at or after `since`.
    var emptyAnswers = 0

    struct Crowd: Codable, Sendable {
        let time: String
        let count: Int
    }

    init(since: String?, end: IndexTime, isLast: Bool) {
        self.since = since
        self.end = end.nanoseconds
        self.isLast = isLast
    }

    var endTime: IndexTime { IndexTime(nanoseconds: end) }
    var sinceTime: IndexTime? { since.flatMap { IndexTime($0.utf8) } }
}
