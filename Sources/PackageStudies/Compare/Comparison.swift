/// What ecosystems share, and what they hold.
///
/// Repositories are counted once, in the exact set of ecosystems that name them.
public struct Comparison: Sendable {
    /// The repositories that exactly these ecosystems share.
    public struct Combination: Sendable, Hashable {
        /// By their UTF-8.
        public let ecosystems: [String]
        public let repositories: Int
        /// Packages that name one of them, each counted once.
        public let packages: Int
        /// Where the study's folder holds them, as `2-ecosystems/Go+NPM.csv`.
        public let file: String

        public init(ecosystems: [String], repositories: Int, packages: Int, file: String) {
            self.ecosystems = ecosystems
            self.repositories = repositories
            self.packages = packages
            self.file = file
        }
    }

    /// A repository that several ecosystems share.
    public struct Shared: Sendable, Hashable {
        public let repository: String
        public let ecosystems: [String]
        public let packages: Int
    }

    public let options: ComparisonOptions
    /// Every platform of the lists with what its rows hold, by the UTF-8 of the names.
    public let ecosystems: [(name: String, tally: Tally)]
    /// For each of ``ecosystems``, how many repositories its packages name, each counted once.
    public let repositories: [Int]
    /// Fewer ecosystems first, then by their names.
    public let combinations: [Combination]
    /// The repositories that most ecosystems share, then most packages; 50 at most.
    public let mostShared: [Shared]

    let leftOut: LeftOutCounts
    let kept: SecondPass
    let sections: [Section]
    let platforms: [[UInt8]]

    /// Reads the lists and compares them.
    ///
    /// Each list is read twice, so that only the rows that take part in an overlap are ever held.
    /// - Throws: ``StudyError`` with file and line where a list is not one.
    public init(
        lists: [String], options: ComparisonOptions = ComparisonOptions(),
        progress: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws {
        guard !lists.isEmpty else { throw StudyError.wrongUse("name at least one list") }
        self.options = options
        let scan = ListScan(paths: lists)
        var first = FirstPass()
        var told = ReadingProgress(lists, "reading", progress)
        let hash = first.hash
        try await scan.run { chunk throws(RowFault) in
            try FirstPass.read(chunk, options, hash)
        } take: { place, piece in
            told.take(place, rows: piece.keys.count)
            try first.take(place, piece)
        }
        progress("finding what the \(first.names.count) ecosystems share")
        let pass = first
        let shared = await SharedKeys.find(pass, parts: scan.width)
        var second = SecondPass(groups: shared.platforms.count)
        if !shared.platforms.isEmpty {
            var told = ReadingProgress(lists, "collecting from", progress)
            try await scan.run { chunk throws(RowFault) in
                try SecondPass.read(chunk, options, pass, shared)
            } take: { place, piece in
                told.take(place, rows: piece.rows.count)
                second.take(place, piece)
            }
        }
        progress("sorting \(shared.platforms.count) shared \(options.match == .name ? "names" : "repositories")")
        let ranked = RankedPlatforms(pass.names)
        let rows = GroupedRows(second, groups: shared.platforms.count)
        second.dropRows()
        kept = second
        sections = await Section.all(of: shared.platforms, rows, second, ranked)
        platforms = pass.names
        leftOut = pass.leftOut
        ecosystems = ranked.order.map { (String(decoding: pass.names[$0], as: UTF8.self), pass.tallies[$0]) }
        repositories = ranked.order.map { shared.keysOfPlatform[$0] }
        var files = CombinationFiles()
        combinations = sections.map { section in
            let names = section.platforms.map { String(decoding: pass.names[Int($0)], as: UTF8.self) }
            return Combination(
                ecosystems: names, repositories: section.groups.count, packages: section.packages,
                file: files.path(for: names))
        }
        mostShared = Self.mostShared(sections, combinations, second)
    }

    private static func mostShared(
        _ sections: [Section], _ combinations: [Combination], _ kept: SecondPass
    ) -> [Shared] {
        var best: [Shared] = []
        for (section, combination) in zip(sections, combinations).reversed() {
            if best.count >= 50, combination.ecosystems.count < (best.last?.ecosystems.count ?? 0) { break }
            for group in section.groups {
                best.append(
                    Shared(
                        repository: String(decoding: kept.title(group.number), as: UTF8.self),
                        ecosystems: combination.ecosystems, packages: group.packages))
            }
            best.sort(by: goesBefore)
            best.removeLast(max(best.count - 50, 0))
        }
        return best
    }

    private static func goesBefore(_ left: Shared, _ right: Shared) -> Bool {
        if left.ecosystems.count != right.ecosystems.count { return left.ecosystems.count > right.ecosystems.count }
        if left.packages != right.packages { return left.packages > right.packages }
        return left.repository.utf8.lexicographicallyPrecedes(right.repository.utf8)
    }
}

/// Tells which list is being read.
private struct ReadingProgress {
    private let lists: [String]
    private let verb: String
    private let tell: @Sendable (String) -> Void
    private var list = -1
    private var rows = 0

    init(_ lists: [String], _ verb: String, _ tell: @escaping @Sendable (String) -> Void) {
        self.lists = lists
        self.verb = verb
        self.tell = tell
    }

    mutating func take(_ place: ListChunk.Place, rows count: Int) {
        rows += count
        guard place.list > list else { return }
        list = place.list
        tell("\(verb) \(lists[list])")
    }
}
