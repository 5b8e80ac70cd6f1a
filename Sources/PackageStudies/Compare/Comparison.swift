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
    public let ecosystems: [(name: String, tally: RowCounts)]
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

    init(_ options: ComparisonOptions, _ known: FirstPass, _ shared: SharedKeys, _ sorted: SortedOverlaps) {
        self.options = options
        kept = sorted.kept
        sections = sorted.sections
        platforms = known.names
        leftOut = known.leftOut
        let order = sorted.ranked.order
        ecosystems = order.map { (String(decoding: known.names[$0], as: UTF8.self), known.tallies[$0]) }
        repositories = order.map { shared.keysOfPlatform[$0] }
        combinations = Self.combinations(of: sorted.sections, platforms)
        mostShared = Self.mostShared(sections, combinations, kept)
    }

    private static func combinations(of sections: [Section], _ platforms: [[UInt8]]) -> [Combination] {
        var files = CombinationFiles()
        return sections.map { section in
            let names = section.platforms.map { String(decoding: platforms[Int($0)], as: UTF8.self) }
            return Combination(
                ecosystems: names, repositories: section.groups.count, packages: section.packages,
                file: files.path(for: names))
        }
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
