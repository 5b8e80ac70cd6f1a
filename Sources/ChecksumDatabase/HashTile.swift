/// Hashes as they stand in a tile: 32 bytes each.
package enum HashTile {
    /// The first hashes of a tile. A whole one stands for a part of it.
    ///
    /// - Throws: ``MalformedDocument``
    package static func read(_ bytes: [UInt8], count: Int) throws -> [TreeHash] {
        guard bytes.count % TreeHash.byteCount == 0, bytes.count >= count * TreeHash.byteCount,
            bytes.count <= Tile.width * TreeHash.byteCount
        else { throw MalformedDocument("the tile has \(bytes.count) bytes, not 32 for each of \(count) hashes") }
        return (0..<count).compactMap { TreeHash(bytes[($0 * TreeHash.byteCount)...].prefix(TreeHash.byteCount)) }
    }
}
