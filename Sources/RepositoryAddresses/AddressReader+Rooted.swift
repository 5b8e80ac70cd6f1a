/// Hosts that put different words before one repository's path, by how it is asked for.
extension AddressReader {
    /// `/cgit/x.git`, `/git/x.git`, `/r/x.git`, `/gitweb/?p=x.git`, `user@host:/srv/git/x.git`
    mutating func rooted(
        _ entry: HostIndex.Entry, anyPath: Bool, _ text: Span<UInt8>
    ) throws(NoRepository) {
        if let parameter = gitwebPath(text, isGitweb: true) {
            let inner = try segments(ofParameter: parameter.span)
            return try appendRooted(entry, inner, repositoryEnd(parameter.span, inner) ?? inner.count, parameter.span)
        }
        let path = Array(segments.dropFirst(rootLength(entry, text)))
        var end = repositoryEnd(text, path)
        if end == nil, parts.clues.contains(.clone) { end = path.count }
        if end == nil, anyPath { end = path.dropFirst().firstIndex { entry.pages.contains(text, $0) } ?? path.count }
        guard let end else { throw .unknownHost }
        guard end > 0 else { throw .hostOnly }
        try appendRooted(entry, path, end, text)
    }

    /// How many segments the longest of the roots takes that the path begins with.
    private func rootLength(_ entry: HostIndex.Entry, _ text: Span<UInt8>) -> Int {
        entry.roots.reduce(0) { begins(segments[...], with: $1, text) ? max($0, $1.count) : $0 }
    }

    private mutating func appendRooted(
        _ entry: HostIndex.Entry, _ path: [Range<Int>], _ end: Int, _ text: Span<UInt8>
    ) throws(NoRepository) {
        // Where the canonical address has no root, a path that looks like one would be read as another's.
        if entry.roots[0].isEmpty, entry.roots.contains(where: { !$0.isEmpty && begins(path[...], with: $0, text) }) {
            throw .malformed
        }
        begin(entry, text)
        for word in entry.roots[0] { append(word: word) }
        try appendRepository(text, path[..<end])
    }
}
