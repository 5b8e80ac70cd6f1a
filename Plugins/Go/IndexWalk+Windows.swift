package import PackageMining

/// How a window is split into many that are walked side by side.
extension IndexWalk {
    /// Where the rest of the window is to be split; nil where it looks like few pages.
    ///
    /// The index grows denser by the year and nothing tells how dense it is elsewhere, so a window is cut by what its
    /// last page shows, again and again as it is walked: neither a few long windows are left at the end, nor are there
    /// thousands of empty ones. What a cut costs is about half a page, asked for on both sides of it. It depends on
    /// the index's answers alone, not on which walker is free, so that a recorded walk replays.
    ///
    /// A window is cut only where an entry is known at the cut or behind it: so all windows but the last are closed by
    /// an entry, and only the end of the last one is looked for.
    package func cut(after page: Page) -> IndexTime? {
        guard !isFinished, page.count > 1, cursor.lastPageCount >= cursor.fullPageCount, let last = cursor.sinceTime,
            let duration = page.duration
        else { return nil }
        let end = cursor.quiet.map { $0 > last.nanoseconds ? min($0, cursor.end) : cursor.end } ?? cursor.end
        let rest = end - last.nanoseconds
        guard rest / Self.pagesWorthACut > duration else { return nil }
        let middle = last.nanoseconds + rest / 2
        return IndexTime(nanoseconds: middle - middle % IndexTime.microsecond)
    }

    private static var pagesWorthACut: Int64 { 8 }

    func knows(_ cut: IndexTime) -> Bool { cursor.known.map { $0 >= cut.nanoseconds } ?? false }

    /// Takes note of what the index has at a cut or behind it.
    mutating func note(_ answer: IndexAnswer, from cut: IndexTime) {
        let latest = answer.entries.map(\.time.nanoseconds).max()
        if let latest {
            cursor.known = max(cursor.known ?? latest, latest)
        } else {
            cursor.quiet = cut.nanoseconds
        }
    }

    /// Splits the window, and returns the later part.
    package mutating func split(at cut: IndexTime) -> IndexCursor {
        var later = IndexCursor(since: cut.text, end: cursor.endTime)
        later.fullPageCount = cursor.fullPageCount
        later.known = cursor.known
        later.quiet = cursor.quiet
        cursor.end = cut.nanoseconds
        return later
    }
}

extension Page {
    /// The time from its first entry to its last, at least a microsecond.
    fileprivate var duration: Int64? {
        guard let first = firstPlace, let last = lastPlace else { return nil }
        return max(IndexTime.microsecond, last - first)
    }
}
