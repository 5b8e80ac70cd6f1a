public import Foundation

/// Where a miner hands over the pages of one span.
public struct PageSink<Cursor: Codable & Sendable>: Sendable {
    /// Whether the rest of the span may be given to another walker. False where the list must be walked in order.
    public let mayFork: Bool

    /// Whether whoever runs it says that the list may have lost what it has lost.
    public let acceptsShrinking: Bool

    /// The run's clock: this machine's, or the beginning of the recorded run where one is replayed.
    public let now: @Sendable () -> Date

    private let begin: @Sendable () async throws -> Void
    private let count: @Sendable () async throws -> Int
    private let keepUntold: @Sendable (_ isThere: @Sendable (Package) async throws -> Bool) async throws -> Void
    private let store: @Sendable (Page, Cursor, [Cursor]) async throws -> Void

    package init(
        mayFork: Bool, acceptsShrinking: Bool = false, begin: @escaping @Sendable () async throws -> Void = {},
        count: @escaping @Sendable () async throws -> Int = { 0 },
        keepUntold: @escaping @Sendable (@Sendable (Package) async throws -> Bool) async throws -> Void = { _ in },
        store: @escaping @Sendable (Page, Cursor, [Cursor]) async throws -> Void,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.mayFork = mayFork
        self.acceptsShrinking = acceptsShrinking
        self.now = now
        self.begin = begin
        self.count = count
        self.keepUntold = keepUntold
        self.store = store
    }

    /// Says that what is pushed from here to the end of the span, by this walk and those that go on with it or with
    /// its forks, is everything that the registry has there.
    ///
    /// For a registry that publishes its whole list anew, as one file does. When all spans of a run have said so and
    /// were walked to their end, what none of them has told is withdrawn: such a package is listed no longer, and keeps
    /// its Package ID should it return. A list that has shrunk as no registry shrinks is not taken: all that the run has
    /// pushed is forgotten, and the next run walks from the cursors of the run before; see ``ListChange``. A walk that
    /// must begin at the beginning again says it again, and what it pushed before no longer counts as told. A walk that
    /// is never finished withdraws nothing.
    public func beginSnapshot() async throws {
        try await begin()
    }

    /// The same, and first stores a cursor for who goes on with this walk should it come to no page.
    ///
    /// From there the list must be read whole. A walk that went on inside a snapshot, and found the list unchanged or
    /// took another way, would end it, and what it had not told would be withdrawn.
    public func beginSnapshot(at cursor: Cursor) async throws {
        try await push(Page(), next: cursor)
        try await begin()
    }

    /// How many packages the span's snapshot has told so far, each counted once however often it was told: what a list
    /// that says how many it has is held to, whoever has walked its first part.
    public func countTold() async throws -> Int {
        try await count()
    }

    /// Asks of each package that the snapshot has not told whether it is there all the same, as one that the registry
    /// withholds for a while. Those that are stay in the list as they were, with all that is known of them.
    ///
    /// To be called when all else was pushed, and before the cursor that says so. Where so many are missing that the list
    /// will not be taken, nobody is asked.
    public func keepUntold(where isThere: @Sendable (Package) async throws -> Bool) async throws {
        try await keepUntold(isThere)
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
