public import PackageMining

/// A page of a list that is walked page by page: what it tells, and which rows it has.
public struct PagedPage: Sendable {
    /// What is handed over. What is appended here alone, the walk takes for no row of the list.
    public var page = Page()

    private(set) var rows: [NameKey] = []

    public init() {}

    /// Adds the row of a package, and what it tells of the package.
    public mutating func append(name: String, key: String? = nil, _ release: Release) {
        met(name)
        page.append(name: name, key: key, release)
    }

    /// Says that the page has a row that is told from others by that name, whatever it tells: where each version has a
    /// row, the name with the version.
    public mutating func met(_ name: String) {
        rows.append(NameKey(name))
    }

    /// Notes a row that cannot be read.
    public mutating func note(_ problem: Problem) {
        met("unreadable \(problem.key)")
        page.note(problem)
    }
}

/// Where a walk by pages stands: what a cursor keeps of a ``PagedWalk``.
public struct PagedCursor: Codable, Hashable, Sendable {
    /// How many rows lie before the one that is asked for next.
    public internal(set) var next = 0

    /// The names of the last rows that were taken.
    var tail: [NameKey] = []

    /// The most rows that a page had.
    var longest = 0

    /// Set while the seam is looked for: it lies before that row.
    var seek: Int?

    /// How often the seam had to be looked for since the last row that was new.
    var returns = 0

    public init() {}
}

/// Rows as they were met, on one page or on two.
struct PagedRows {
    /// The place of the first.
    let offset: Int
    let rows: [NameKey]

    /// Where the walk goes on behind them.
    let end: Int

    /// Whether the page has all the rows that it can have.
    let isFull: Bool

    /// The most rows that one page had.
    let longest: Int
}

extension PagedCursor {
    /// How many rows a page should have in common with the one before it: if some of them go meanwhile, others show the
    /// seam.
    static var mostOverlap: Int { 3 }

    private static var mostReturns: Int { 5 }

    func windows(by paging: Paging) -> [PageWindow] {
        if let seek { return [paging.window(before: seek)] }
        return paging.windows(from: next, overlap: Self.mostOverlap, longest: longest)
    }

    func step(_ met: PagedRows) throws(WalkStandstill) -> WalkStep<PagedCursor> {
        if next == 0 { return met.rows.isEmpty ? WalkStep(.nothing, self) : WalkStep(.news, behind(met)) }
        let known = Set(tail)
        guard let seam = met.rows.lastIndex(where: known.contains) else {
            return try stepBack(from: met)
        }
        if seam < met.rows.count - 1 { return WalkStep(.news, behind(met)) }
        if seek == nil, !met.isFull { return WalkStep(.nothing, self) }
        var place = self
        if seek != nil {
            (place.next, place.seek) = (met.end, nil)
            try place.countReturn()
        } else if met.end > next {
            place.next = met.end
        } else {
            throw WalkStandstill(reason: "a page of \(met.rows.count) rows shows none behind row \(next)")
        }
        return WalkStep(.onward, place)
    }

    /// The rows that were taken last are not here: others before them have gone, and these have moved up.
    private func stepBack(from met: PagedRows) throws(WalkStandstill) -> WalkStep<PagedCursor> {
        var place = self
        if met.offset > 0 {
            place.seek = met.offset
            return WalkStep(.onward, place)
        }
        // They are nowhere: the list is walked again.
        try place.countReturn()
        let returns = place.returns
        place = place.behind(met)
        place.returns = returns
        return WalkStep(.news, place)
    }

    private func behind(_ met: PagedRows) -> PagedCursor {
        var place = PagedCursor()
        place.next = met.end
        place.longest = max(longest, met.longest)
        place.tail = Array(met.rows.suffix(Self.mostOverlap))
        return place
    }

    private mutating func countReturn() throws(WalkStandstill) {
        returns += 1
        if returns > Self.mostReturns {
            throw WalkStandstill(reason: "the list changes faster than its pages can be walked")
        }
    }
}
