/// What a Nexus index says of itself, in `nexus-maven-repository-index.properties`.
package struct IndexProperties: Hashable, Sendable {
    let chain: String
    let timestamp: String

    /// The newest chunk; nil where the index is published whole only.
    let newestChunk: Int64?

    private let chunks: Set<Int64>

    /// - Returns: nil for a text that is no such file.
    package init?(_ text: String) {
        var values: [Substring: Substring] = [:]
        for line in text.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
            guard let sign = line.firstIndex(of: "=") else { continue }
            values[line[..<sign]] = line[line.index(after: sign)...]
        }
        guard let time = values["nexus.index.timestamp"] ?? values["nexus.index.time"] else { return nil }
        timestamp = String(time)
        chain = values["nexus.index.chain-id"].map(String.init) ?? ""
        newestChunk = values["nexus.index.last-incremental"].flatMap { Int64($0) }.flatMap { $0 >= 0 ? $0 : nil }
        chunks = Set(values.filter { $0.key.hasPrefix("nexus.index.incremental-") }.compactMap { Int64($0.value) })
    }

    /// The chunks that lead from one to the newest, oldest first; nil where only the whole index does
    /// (maven-indexer's `IndexReader.canRetrieveAllChunks`).
    package func chunks(after last: Int64?, of chain: String?) -> [Int64]? {
        guard let newestChunk, let last, chain == self.chain, chain != "", last <= newestChunk else { return nil }
        guard chunks.contains(last) || chunks.contains(last + 1) else { return nil }
        return last < newestChunk ? Array((last + 1)...newestChunk) : []
    }
}
