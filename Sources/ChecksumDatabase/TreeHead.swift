/// What a checksum database signs: how many records it has, and the root of the tree over them.
package struct TreeHead: Hashable, Codable, Sendable {
    package let size: Int
    package let root: TreeHash

    package init(size: Int, root: TreeHash) {
        self.size = size
        self.root = root
    }

    /// Reads the text of a note: a line of words, the number of records, the root in base64. Lines behind them are
    /// passed over.
    ///
    /// - Throws: ``MalformedDocument``
    package init(text: String) throws {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count >= 4, lines[0] == "go.sum database tree" else {
            throw MalformedDocument("the note tells no tree head")
        }
        guard let size = Int(lines[1]), size >= 0, String(size) == lines[1], size <= TreeHead.mostRecords else {
            throw MalformedDocument("the tree's number of records is none")
        }
        guard let root = TreeHash(base64: lines[2]) else { throw MalformedDocument("the tree's root is no hash") }
        self.init(size: size, root: root)
    }

    /// A thousand times as many as there were in 2026: what lies beyond is a mistake, and costs memory.
    private static let mostRecords = 1 << 36

    /// The roots of a tree without records: the hash of nothing (RFC 6962), or zeros, as older versions of x/mod have it.
    private static let emptyRoots = [TreeHash(base64: "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="), TreeHash()]

    /// Whether it is the head of a tree without records.
    package var isEmpty: Bool { size == 0 && Self.emptyRoots.contains(root) }
}

extension TreeHead: CustomStringConvertible {
    package var description: String { "\(size) records with the root \(root.base64)" }
}
