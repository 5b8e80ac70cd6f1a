public import PackageMining

/// Walks a list whole, along the links by which each page leads to the next one.
///
/// For a registry that says itself where the next page is, as OData and paged JSON do. That way is the server's: by keys
/// or by rows, it need not be known. Links are followed on the list's own host alone, and by the scheme that was given.
///
/// ```swift
/// struct Cursor: Codable, Sendable { var place = LinkedCursor() }
///
/// let walk = LinkedWalk(from: "\(url)/packages") { response in
///     let answer = try response.json(having: .array("/rows"))
///     var page = LinkedPage()
///     for row in try rows(of: answer) { page.page.append(name: row.name, row.release) }
///     if let next = answer["/next"]?.text { page.leads(to: next) }
///     return page
/// }
/// let last = try await walk.run(from: cursor.place, through: session, into: sink) { Cursor(place: $0) }
/// try await sink.push(last.page, next: Cursor(place: last.place))
/// ```
///
/// The end is a page that leads nowhere; one that has no packages either is asked for again before that is believed.
/// An update is the whole walk again, and what that does not tell is withdrawn. A run that was stopped goes on at the
/// next page; where that is there no longer, the list is walked anew.
public struct LinkedWalk: Sendable {
    private let list: ListAddress
    private let tellsTotal: Bool
    private let read: @Sendable (Response) throws -> LinkedPage

    /// - Parameters:
    ///   - url: the first page's.
    ///   - tellsTotal: whether the list says how many packages it has, and is held to that: pages that repeat rows hide
    ///     others.
    ///   - read: reads an answer, an attempt at a time, as ``PackageMining/RegistrySession/fetch(_:read:)`` has it.
    public init(
        from url: String, tellsTotal: Bool = false, read: @escaping @Sendable (Response) throws -> LinkedPage
    ) {
        list = ListAddress(url)
        self.tellsTotal = tellsTotal
        self.read = read
    }

    /// Walks to the end of the list, and pushes each page with the cursor behind it.
    ///
    /// Where another number of packages was met than the list tells, it is walked once more: packages come and go
    /// meanwhile. What then differs still is a problem.
    ///
    /// - Returns: the place at the end, and a page with what is left to be told.
    /// - Throws: a `WireError` where the list cannot be walked on, and what the session and the sink throw.
    public func run<Cursor>(
        from start: LinkedCursor, through session: any RegistrySession, into sink: PageSink<Cursor>,
        _ cursor: (LinkedCursor) -> Cursor
    ) async throws -> (place: LinkedCursor, page: Page) {
        var page = Page()
        var place = try await walk(from: start, session, sink, cursor)
        while tellsTotal, let contradiction = place.contradiction(to: try await sink.countTold()) {
            guard place.mayBeWalkedAgain else {
                page.note(Problem(.contradiction, at: list.shown(list.first), contradiction))
                break
            }
            place = try await walk(from: place.walkedAgain, session, sink, cursor)
        }
        return (place, page)
    }

    private func walk<Cursor>(
        from start: LinkedCursor, _ session: any RegistrySession, _ sink: PageSink<Cursor>,
        _ cursor: (LinkedCursor) -> Cursor
    ) async throws -> LinkedCursor {
        var place = start
        if place.pages == 0 { try await sink.beginSnapshot(at: cursor(place)) }
        while !place.isAtEnd {
            do {
                let answer = try await page(at: place, session)
                try await sink.push(answer.page, next: cursor(answer.next))
                place = answer.next
            } catch let error as WireError where error.isOfPage && place == start && place.pages > 0 {
                return try await walk(from: place.begunAnew, session, sink, cursor)
            }
        }
        return place
    }

    private func page(
        at place: LinkedCursor, _ session: any RegistrySession
    ) async throws -> (page: Page, next: LinkedCursor) {
        let asked = place.next ?? list.first
        // An end without packages may be a fault.
        let (answer, next) = try await session.fetch(
            Request(list.origin + asked), twiceIf: { answer, next in next == nil && answer.isEmpty }
        ) { [list, read] response in
            let answer = try read(response)
            return (answer, try answer.next(in: response, of: list))
        }
        do {
            return (answer.page, try place.behind(answer, at: asked, leadingTo: next))
        } catch {
            throw WireError(.malformed, url: list.origin + asked, error.reason, isFinal: true)
        }
    }
}

extension WireError {
    /// Whether the registry has no such page, or does not understand what asks for it.
    fileprivate var isOfPage: Bool { category == .absent || status == 400 }
}
