import ChecksumDatabase
import Synchronization

/// The hashes that a tile would have, made from the records, each asked for once for that. They are asked for once more
/// when their names are wanted: what is kept has been proven, and the proof needs all of them.
struct HashesOfRecords {
    let requests: DatabaseRequests

    func hashes(_ tile: Tile) async throws -> [TreeHash] {
        if let known = requests.made.hashes(of: tile) { return known }
        guard case .hashes(let level) = tile.level, level > 0 else {
            let leaves = try await requests.leaves(Tile(.data, tile.number, count: tile.count))
            // Of the last tile they are asked for by themselves.
            if !tile.isWhole { requests.made.keep(leaves, of: tile) }
            return leaves
        }
        let first = tile.number * Tile.width
        var roots: [TreeHash] = []
        for start in stride(from: first, to: first + tile.count, by: Self.atOnce) {
            let numbers = start..<min(start + Self.atOnce, first + tile.count)
            roots += try await self.roots(of: numbers.map { Tile(.hashes(level - 1), $0) })
        }
        requests.made.keep(roots, of: tile)
        return roots
    }

    private static let atOnce = 16

    private func roots(of tiles: [Tile]) async throws -> [TreeHash] {
        try await withThrowingTaskGroup(of: (Int, TreeHash?).self) { group in
            for tile in tiles {
                group.addTask { (tile.number, try TreeHasher().root(of: await hashes(tile))) }
            }
            var roots: [Int: TreeHash] = [:]
            for try await (number, root) in group { roots[number] = root }
            return tiles.compactMap { roots[$0.number] }
        }
    }
}

/// Hashes of tiles that a run has made of records, 32 bytes for each tile of data: the walk of a group of records needs
/// those that the tree's root was made of.
final class MadeHashes: Sendable {
    private let known = Mutex<[Tile: [TreeHash]]>([:])

    func hashes(of tile: Tile) -> [TreeHash]? { known.withLock { $0[tile] } }

    func keep(_ hashes: [TreeHash], of tile: Tile) {
        known.withLock { $0[tile] = hashes }
    }

    /// For when one of them is not right.
    func forget() { known.withLock { $0 = [:] } }
}
