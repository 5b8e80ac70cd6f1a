package import ChecksumDatabase

/// A place in the tree of a checksum database.
public enum TreeCursor: Codable, Sendable {
    /// Before a head is asked for; behind that, which one it was.
    case opening(TreeOpening)
    case groups(TreeGroups)

    /// The head that was verified.
    var head: TreeHead? {
        switch self {
        case .opening(let opening): opening.head
        case .groups(let groups): groups.head
        }
    }
}

/// What a listing begins with: what earlier ones have verified, and the head that it finds.
public struct TreeOpening: Codable, Sendable {
    /// The last head that was verified.
    package var earlier: TreeHead?

    /// Data tiles of that tree that are still to be had.
    package var missing: [Int] = []
    package var head: TreeHead?
}

/// Groups of records that are walked one after another, and the place in the first of them.
public struct TreeGroups: Codable, Sendable {
    /// A data tile that could not be had, or was not right.
    struct Missing: Codable, Hashable, Sendable {
        let tile: Int
        let url: String
        let reason: String
        let isBroken: Bool
    }

    let head: TreeHead

    /// The number of the first group, and its root with those of the groups behind it.
    private(set) var group: Int
    private(set) var roots: [TreeHash]

    /// Tiles that are asked for before the others, by their numbers in the tree.
    private(set) var again: [Int]

    /// The first of the others.
    private(set) var next: Int

    /// Those that were asked for in vain, of a single group.
    private(set) var missing: [Missing] = []

    init(_ head: TreeHead, group: Int, roots: [TreeHash], again: [Int] = [], from next: Int? = nil) {
        self.head = head
        self.group = group
        self.roots = roots
        self.again = again
        self.next = next ?? group * Tile.width
    }

    /// Neighbours as one; nil for none.
    init?(joining spans: [TreeGroups]) {
        guard let first = spans.first else { return nil }
        self = first
        roots = spans.flatMap(\.roots)
    }

    var shape: TreeShape { TreeShape(size: head.size) }

    /// The tiles of the first group that are asked for next, so many at most.
    func tiles(atMost count: Int) -> [Int] {
        let end = group * Tile.width + shape.tiles(inGroup: group)
        return Array((again + (next..<max(next, end)).prefix(count)).prefix(count))
    }

    /// How many records are still to be asked for.
    var remaining: Int {
        guard !roots.isEmpty else { return 0 }
        let end = min(head.size, (group + roots.count) * TreeShape.groupSize)
        return again.count * Tile.width + max(0, end - next * Tile.width)
    }

    /// Moves behind tiles that were asked for. Those that are asked for once more stand before all others.
    mutating func move(behind tiles: [Int], missing: [Missing], again repeated: [Int] = []) {
        let fromAgain = min(again.count, tiles.count)
        again.removeFirst(fromAgain)
        again.insert(contentsOf: repeated, at: 0)
        next = max(next, tiles[fromAgain...].last.map { $0 + 1 } ?? next)
        self.missing += missing
        guard self.tiles(atMost: 1).isEmpty else { return }
        roots.removeFirst()
        group += 1
        next = max(next, group * Tile.width)
    }
}
