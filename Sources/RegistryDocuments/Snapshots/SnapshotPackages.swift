public import PackageMining

/// The packages of a list while it is read, each with one release, in little memory.
public struct SnapshotPackages: ProblemNotes, Sendable {
    private var held = HeldPackages()
    private var problems: [Problem] = []

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
