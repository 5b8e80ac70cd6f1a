import ContentDigest

/// Hashes as RFC 6962 (section 2.1) has them: a record behind a zero byte, a node behind a one.
package struct TreeHasher {
    private let digest: Digest

    /// - Throws: `DigestUnavailable`
    package init() throws {
        digest = try Digest(.sha256)
    }

    package func leaf(_ record: UnsafeRawBufferPointer) -> TreeHash {
        var prefix: UInt8 = 0
        withUnsafeBytes(of: &prefix) { digest.update($0) }
        digest.update(record)
        return finish()
    }

    package func node(_ left: TreeHash, _ right: TreeHash) -> TreeHash {
        withUnsafeTemporaryAllocation(byteCount: 65, alignment: 8) { bytes in
            bytes[0] = 1
            left.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: bytes[1..<33]).copyMemory(from: $0) }
            right.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: bytes[33..<65]).copyMemory(from: $0) }
            digest.update(UnsafeRawBufferPointer(bytes))
        }
        return finish()
    }

    /// The root of a tree whose leaves, or whose subtrees of one size, have these hashes. Of subtrees the last may be
    /// smaller than the others, as long as these are as large as a power of two.
    ///
    /// - Returns: nil for none.
    package func root(of hashes: some Sequence<TreeHash>) -> TreeHash? {
        var level = Array(hashes)
        while level.count > 1 {
            for pair in 0..<(level.count / 2) { level[pair] = node(level[2 * pair], level[2 * pair + 1]) }
            // One without a neighbour is a node of the level above as it is.
            if level.count % 2 == 1 { level[level.count / 2] = level[level.count - 1] }
            level.removeLast(level.count / 2)
        }
        return level.first
    }

    private func finish() -> TreeHash {
        var hash = TreeHash()
        hash.withUnsafeMutableBytes { digest.finish(into: $0) }
        return hash
    }
}
