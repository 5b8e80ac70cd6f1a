import PackageMining
import RegistryJSON

/// One window of the module index on its way from a page to the next.
///
/// The rules, each of which a test breaks:
/// - An entry belongs to the window in which its time lies; a window ends where the next one begins.
/// - A page that brings nothing new is not the end. It is asked for again, and then the next time behind it; only when
///   the index has nothing there, six times in a row, the window is at its end.
/// - An answer without entries is never believed where the index had an entry before at the time that is asked for or
///   behind it: whatever `since` is, the index has entries up to its newest.
/// - Entries that share one time and fill a page cannot be paged past. That is a gap, and the walk goes on behind it.
/// - The index sorts by time. Where it slips, nothing is passed over: the cursor stands at the last row of a page.
package struct IndexWalk {
    package private(set) var cursor: IndexCursor
    private(set) var isFinished = false

    /// The most entries that the index is asked for at once.
    let limit: Int

    package init(_ cursor: IndexCursor, limit: Int) {
        self.cursor = cursor
        self.limit = limit
    }

    /// Takes what is new in an answer to the cursor's `since`, and moves the cursor behind it.
    ///
    /// - Throws: `WireError` where the index contradicts itself for good.
    package mutating func take(_ answer: IndexPage) throws -> Page {
        var page = Page(reserving: answer.entries.count, bytes: answer.table.bytes.count)
        answer.problems.forEach { page.note($0) }
        let since = cursor.sinceTime
        let taken = TakenEntries(cursor)
        let inside = answer.entries.filter { $0.time < cursor.endTime && !taken.contains($0, of: answer) }
        // Of what is earlier than was asked for nothing is lost, and nothing follows.
        for entry in inside { append(entry, of: answer, to: &page) }
        let new = inside.filter { entry in since.map { entry.time >= $0 } ?? true }
        if let last = answer.entries.last, last.time >= cursor.endTime { isFinished = true }
        if isFinished || !new.isEmpty { noteGap(isProven: true, in: &page) }
        if !new.isEmpty {
            move(behind: answer, new)
        } else if answer.entries.isEmpty, answer.hasFuture {
            isFinished = true
            noteGap(isProven: false, in: &page)
        } else if !isFinished, answer.rowCount == 0 {
            try takeNothing(of: answer, &page)
        } else if !isFinished {
            takeNothingNew(of: answer, &page)
        }
        if answer.rowCount > 0 { cursor.nothing = nil }
        return page
    }

    /// Splits the rest of the window where it looks like many pages, and returns the later half.
    ///
    /// The index grows denser by the year and nothing tells how dense it is elsewhere, so a window is cut by what its
    /// last page shows, again and again as it is walked: neither a few long windows are left at the end, nor are there
    /// thousands of empty ones. What a cut costs is about half a page, asked for on both sides of it. It depends on
    /// the index's answers alone, not on which walker is free, so that a recorded walk replays.
    package mutating func fork(after page: Page) -> IndexCursor? {
        guard !isFinished, page.count > 1, let last = cursor.sinceTime, let duration = page.duration else { return nil }
        let rest = cursor.end - last.nanoseconds
        guard rest / Self.pagesWorthAFork > duration else { return nil }
        let middle = last.nanoseconds + rest / 2
        let cut = IndexTime(nanoseconds: middle - middle % IndexTime.microsecond)
        var later = IndexCursor(since: cut.text, end: cursor.endTime)
        later.fullPage = cursor.fullPage
        cursor.end = cut.nanoseconds
        return later
    }

    private static var pagesWorthAFork: Int64 { 8 }

    private func append(_ entry: IndexPage.Entry, of answer: IndexPage, to page: inout Page) {
        let bytes = answer.table.bytes.span
        page.append(
            name: bytes.extracting(answer.path(entry)), version: bytes.extracting(answer.version(entry)),
            place: entry.time.nanoseconds)
    }

    /// Moves to the last row that was sent, and remembers what was taken at its time or, out of order, behind it.
    private mutating func move(behind answer: IndexPage, _ new: [IndexPage.Entry]) {
        if cursor.lastPage > 0 { cursor.fullPage = max(cursor.fullPage, cursor.lastPage) }
        cursor.lastPage = answer.rowCount
        cursor.nothingNew = 0
        let last = answer.entries.last { $0.time < cursor.endTime }
        if let last, cursor.sinceTime.map({ last.time > $0 }) ?? true {
            cursor.since = answer.timestamp(last)
            cursor.taken = []
        }
        rememberTaken(of: answer)
        let latest = new.max { $0.time < $1.time }
        if let latest, cursor.lastEntryTime.map({ latest.time > $0 }) ?? true {
            cursor.lastEntry = answer.timestamp(latest)
        }
    }

    private mutating func rememberTaken(of answer: IndexPage) {
        let since = cursor.sinceTime
        var known = Set(cursor.taken.map { Array($0.utf8) })
        for entry in answer.entries where entry.time < cursor.endTime && since.map({ entry.time >= $0 }) ?? true {
            let identity = answer.identity(entry)
            if known.insert(identity).inserted { cursor.taken.append(String(decoding: identity, as: UTF8.self)) }
        }
    }

    /// How many answers without entries in a row are believed: as many as the session tries a request that fails.
    static let emptyAnswersBelieved = 6

    private mutating func takeNothing(of answer: IndexPage, _ page: inout Page) throws {
        let times = (cursor.nothing ?? 0) + 1
        cursor.nothing = times
        guard times >= Self.emptyAnswersBelieved else { return }
        if let last = cursor.lastEntry, let time = cursor.lastEntryTime, cursor.sinceTime.map({ $0 <= time }) ?? true {
            let here = cursor.since ?? "the beginning"
            throw WireError(
                .malformed, url: answer.url,
                "the index has nothing from \(here) on, where it had an entry of \(last) before", attempts: times)
        }
        isFinished = true
        noteGap(isProven: false, in: &page)
    }

    /// A page may have been cut: it is believed when it comes a second time.
    private mutating func takeNothingNew(of answer: IndexPage, _ page: inout Page) {
        cursor.nothingNew += 1
        guard cursor.nothingNew > 1 else { return }
        cursor.nothingNew = 0
        if let since = cursor.since, let time = cursor.sinceTime, let last = answer.entries.last {
            cursor.steppedOver = IndexCursor.Crowd(time: since, count: answer.rowCount)
            let known = max(time, last.time)
            cursor.since = IndexTime(nanoseconds: known.nanoseconds + IndexTime.microsecond).text
            cursor.taken = []
            rememberTaken(of: answer)
            return
        }
        isFinished = true
        noteGap(isProven: false, in: &page)
        page.note(
            Problem(
                .gap, at: cursor.since ?? "the beginning",
                "none of the \(answer.rowCount) lines that the index has here can be read, and so what follows "
                    + "them cannot be asked for"))
    }

    /// Notes a gap at the time that was stepped over: for sure where entries follow that its page did not show, and
    /// else where it filled a page.
    private mutating func noteGap(isProven: Bool, in page: inout Page) {
        guard let crowd = cursor.steppedOver else { return }
        cursor.steppedOver = nil
        guard isProven || crowd.count >= limit || crowd.count == cursor.fullPage else { return }
        page.note(
            Problem(
                .gap, at: crowd.time,
                "\(crowd.count) entries of the index share this time and fill a page; those beyond it, if any, cannot "
                    + "be asked for"))
    }
}

/// The entries at a cursor that were taken before.
private struct TakenEntries {
    private let identities: Set<[UInt8]>

    /// The latest time of one. What comes behind it, all but a few entries of a page, need not be looked for.
    private let latest: Int64

    init(_ cursor: IndexCursor) {
        identities = Set(cursor.taken.map { Array($0.utf8) })
        latest = cursor.taken.compactMap(IndexPage.time(ofIdentity:)).max() ?? .min
    }

    func contains(_ entry: IndexPage.Entry, of answer: IndexPage) -> Bool {
        entry.time.nanoseconds <= latest && identities.contains(answer.identity(entry))
    }
}

extension Page {
    /// The time from its first entry to its last, at least a microsecond.
    fileprivate var duration: Int64? {
        guard let first = firstPlace, let last = lastPlace else { return nil }
        return max(IndexTime.microsecond, last - first)
    }
}
