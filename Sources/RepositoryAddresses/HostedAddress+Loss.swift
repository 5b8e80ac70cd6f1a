/// No segment is lost on the way to a repository's identity unless the host says that it is a page.
extension HostedAddress {
    /// The address without what scp takes for a segment and only a port can be: `git@github.com:443/owner/name`; nil
    /// where there is none.
    ///
    /// Git itself would ask for a directory called `443`; a host whose paths have a fixed length has none.
    func withoutPort(_ text: Span<UInt8>, expecting count: Int) -> HostedAddress? {
        guard parts.clues.contains(.scp), segments.count == count + 1, text.all(in: segments[0], ASCII.isDigit)
        else { return nil }
        return with(segments.dropFirst())
    }

    /// Refuses an address that goes on behind the name as if it named another repository.
    ///
    /// What a browser shows lies behind the name: a page. But `owner/name/other.git` claims to be the repository
    /// `other`, and a shell is never asked for a page.
    func refuseLonger(_ text: Span<UInt8>, than count: Int) throws(NoRepository) {
        guard count < segments.count else { return }
        let next = segments[count].lowerBound..<text.nameEnd(of: segments[count], isStrict: true)
        if Self.forgePages.contains(text, next), !text.endsInGit(segments[count]) { return }
        let isWhole = parts.clues.contains(.shell) && !text.endsInGit(segments[count - 1])
        if isWhole || segments[count...].contains(where: { text.endsInGit($0) }) { throw .malformed }
    }

    /// The place behind the repository's last segment: behind the first that ends in `.git`, unless the address goes
    /// on to another and what stands between is no page.
    func repositoryEnd(_ text: Span<UInt8>, _ path: [Range<Int>]) -> Int? {
        guard var end = path.firstIndex(where: { text.endsInGit($0) }) else { return nil }
        for index in path.indices[(end + 1)...] where text.endsInGit(path[index]) {
            if isPage(text, path[end + 1]) { break }
            end = index
        }
        return end + 1
    }

    private func isPage(_ text: Span<UInt8>, _ segment: Range<Int>) -> Bool {
        Self.forgePages.contains(text, segment) || Self.serverPages.contains(text, segment)
    }

    static let forgePages = WordSet(ReservedWords.forgePages)
    static let serverPages = WordSet(ReservedWords.serverPages)
}
