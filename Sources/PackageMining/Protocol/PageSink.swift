/// Where a miner hands over the pages of one span.
public struct PageSink<Cursor: Codable & Sendable>: Sendable {
    /// Whether the rest of the span may be given to another walker. False where the list must be walked in order.
    public let mayFork: Bool

    private let store: @Sendable (Page, Cursor, [Cursor]) async throws -> Void

    package init(mayFork: Bool, store: @escaping @Sendable (Page, Cursor, [Cursor]) async throws -> Void) {
        self.mayFork = mayFork
        self.store = store
    }

    /// Stores a page and the cursor behind it in one transaction, and returns when both are safe.
    ///
    /// That is also the back-pressure: a walker reads on only when its last page is stored.
    ///
    /// `forks` are parts of this span that the walker gives away: each becomes a span of its own in the same
    /// transaction, and `cursor` must no longer reach into them. Whether and where to fork has to follow from the
    /// registry's answers alone, not from time or luck, so that a replayed run asks what the recorded one asked.
    public func push(_ page: Page, next cursor: Cursor, forks: [Cursor] = []) async throws {
        try await store(page, cursor, forks)
    }
}
