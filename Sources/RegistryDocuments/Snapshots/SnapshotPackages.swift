public import PackageMining

/// The packages of a list while it is read, each with one release, in little memory.
public struct SnapshotPackages: ProblemNotes, Sendable {
    private var held = HeldPackages()

    /// What was noted, in its order.
    public private(set) var problems: [Problem] = []

    public init() {}

    /// How many packages there are.
    public var count: Int { held.count }

    /// Adds a package, or another release of it; see ``PackageMining/Page/append(name:key:_:)``.
    ///
    /// - Parameter replaces: whether the release takes the place of the one that was added before, and its spelling of
    ///   the name. By default the first one stays. A package's place is the earliest of its releases, whichever stays.
    public mutating func add(
        name: String, key: String? = nil, _ release: Release, replaces: (_ known: Release) -> Bool = { _ in false }
    ) {
        let package = HeldPackage(name: name, key: key, release)
        guard let row = held.row(ofKey: package.key) else { return held.append(package) }
        let known = held[row]
        let kept = replaces(known.release) ? package : known
        let place = min(package.place, known.place)
        if kept.place != place || kept.text != known.text { held[row] = kept.at(place) }
    }

    /// Adds a package as a document tells it whose reader puts U+FFFD, which is in no name and in no link, for bytes that
    /// are no text. One that lacks its name or its version, or whose name is no text, is noted and not there; a link that
    /// is no text is noted and left out.
    ///
    /// - Parameter place: which of the document's packages it is.
    public mutating func add(
        read name: String?, version: String?, homepage: String? = nil, repository: String? = nil, at place: String,
        replaces: (_ known: Release) -> Bool
    ) {
        guard let name, !name.isEmpty, let version, !version.isEmpty else {
            return note(Problem(.unreadable, at: place, "a package without a name or a version"))
        }
        guard !name.hasReplacements else {
            return note(Problem(.unreadable, at: place, "a package whose name is no UTF-8"))
        }
        let links = [("homepage", homepage), ("repository", repository)].map { kind, link in
            guard let link, link.hasReplacements else { return link }
            note(Problem(.unreadable, at: place, "the \(kind) of \(printable(name, limit: 200)) is no UTF-8"))
            return nil
        }
        add(name: name, Release(version: version, homepage: links[0], repository: links[1]), replaces: replaces)
    }

    /// Adds the packages of others that are not among these, and their problems.
    public mutating func complete(with others: SnapshotPackages) {
        for row in 0..<UInt32(others.count) where held.row(ofKey: others.held[row].key) == nil {
            held.append(others.held[row])
        }
        problems += others.problems
    }

    /// What is held of a package, by its key; nil where there is none. Rows of a table that wait to be joined with those of
    /// another are held in little memory as well, with their number for a name.
    public subscript(key: String) -> Release? {
        held.row(ofKey: Array(key.utf8)[...]).map { held[$0].release }
    }

    /// Notes something in the list that is not right; see ``PackageMining/Page/note(_:)``.
    public mutating func note(_ problem: Problem) {
        problems.append(problem)
    }

    /// Hands the packages over in the order of their places, and of their names where places are equal, in pages of which
    /// one is in memory at a time. At least one page, so that problems have one; the last one is told as such.
    ///
    /// - Parameter append: adds a package to the page, and what else is to be told with it.
    public mutating func handOver(
        inPagesOf size: Int,
        append: (_ page: inout Page, _ name: String, _ key: String?, _ release: Release) -> Void = {
            $0.append(name: $1, key: $2, $3)
        },
        _ take: (_ page: Page, _ isLast: Bool) async throws -> Void
    ) async throws {
        var left = held.sortedRows()[...]
        repeat {
            var page = Page(reserving: min(size, left.count))
            for row in left.prefix(size) {
                append(&page, held[row].name, held[row].ownKey, held[row].release)
            }
            left = left.dropFirst(size)
            for problem in problems { page.note(problem) }
            problems = []
            try await take(page, left.isEmpty)
        } while !left.isEmpty
        held = HeldPackages()
    }
}

extension String {
    fileprivate var hasReplacements: Bool { unicodeScalars.contains("\u{FFFD}") }
}
