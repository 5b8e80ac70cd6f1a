public import PackageMining

/// Walks a list by key: each page is asked for from the key of the last row of the page before it.
///
/// For a registry that answers with the rows at or behind a key, in the order of their keys: the time of a change, the
/// last id, the last name. A key stays where it is when rows come and go, so that nothing is passed over, and a row
/// that changes while it is walked stands at the end and comes again.
///
/// ```swift
/// struct Cursor: Codable, Sendable { var place = KeysetCursor<RegistryTime>() }
///
/// let walk = KeysetWalk<RegistryTime>(alike: .onPages) { time, page in
///     Request("\\(url)/packages?search=updated_after:\\(time?.text ?? first)&page=\\(page)")
/// } read: { response in
///     var page = KeysetPage<RegistryTime>()
///     for row in try rows(of: response) { page.append(at: row.updated, name: row.name, row.release) }
///     return page
/// }
/// try await walk.run(from: cursor.place, through: session) { page, place in
///     try await sink.push(page, next: Cursor(place: place))
/// }
/// ```
///
/// The end is a page that has nothing new, asked for again. A page that is not in the order of its keys, or begins
/// before the key that it was asked for, is not what was asked for: the session asks for it again. Pages overlap by the
/// rows of a key, which changes nothing: a row that is told twice counts once.
///
/// An update begins with the place at which the last run ended. Where the registry commits rows later than their keys
/// say, let it begin earlier, with ``KeysetCursor/init(from:)``.
public struct KeysetWalk<Key: KeysetKey>: Sendable {
    /// How rows with one key are had, where there are more of them than a page has rows.
    public enum Alike: Sendable {
        /// From each key on there are numbered pages.
        case onPages
        /// They are not: a page of so many rows, all with one key, cannot be passed, and ends the walk with an error.
        case onOnePage(ofMost: Int)
    }

    private let alike: Alike
    private let request: @Sendable (_ key: Key?, _ page: Int) -> Request
    private let read: @Sendable (Response) throws -> KeysetPage<Key>

    /// How often a page that has nothing new is asked for before it is the end.
    private static var answersBelieved: Int { 2 }

    /// - Parameters:
    ///   - request: what is asked from a key on; nil at the beginning of the list. The page is 1, but where rows with
    ///     one key are ``Alike/onPages``.
    ///   - read: reads an answer, an attempt at a time, as ``PackageMining/RegistrySession/fetch(_:read:)`` has it.
    public init(
        alike: Alike, request: @escaping @Sendable (_ key: Key?, _ page: Int) -> Request,
        read: @escaping @Sendable (Response) throws -> KeysetPage<Key>
    ) {
        self.alike = alike
        self.request = request
        self.read = read
    }

    /// Walks to the end of the list. Each page is taken with the place behind it, which is where another process goes
    /// on.
    ///
    /// - Returns: the place at the end, with what the last page has said.
    /// - Throws: a `WireError` where the list cannot be walked on, and what the session and `take` throw.
    @discardableResult public func run(
        from start: KeysetCursor<Key>, through session: any RegistrySession,
        _ take: (_ page: Page, _ place: KeysetCursor<Key>) async throws -> Void
    ) async throws -> KeysetCursor<Key> {
        var place = start
        var answersWithoutNews = 0
        while answersWithoutNews < Self.answersBelieved {
            let asked = request(place.key, place.tie?.page ?? 1)
            let answer = try await ask(asked, from: place.key, session)
            let step = try step(answer, at: place, asked)
            place = step.place
            if step.meaning == .news || step.meaning == .end || !answer.page.problems.isEmpty {
                try await take(answer.page, place)
            }
            switch step.meaning {
            case .news: answersWithoutNews = 0
            case .onward: break
            case .nothing: answersWithoutNews += 1
            case .end: return place
            }
        }
        return place
    }

    private func step(
        _ answer: KeysetPage<Key>, at place: KeysetCursor<Key>, _ asked: Request
    ) throws -> WalkStep<KeysetCursor<Key>> {
        do {
            return try place.step(answer, pagesOf: alike.size)
        } catch {
            throw WireError(.malformed, url: asked.url, error.reason, isFinal: true)
        }
    }

    private func ask(
        _ request: Request, from key: Key?, _ session: any RegistrySession
    ) async throws -> KeysetPage<Key> {
        try await session.fetch(request) { response in
            let answer = try read(response)
            if let fault = answer.fault(from: key) { throw response.malformed(fault) }
            return answer
        }
    }
}

extension KeysetWalk.Alike {
    /// The most rows of a page, where that has to be known.
    fileprivate var size: Int? {
        if case .onOnePage(let size) = self { size } else { nil }
    }
}
