public import PackageMining

/// Walks a list page by page, by how many rows lie before a page, where the list shifts meanwhile.
///
/// A row that goes moves those behind it up: the first of the next page is then on the one that was read already, and
/// nobody asks for it. So pages overlap by a few rows, and one that does not show the seam is asked for further up,
/// until it does; where it never does, the list is walked again. Rows that are told twice count once.
///
/// ```swift
/// struct Cursor: Codable, Sendable { var place = PagedCursor() }
///
/// let walk = PagedWalk(.byNumber(ofMost: 100)) { window in
///     Request("\(url)/packages?page=\(window.number)&per_page=\(window.size)")
/// } read: { response in
///     var page = PagedPage()
///     for row in try rows(of: response) { page.append(name: row.name, row.release) }
///     return page
/// }
/// try await walk.run(from: cursor.place, through: session) { page, place in
///     try await sink.push(page, next: Cursor(place: place))
/// }
/// ```
///
/// The list must have one order, in which a row stays before those that it stood before: by name, or the oldest first.
/// A row that moves from the end to the front is not met there: such a list is walked by its keys, with ``KeysetWalk``,
/// or held to another one of all names. The end is a page with nothing behind the seam, asked for again. An update walks
/// the list again, from the beginning.
public struct PagedWalk: Sendable {
    private let paging: Paging
    private let request: @Sendable (PageWindow) -> Request
    private let read: @Sendable (Response) throws -> PagedPage

    /// How often a page that has nothing new is asked for before it is the end.
    private static var answersBelieved: Int { 2 }

    /// - Parameters:
    ///   - request: what is asked for a page.
    ///   - read: reads an answer, an attempt at a time, as ``PackageMining/RegistrySession/fetch(_:read:)`` has it. Where
    ///     a page beyond the end is refused, that is a page without rows.
    public init(
        _ paging: Paging, request: @escaping @Sendable (PageWindow) -> Request,
        read: @escaping @Sendable (Response) throws -> PagedPage
    ) {
        self.paging = paging
        self.request = request
        self.read = read
    }

    /// Walks to the end of the list. Each page is taken with the place behind it, which is where another process goes
    /// on.
    ///
    /// - Throws: a `WireError` where the list cannot be walked on, and what the session and `take` throw.
    public func run(
        from start: PagedCursor, through session: any RegistrySession,
        _ take: (_ page: Page, _ place: PagedCursor) async throws -> Void
    ) async throws {
        var place = start
        var answersWithoutNews = 0
        while answersWithoutNews < Self.answersBelieved {
            let windows = place.windows(by: paging)
            var answers: [PagedPage] = []
            for window in windows { answers.append(try await session.fetch(request(window), read: read)) }
            let step = try step(answers, windows, at: place)
            if step.meaning == .news || answers.contains(where: { !$0.page.problems.isEmpty }) {
                for answer in answers.dropFirst().reversed() { try await take(answer.page, place) }
                try await take(answers[0].page, step.place)
            }
            place = step.place
            switch step.meaning {
            case .news: answersWithoutNews = 0
            case .nothing: answersWithoutNews += 1
            case .onward, .end: break
            }
        }
    }

    private func step(
        _ answers: [PagedPage], _ windows: [PageWindow], at place: PagedCursor
    ) throws -> WalkStep<PagedCursor> {
        let (rows, offset) = (answers.reversed().flatMap(\.rows), windows.map(\.offset).min() ?? 0)
        let first = (count: answers[0].rows.count, window: windows[0])
        var (end, isFull) = (offset + rows.count, first.count >= min(first.window.size, max(1, place.longest)))
        if case .bySetNumber = paging {
            // A page that lacks a row is followed by others for all that.
            (end, isFull) = (rows.isEmpty ? offset : first.window.offset + first.window.size, first.count > 0)
        }
        let longest = answers.map(\.rows.count).max() ?? 0
        let met = PagedRows(offset: offset, rows: rows, end: end, isFull: isFull, longest: longest)
        do {
            return try place.step(met)
        } catch {
            throw WireError(.malformed, url: request(windows[0]).url, error.reason, isFinal: true)
        }
    }
}
