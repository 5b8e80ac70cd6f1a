package import PackageMining
import RegistryJSON

/// One window of the module index on its way from a page to the next.
///
/// The rules, each of which a test breaks:
/// - An entry belongs to the window in which its time lies; a window ends where the next one begins.
/// - A page that brings nothing new is not the end. It is asked for again, after pauses that grow, and where it may be
///   full, the next time behind it; only when six answers in a row have brought nothing new, the window is at its end.
///   Most windows are closed by an entry behind them long before: see ``cut(after:)``.
/// - An answer without entries is never believed where the index had an entry before at the time that is asked for or
///   behind it: whatever `since` is, the index has entries up to its newest.
/// - Entries that share one time and fill a page cannot be paged past. That is a gap, and the walk goes on behind it.
/// - The index sorts by time. Where it slips, nothing is passed over: the cursor stands at the last row of a page.
package struct IndexWalk {
    package internal(set) var cursor: IndexCursor
    private(set) var isFinished = false

    /// The most entries that the index is asked for at once.
    let limit: Int

    package init(_ cursor: IndexCursor, limit: Int) {
        self.cursor = cursor
        self.limit = limit
    }

    /// How many answers in a row have brought nothing new: the next one shall be waited for, longer each time.
    var doubts: Int { max(cursor.nothingNew, cursor.nothing ?? 0) }

    /// Takes what is new in an answer to the cursor's `since`, and moves the cursor behind it.
    ///
    /// - Throws: `WireError` where the index contradicts itself for good.
    package mutating func take(_ answer: IndexAnswer) throws -> Page {
        var page = Page(reserving: answer.entries.count, bytes: answer.table.bytes.count)
        answer.problems.forEach { page.note($0) }
        let since = cursor.sinceTime
        let taken = TakenEntries(cursor)
        let inside = answer.entries.filter { $0.time < cursor.endTime && !taken.contains($0, of: answer) }
        // Of what is earlier than was asked for nothing is lost, and nothing follows.
        let new = inside.filter { entry in since.map { entry.time >= $0 } ?? true }
        let isClosed = answer.entries.last.map { $0.time >= cursor.endTime } ?? false
        if answer.rowCount > 0 { cursor.nothing = nil }
        guard settleGap(isFollowed: isClosed || !new.isEmpty, answer, in: &page) else { return page }
        for entry in inside { append(entry, of: answer, to: &page) }
        noteUnreadable(of: answer, in: &page)
        if isClosed { isFinished = true }
        if !new.isEmpty {
            move(behind: answer, new)
        } else if answer.entries.isEmpty, answer.hasFuture {
            finish(&page)
        } else if !isFinished, answer.rowCount == 0 {
            try takeNothing(of: answer, &page)
        } else if !isFinished {
            takeNothingNew(of: answer, &page)
        }
        return page
    }

    private func append(_ entry: IndexAnswer.Entry, of answer: IndexAnswer, to page: inout Page) {
        let bytes = answer.table.bytes.span
        page.append(
            name: bytes.extracting(answer.path(entry)), version: bytes.extracting(answer.version(entry)),
            place: entry.time.nanoseconds)
    }

    /// Moves to the last row that was sent, and remembers what was taken at its time or, out of order, behind it.
    private mutating func move(behind answer: IndexAnswer, _ new: [IndexAnswer.Entry]) {
        if cursor.lastPageCount > 0 { cursor.fullPageCount = max(cursor.fullPageCount, cursor.lastPageCount) }
        cursor.lastPageCount = answer.rowCount
        cursor.nothingNew = 0
        cursor.gap = nil
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

    private mutating func rememberTaken(of answer: IndexAnswer) {
        let since = cursor.sinceTime
        var known = Set(cursor.taken.map { Array($0.utf8) })
        for entry in answer.entries where entry.time < cursor.endTime && since.map({ entry.time >= $0 }) ?? true {
            let identity = answer.identity(entry)
            if known.insert(identity).inserted { cursor.taken.append(String(decoding: identity, as: UTF8.self)) }
        }
    }

    /// How many answers in a row that bring nothing new are believed: as many as the session tries a request that fails.
    private static let answersBelieved = 6

    /// Those without entries, two less behind a page that has twice shown the last entries and nothing behind them.
    private var emptyAnswersBelieved: Int {
        guard let crowd = cursor.steppedOver else { return Self.answersBelieved }
        return Self.answersBelieved - (mayBeFull(crowd.count) ? 0 : 2)
    }

    /// Whether a page of so many lines may hold others back: the index has shown no larger one, or was asked for no more.
    private func mayBeFull(_ count: Int) -> Bool {
        count >= min(limit, max(cursor.fullPageCount, cursor.lastPageCount))
    }

    private mutating func takeNothing(of answer: IndexAnswer, _ page: inout Page) throws {
        let times = (cursor.nothing ?? 0) + 1
        cursor.nothing = times
        guard times >= emptyAnswersBelieved else { return }
        if let last = cursor.lastEntry, let time = cursor.lastEntryTime, cursor.sinceTime.map({ $0 <= time }) ?? true {
            let here = cursor.since ?? "the beginning"
            throw WireError(
                .malformed, url: answer.url,
                "the index has nothing from \(here) on, where it had an entry of \(last) before", attempts: times)
        }
        finish(&page)
    }

    /// A page may have been cut: one that may be full is believed when it comes a second time, and what lies behind its
    /// time is asked for. What follows another one, shorter than the last, would be on it.
    private mutating func takeNothingNew(of answer: IndexAnswer, _ page: inout Page) {
        cursor.nothingNew += 1
        if !answer.entries.isEmpty, answer.rowCount < min(limit, cursor.lastPageCount) {
            if cursor.nothingNew >= Self.answersBelieved { finish(&page) }
            return
        }
        guard cursor.nothingNew > 1 else { return }
        cursor.nothingNew = 0
        if let since = cursor.since, let time = cursor.sinceTime, let last = answer.entries.last {
            let known = max(time, last.time)
            let next = IndexTime(nanoseconds: known.nanoseconds + IndexTime.microsecond).text
            cursor.steppedOver = IndexCursor.Crowd(time: since, count: answer.rowCount)
            cursor.steppedOver?.next = next
            cursor.since = next
            rememberTaken(of: answer)
            return
        }
        let hidesMore =
            cursor.steppedOver == nil || answer.rowCount >= min(limit, max(cursor.fullPageCount, cursor.lastPageCount))
        finish(&page)
        if hidesMore { noteUnreadablePage(of: answer, in: &page) }
    }

    private mutating func finish(_ page: inout Page) {
        isFinished = true
        // Nothing follows, and where the last page was full nobody can tell.
        if let crowd = cursor.steppedOver, crowd.count >= limit || crowd.count == cursor.fullPageCount {
            noteGap(crowd, in: &page)
        }
        cursor.steppedOver = nil
    }
}

// MARK: Gaps

extension IndexWalk {
    /// Finds out whether the time that was stepped over is a gap, once entries are met behind it: it is, where its page
    /// is full. One that is smaller than was asked for is asked for again, since entries may have come in between: it
    /// either shows them now or never will.
    ///
    /// - Returns: whether this answer is to be taken.
    private mutating func settleGap(isFollowed: Bool, _ answer: IndexAnswer, in page: inout Page) -> Bool {
        guard var crowd = cursor.steppedOver else { return true }
        if crowd.isAskedAgain == true {
            if answer.rowCount == 0 { return true }
            cursor.steppedOver = nil
            if isFollowed { return true }
            noteGap(crowd, in: &page)
            cursor.since = crowd.next
            return false
        }
        guard isFollowed else { return true }
        if crowd.count >= limit {
            cursor.steppedOver = nil
            noteGap(crowd, in: &page)
            return true
        }
        crowd.isAskedAgain = true
        crowd.next = crowd.next ?? cursor.since
        cursor.steppedOver = crowd
        cursor.since = crowd.time
        cursor.nothingNew = 0
        return false
    }

    private mutating func noteGap(_ crowd: IndexCursor.Crowd, in page: inout Page) {
        cursor.gap = crowd
        page.note(
            Problem(
                .gap, at: crowd.time,
                "\(crowd.count) entries of the index share this time and fill a page; those beyond it, if any, cannot "
                    + "be asked for"))
    }

    private func noteUnreadablePage(of answer: IndexAnswer, in page: inout Page) {
        page.note(
            Problem(
                .gap, at: cursor.since ?? "the beginning",
                "none of the \(answer.rowCount) lines that the index has here can be read, and so what follows "
                    + "them cannot be asked for"))
    }
}

// MARK: Unreadable lines

extension IndexWalk {
    /// Names the lines that are no entries, each at its place in the feed.
    ///
    /// Those in front of a page's first entry stand behind an entry that an earlier page has shown, of this window or of
    /// the one before it, and were named there: but for the beginning of the feed, behind a gap, and where the index
    /// shows nothing else.
    private func noteUnreadable(of answer: IndexAnswer, in page: inout Page) {
        for line in answer.unreadable {
            if let first = line.first {
                note(line, at: answer.timestamp(first), time: first.time, number: line.number, in: &page)
            } else if cursor.since == nil {
                note(line, at: "the beginning", time: nil, number: line.number, in: &page)
            } else if let gap = cursor.gap {
                let time = IndexTime(gap.time.utf8)
                note(line, at: gap.time, time: time, number: gap.count + line.number, in: &page)
            } else if let since = cursor.since, answer.entries.isEmpty, cursor.steppedOver == nil {
                note(line, at: since, time: cursor.sinceTime, number: line.number, in: &page)
            }
        }
    }

    /// The key sorts by time and by number.
    private func note(
        _ line: UnreadableLine, at place: String, time: IndexTime?, number: Int, in page: inout Page
    ) {
        let key = (time.map { digits($0.nanoseconds, 19) } ?? "") + " " + digits(number, 9)
        page.note(Problem(.unreadable, at: "\(place), line \(number)", line.reason, key: key))
    }

    private func digits(_ number: some BinaryInteger, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

/// The entries at a cursor that were taken before.
private struct TakenEntries {
    private let identities: Set<[UInt8]>

    /// The latest time of one. What comes behind it, all but a few entries of a page, need not be looked for.
    private let latest: Int64

    init(_ cursor: IndexCursor) {
        identities = Set(cursor.taken.map { Array($0.utf8) })
        latest = cursor.taken.compactMap(IndexAnswer.time(ofIdentity:)).max() ?? .min
    }

    func contains(_ entry: IndexAnswer.Entry, of answer: IndexAnswer) -> Bool {
        entry.time.nanoseconds <= latest && identities.contains(answer.identity(entry))
    }
}
