/// Where a walk by key stands: what a cursor keeps of a ``KeysetWalk``.
///
/// It is as large as the names of a few pages at most, however long the list is.
public struct KeysetCursor<Key: KeysetKey>: Codable, Hashable, Sendable {
    /// The key from which the next page is asked for; nil at the beginning of the list.
    public internal(set) var key: Key?

    /// How many rows were met up to here, of a list that says how many it has.
    public internal(set) var count: KeysetCount?

    /// The names of the rows with that key that were taken.
    var taken: [NameKey] = []

    /// The most rows of a page that led from one key to another: so many a page can have.
    var longest = 0

    /// Set while the pages of the rows with that key are walked.
    var tie: KeysetTie?

    /// - Parameter key: where to begin; nil for the beginning of the list. Rows with that very key are taken.
    public init(from key: Key? = nil) {
        self.key = key
    }
}

/// How many rows a walk has met, and how many its list says that there are. Where rows come and go while it is walked,
/// the two differ by these.
public struct KeysetCount: Codable, Hashable, Sendable {
    /// As the last page has said.
    public let total: Int

    /// Up to the last row that was read; and those behind it that cannot be read, which come again on the next page.
    let passed: Int
    let behind: Int

    /// Each row once, with those that cannot be read.
    public var met: Int { passed + behind }
}

/// Rows with one key, while they are walked page by page.
struct KeysetTie: Codable, Hashable, Sendable {
    /// The page that is asked for next, counted from 1.
    var page = 1

    /// What the page before it had, and how many rows the registry has sent with it.
    var last = RowSum()
    var lastCount = 0

    /// How many rows the registry has sent with the first page. A state of before has none.
    var firstCount: Int?

    /// Whether this page was empty when it was asked for first.
    var wasEmpty = false

    /// Which walk through the pages this is, counted from 1, and what it has met.
    var pass = 1
    var met = RowSum()

    /// What the pass before has met; nil in the first.
    var before: RowSum?

    /// Whether the pass before came to another key behind a page that was not full.
    var wasLeft: Bool?

    /// Whether the page before it has fewer rows than the first.
    var isShort: Bool { page > 1 && lastCount < firstCount ?? 0 }
}

// MARK: - From page to page

extension KeysetCursor {
    /// - Parameter size: the most rows of a page; nil where the rows with one key are on numbered pages.
    func step(_ answer: KeysetPage<Key>, pagesOf size: Int?) throws(WalkStandstill) -> WalkStep<KeysetCursor> {
        if let tie { return try step(answer, in: tie) }
        if answer.count == 0 { return WalkStep(.nothing, told(of: answer)) }
        if let last = answer.rows.last?.key, last != key { return WalkStep(.news, behind(answer)) }
        let known = Set(taken)
        let isNews = answer.rows.contains { !known.contains(NameKey($0.name)) }
        guard let size else { return WalkStep(isNews ? .news : .onward, intoTie(answer)) }
        if answer.count >= (longest == 0 ? size : min(size, longest)) {
            throw WalkStandstill(reason: "a page of \(answer.count) rows has none behind \(text): it cannot be passed")
        }
        return isNews ? WalkStep(.news, taking(answer)) : WalkStep(.nothing, told(of: answer))
    }

    /// The place behind the last row of a page that leads to another key.
    private func behind(_ answer: KeysetPage<Key>) -> KeysetCursor {
        var next = self
        if key != nil { next.longest = max(longest, answer.count) }
        next.count = counting(answer)
        next.tie = nil
        next.key = answer.rows.last?.key
        next.taken = answer.rows.filter { $0.key == next.key }.map { NameKey($0.name) }
        return next
    }

    /// The same place, with the number of rows that the page says there are.
    private func told(of answer: KeysetPage<Key>) -> KeysetCursor {
        var next = self
        if let count, let total = answer.total {
            next.count = KeysetCount(total: total, passed: count.passed, behind: count.behind)
        }
        return next
    }

