import ChecksumDatabase

/// The hashes that a tile would have, made from the records. They are asked for once more when their names are wanted.
struct HashesOfRecords {
    let requests: DatabaseRequests

    func hashes(_ tile: Tile) async throws -> [TreeHash] {
        guard case .hashes(let level) = tile.level, level > 0 else {
            return try await requests.leaves(Tile(.data, tile.number, count: tile.count))
        }
        let first = tile.number * Tile.width
        var roots: [TreeHash] = []
        for start in stride(from: first, to: first + tile.count, by: Self.atOnce) {
            let numbers = start..<min(start + Self.atOnce, first + tile.count)
            roots += try await self.roots(of: numbers.map { Tile(.hashes(level - 1), $0) })
        }
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
