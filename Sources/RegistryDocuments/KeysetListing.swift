public import PackageMining
public import RecordReaders

/// A list that is walked by key, and held to a second list: all names that the registry has.
///
/// The walk tells what has changed, with all that there is to know; the names tell what is there. One that the walk has
/// not met is told of by its name alone, and what the names have no more is withdrawn. They are asked for first: what is
/// published while they are walked is told by the walk. Names that are as they were are not sent again, and nothing is
/// held to them then.
///
/// ```swift
/// typealias Cursor = KeysetListing<RegistryTime>.Cursor
///
/// func spans(of run: RunFacts, after walked: [Cursor]) -> [Cursor] { [walked.last?.next ?? Cursor()] }
///
/// let names = Download("\(url)/names.txt") { LineReader(lastMayBeOpen: false) }
/// let listing = KeysetListing(walk, heldTo: names) { page, line in page.appendUnchanged(name: name(in: line)) }
/// try await listing.run(from: cursor, through: session, into: sink)
/// ```
public struct KeysetListing<Key: KeysetKey>: Sendable {
    public struct Cursor: Codable, Hashable, Sendable {
        var place = KeysetCursor<Key>()
        /// The state of the names that the list was held to last, and whether a walk is under way that is to be.
        var names: Validators?, isSnapshot: Bool?
        /// Before the first page with a row that cannot be read.
        var unread: KeysetCursor<Key>?

        /// The beginning of the list.
        public init() {}

        private init(from place: KeysetCursor<Key>, names: Validators?) { (self.place, self.names) = (place, names) }

        /// Where the next run begins. Rows that cannot be read are walked again, and told of again.
        public var next: Cursor { Cursor(from: unread ?? place, names: names) }
    }

    private typealias Names =
        @Sendable (
            _ known: Validators?, _ session: any RegistrySession
        ) async throws -> ConditionalAnswer<Page>

    private let walk: KeysetWalk<Key>
    private let names: Names?

    /// - Parameters:
    ///   - names: the file of all names; nil where there is none, and the list is what the walk tells.
    ///   - take: adds the names of a record, as ``PackageMining/Page/appendUnchanged(name:key:)`` does.
    public init<Reader: RecordReader>(
        _ walk: KeysetWalk<Key>, heldTo names: Download<Reader>?,
        _ take: @escaping @Sendable (_ page: inout Page, _ record: Reader.Record) throws -> Void
    ) {
        self.walk = walk
        guard let names else {
            self.names = nil
            return
        }
        self.names = { try await names.reduce(into: Page(), unless: $0, through: $1, take) }
    }

    /// Walks to the end of the list, and pushes each page with the cursor behind it, and the names behind all.
    ///
    /// - Throws: see ``KeysetWalk/run(from:through:_:)``.
    public func run(
        from start: Cursor, through session: any RegistrySession, into sink: PageSink<Cursor>
    ) async throws {
        let (told, state) = try await newNames(since: start, session)
        if told != nil, start.isSnapshot != true { try await sink.beginSnapshot(at: start) }
        var cursor = start
        cursor.isSnapshot = told.map { _ in true }
        cursor.place = try await walk.run(from: start.place, through: session) { page, place in
            if !page.problems.isEmpty { cursor.unread = cursor.unread ?? cursor.place }
            cursor.place = place
            try await sink.push(page, next: cursor)
        }
        (cursor.names, cursor.isSnapshot) = (state, nil)
        if let told { try await sink.push(told, next: cursor) }
    }

    /// Nil where they are as they were. Whoever goes on with a walk that is held to names needs them in any case.
    private func newNames(
        since start: Cursor, _ session: any RegistrySession
    ) async throws -> (names: Page?, state: Validators?) {
        let known = start.isSnapshot == true ? nil : start.names
        switch try await names?(known, session) {
        case .modified(let page, let state): return (page, state)
        case .notModified, nil: return (nil, nil)
        }
    }
}
