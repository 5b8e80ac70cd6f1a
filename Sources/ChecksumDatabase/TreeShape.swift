/// How a tree of so many records is cut: into groups of 65,536, whose roots are the hashes of level 2, and these into
/// the tiles of 256.
///
/// The root over the roots of the groups is the root of the tree, though the last group may be smaller: RFC 6962 splits
/// a tree at the largest power of two below its size, never inside a whole group. So it is with a group and its tiles.
package struct TreeShape: Hashable, Sendable {
    /// How many records a group has: as many as a tile of level 1 tells of.
    package static let groupSize = Tile.width * Tile.width

    package let size: Int

    package init(size: Int) {
        self.size = size
    }

    /// The last one may be smaller.
    package var groups: Int { (size + Self.groupSize - 1) / Self.groupSize }
    var wholeGroups: Int { size / Self.groupSize }

    /// How many data tiles a group has, the last of which may be a part of one.
    package func tiles(inGroup group: Int) -> Int {
        (records(inGroup: group) + Tile.width - 1) / Tile.width
    }

    package func records(inGroup group: Int) -> Int {
        min(Self.groupSize, size - group * Self.groupSize)
    }

    /// A data tile by its number in the whole tree.
    package func dataTile(_ number: Int) -> Tile {
        Tile(.data, number, count: min(Tile.width, size - number * Tile.width))
    }

    /// The tiles of level 2, which tell the roots of the whole groups.
    package var tilesOfGroupRoots: [Tile] {
        stride(from: 0, to: wholeGroups, by: Tile.width).map {
            Tile(.hashes(2), $0 / Tile.width, count: min(Tile.width, wholeGroups - $0))
        }
    }

    /// The tile of level 1, which tells the roots of a group's whole data tiles; nil where it has none.
    package func tileOfTileRoots(inGroup group: Int) -> Tile? {
        let whole = records(inGroup: group) / Tile.width
        return whole == 0 ? nil : Tile(.hashes(1), group, count: whole)
    }

    /// The tile of level 0 that tells the hashes of a group's last records, which are no whole data tile; nil where
    /// there are none.
    package func tileOfLastLeaves(inGroup group: Int) -> Tile? {
        let last = records(inGroup: group) % Tile.width
        return last == 0 ? nil : Tile(.hashes(0), size / Tile.width, count: last)
    }
}