    private func counting(_ answer: KeysetPage<Key>) -> KeysetCount? {
        guard let total = answer.total ?? count?.total else { return nil }
        let known = Set(taken)
        let new = answer.rows.count { key != $0.key || !known.contains(NameKey($0.name)) }
        return KeysetCount(
            total: total, passed: (count?.passed ?? 0) + new + answer.unreadable, behind: answer.unreadableBehind)
    }

    /// The same place, with the rows of its key that this page has. Servers that do not know the same take turns: what
    /// one of them told stays known, within bounds.
    private func taking(_ answer: KeysetPage<Key>) -> KeysetCursor {
        var next = self
        let told = answer.rows.map { NameKey($0.name) }
        let again = Set(told)
        next.taken = told + taken.prefix(told.count * 3).filter { !again.contains($0) }
        return next
    }

    private func intoTie(_ answer: KeysetPage<Key>) -> KeysetCursor {
        var next = taking(answer)
        next.tie = KeysetTie(
            page: 2, last: answer.sum(), lastCount: answer.count, firstCount: answer.count, met: answer.sum())
        return next
    }

    fileprivate var text: String { key.map { "\($0)" } ?? "the beginning" }
}

// MARK: - Rows with one key, page by page

extension KeysetCursor {
    /// Pages shift when a row of them gets another key. So they are walked until two passes have met the same rows. A page
    /// with fewer rows than the one behind it came short, and what it lacks is on neither. Where the last page of the key
    /// was not full, what came to it since is on no page that was met: they are walked once more before they are left.
    private func step(
        _ answer: KeysetPage<Key>, in tie: KeysetTie
    ) throws(WalkStandstill) -> WalkStep<KeysetCursor> {
        guard answer.count > 0 else { return try step(pastEndOf: tie) }
        let sum = answer.sum()
        if tie.page > 1, sum == tie.last, sum.count > 0 {
            throw WalkStandstill(reason: "page \(tie.page) from \(text) on is page \(tie.page - 1) again")
        }
        if tie.page > 1, answer.count > tie.lastCount {
            let (page, before) = ("page \(tie.page) from \(text) on", "page \(tie.page - 1)")
            return try nextPass(behind: tie, or: "\(page) has more rows than \(before): what that lacks is on neither")
        }
        var passed = tie
        if tie.page == 1 { passed.firstCount = answer.count }
        passed.met = tie.met + answer.sum(at: key)
        if let last = answer.rows.last?.key, last != key {
            if passed.before != passed.met { return try nextPass(behind: passed) }
            if tie.isShort, tie.wasLeft != true { return try nextPass(behind: passed, wasLeft: true) }
            return WalkStep(.news, behind(answer))
        }
        passed.wasEmpty = false
        passed.last = sum
        passed.lastCount = answer.count
        passed.page += 1
        return WalkStep(.news, within(passed))
    }

    private func step(pastEndOf tie: KeysetTie) throws(WalkStandstill) -> WalkStep<KeysetCursor> {
        if tie.page == 2, tie.pass == 1 { return WalkStep(.nothing, within(nil)) }
        if tie.wasEmpty {
            return try tie.before == tie.met ? WalkStep(.end, within(nil)) : nextPass(behind: tie)
        }
        var again = tie
        again.wasEmpty = true
        return WalkStep(.onward, within(again))
    }

    private func nextPass(
        behind tie: KeysetTie, wasLeft: Bool = false, or reason: String? = nil
    ) throws(WalkStandstill) -> WalkStep<KeysetCursor> {
        if tie.pass == Self.mostPasses {
            throw WalkStandstill(
                reason: reason ?? "the rows of \(text) change faster than their pages can be walked")
        }
        return WalkStep(.news, within(KeysetTie(pass: tie.pass + 1, before: tie.met, wasLeft: wasLeft)))
    }

    private func within(_ tie: KeysetTie?) -> KeysetCursor {
        var next = self
        next.tie = tie
        return next
    }

    /// How often rows with one key are walked until two passes have met the same.
    private static var mostPasses: Int { 5 }
}
