/// Bitbucket Server, once Stash. Keys of projects and names of repositories have no case.
///
/// https://confluence.atlassian.com/bitbucketserver: a clone is asked for at `/scm/key/name.git` or, by ssh, at
/// `/key/name.git`; the pages are at `/projects/KEY/repos/name` and `/users/user/repos/name`.
extension HostedAddress {
    struct BitbucketPath {
        /// The segments of the path that the whole server lies under: `bitbucket`, `stash` or none.
        var context = 0..<0
        var isUser = false
        let owner: Range<Int>
        let name: Range<Int>
    }

    func bitbucketServer(_ entry: HostIndex.Entry, _ text: Span<UInt8>) throws(NoRepository) -> CanonicalAddress {
        if let bare = withoutPort(text, expecting: 2) { return try bare.bitbucketServer(entry, text) }
        guard segments.count >= 2 else { throw .profile }
        if let path = bitbucketPath(text) { return try bitbucket(path, entry, text) }
        return try bitbucket(try bitbucketScm(text), entry, text)
    }

    /// `/projects/KEY/repos/name/…` and `/users/user/repos/name/…`
    func bitbucketPath(_ text: Span<UInt8>) -> BitbucketPath? {
        let first = contextLength(text)
        guard segments.count >= first + 4, text.equals("repos", segments[first + 2]) else { return nil }
        let isUser = text.equals("users", segments[first])
        guard isUser || text.equals("projects", segments[first]) else { return nil }
        return BitbucketPath(
            context: 0..<first, isUser: isUser, owner: segments[first + 1], name: segments[first + 3])
    }

    private func bitbucketScm(_ text: Span<UInt8>) throws(NoRepository) -> BitbucketPath {
        let first = contextLength(text)
        let isScm = first < segments.count && text.equals("scm", segments[first])
        let start = isScm ? first + 1 : 0
        guard isScm || parts.clues.contains(.clone) else { throw .hostPage }
        guard segments.count >= start + 2 else { throw .profile }
        try refuseLonger(text, than: start + 2)
        return BitbucketPath(
            context: isScm ? 0..<first : 0..<0, owner: segments[start], name: segments[start + 1])
    }

    private func contextLength(_ text: Span<UInt8>) -> Int {
        guard let first = segments.first, segments.count > 3 else { return 0 }
        return text.equals("bitbucket", first) || text.equals("stash", first) ? 1 : 0
    }

    func bitbucket(
        _ path: BitbucketPath, _ entry: HostIndex.Entry, _ text: Span<UInt8>
    ) throws(NoRepository) -> CanonicalAddress {
        var repository = CanonicalAddress(entry, of: self, text)
        for index in path.context { try repository.append(text, segments[index], entry, .path) }
        repository.append(word: Array("scm".utf8))
        if path.isUser { repository.appendTilde() }
        try repository.append(text, path.owner, entry, path.isUser ? .continued : .path)
        try repository.append(text, path.name, entry, .pathName)
        return repository
    }
}
