/// Hosts that put different words before one repository's path, by how it is asked for.
extension HostedAddress {
    /// `/cgit/x.git`, `/git/x.git`, `/r/x.git`, `/gitweb/?p=x.git`, `user@host:/srv/git/x.git`
    func rooted(
        _ entry: HostIndex.Entry, anyPath: Bool, _ text: Span<UInt8>
    ) throws(NoRepository) -> CanonicalAddress {
        if let parameter = gitwebPath(text, isGitweb: true) {
            let inner = try segments(ofParameter: parameter.span)
            let end = repositoryEnd(parameter.span, inner) ?? inner.count
            return try append(inner[..<end], of: parameter.span, entry, to: CanonicalAddress(entry, of: self, text))
        }
        let path = Array(segments.dropFirst(rootLength(entry, text)))
        var end = repositoryEnd(text, path)
        if end == nil, parts.clues.contains(.clone) { end = path.count }
        if end == nil, anyPath { end = path.dropFirst().firstIndex { entry.pages.contains(text, $0) } ?? path.count }
        guard let end else { throw .unknownHost }
        guard end > 0 else { throw .hostOnly }
        return try append(path[..<end], of: text, entry, to: CanonicalAddress(entry, of: self, text))
    }

    /// How many segments the longest of the roots takes that the path begins with.
    private func rootLength(_ entry: HostIndex.Entry, _ text: Span<UInt8>) -> Int {
        entry.roots.reduce(0) { begins(segments[...], with: $1, text) ? max($0, $1.count) : $0 }
    }

    /// Appends a path, which may stand in a text of its own: the one that a parameter names.
    private func append(
        _ path: ArraySlice<Range<Int>>, of text: Span<UInt8>, _ entry: HostIndex.Entry, to host: CanonicalAddress
    ) throws(NoRepository) -> CanonicalAddress {
        // Where the canonical address has no root, a path that looks like one would be read as another's.
        if entry.roots[0].isEmpty, entry.roots.contains(where: { !$0.isEmpty && begins(path, with: $0, text) }) {
            throw .malformed
        }
        var repository = host
        for word in entry.roots[0] { repository.append(word: word) }
        try repository.appendRepository(text, path)
        return repository
    }
}
