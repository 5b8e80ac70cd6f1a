import PackageMining

/// One window of the module index on its way from a page to the next.
///
/// The rules, each of which a test breaks:
/// - An entry belongs to the window in which its time lies; a window ends where the next one begins.
/// - A page that brings nothing new is not the end. It is asked for again, and then the next time behind it; only when
///   the index has nothing there, twice, the window is at its end.
/// - Entries that share one time and fill a page cannot be paged past. That is a gap, and the walk goes on behind it.
struct IndexWalk {
    private(set) var cursor: IndexCursor
    private(set) var isFinished = false

    /// The most entries that the index is asked for at once.
    let limit: Int

    init(_ cursor: IndexCursor, limit: Int) {
        self.cursor = cursor
        self.limit = limit
    }

    /// Takes what is new in an answer to the cursor's `since`, and moves the cursor behind it.
    mutating func take(_ answer: IndexPage) -> Page {
        var page = Page(reserving: answer.entries.count, bytes: answer.table.bytes.count)
        answer.problems.forEach { page.note($0) }
        cursor.largestPage = max(cursor.largestPage, answer.rowCount)
        let new = newEntries(of: answer)
        for entry in new { append(entry, of: answer, to: &page) }
        if answer.entries.contains(where: { $0.time >= cursor.endTime }) { isFinished = true }
        if let last = new.last {
            noteGap(isProven: true, in: &page)
            move(to: last, of: answer, new)
        } else if !isFinished {
            step(over: answer, &page)
        }
        return page
    }

    /// Splits the rest of the window where it looks like many pages, and returns the later half.
    ///
    /// The index grows denser by the year and nothing tells how dense it is elsewhere, so a window is cut by what its
    /// last page shows, again and again as it is walked: neither a few long windows are left at the end, nor are there
    /// thousands of empty ones. What a cut costs is about half a page, asked for on both sides of it. It depends on
    /// the index's answers alone, not on which walker is free, so that a recorded walk replays.
    mutating func fork(after page: Page) -> IndexCursor? {
        guard !isFinished, page.count > 1, let last = cursor.sinceTime, let duration = page.duration else { return nil }
        let rest = cursor.end - last.nanoseconds
        guard rest / Self.pagesWorthAFork > duration else { return nil }
        let middle = last.nanoseconds + rest / 2
        let cut = IndexTime(nanoseconds: middle - middle % IndexTime.microsecond)
        let later = IndexCursor(since: cut.text, end: cursor.endTime, isLast: cursor.isLast)
        cursor.end = cut.nanoseconds
        cursor.isLast = false
        return later
    }

    private static var pagesWorthAFork: Int64 { 8 }

    private func newEntries(of answer: IndexPage) -> [IndexPage.Entry] {
        let since = cursor.sinceTime
        let taken = Set(cursor.taken.map { Array($0.utf8) })
        return answer.entries.filter { entry in
            guard entry.time < cursor.endTime else { return false }
            guard let since else { return true }
            return entry.time > since
                || entry.time == since && !taken.contains(Array(answer.identity(entry).utf8))
        }
    }

    private func append(_ entry: IndexPage.Entry, of answer: IndexPage, to page: inout Page) {
        let bytes = answer.table.bytes.span
        page.append(
            name: bytes.extracting(answer.path(entry)), version: bytes.extracting(answer.version(entry)),
            place: entry.time.nanoseconds)
    }

    private mutating func move(to last: IndexPage.Entry, of answer: IndexPage, _ new: [IndexPage.Entry]) {
        let sharing = new.filter { $0.time == last.time }.map(answer.identity)
        cursor.taken = cursor.sinceTime == last.time ? cursor.taken + sharing : sharing
        cursor.since = answer.timestamp(last)
        cursor.lastEntry = cursor.since
        cursor.emptyAnswers = 0
    }

    private mutating func step(over answer: IndexPage, _ page: inout Page) {
        guard let since = cursor.since, let time = cursor.sinceTime, !answer.entries.isEmpty else {
            return takeEmptyAnswer(answer, &page)
        }
        // The page may have been cut at a line's end: asked again, it shows what else shares this time.
        cursor.emptyAnswers += 1
        guard cursor.emptyAnswers > 1 else { return }
        cursor.steppedOver = IndexCursor.Crowd(time: since, count: answer.rowCount)
        cursor.since = IndexTime(nanoseconds: time.nanoseconds + IndexTime.microsecond).text
        cursor.taken = []
        cursor.emptyAnswers = 0
    }

    /// An answer without entries, be it empty or of lines that are none, is believed when it comes a second time.
    private mutating func takeEmptyAnswer(_ answer: IndexPage, _ page: inout Page) {
        cursor.emptyAnswers += 1
        isFinished = cursor.emptyAnswers > 1
        guard isFinished else { return }
        noteGap(isProven: false, in: &page)
        if answer.rowCount >= limit {
            page.note(
                Problem(.gap, at: cursor.since ?? "the beginning", "no line of a full page of the index can be read"))
        }
    }

    /// Notes a gap at the time that was stepped over, if it may have held more than it showed: it filled a page as
    /// large as was asked for, or, where entries follow that its page did not show, as large as the index makes them.
    private mutating func noteGap(isProven: Bool, in page: inout Page) {
        guard let crowd = cursor.steppedOver else { return }
        cursor.steppedOver = nil
        guard crowd.count >= limit || isProven && crowd.count >= cursor.largestPage else { return }
        page.note(
            Problem(
                .gap, at: crowd.time,
                "\(crowd.count) entries of the index share this time and fill a page; those beyond it, if any, cannot "
                    + "be asked for"))
    }
}

extension Page {
    /// The time from its first entry to its last, at least a microsecond.
    fileprivate var duration: Int64? {
        guard let first = firstPlace, let last = lastPlace else { return nil }
        return max(IndexTime.microsecond, last - first)
    }
}
