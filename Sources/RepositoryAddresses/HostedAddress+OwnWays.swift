/// Launchpad and SourceForge, whose paths are like no other's.
extension HostedAddress {
    /// `~user/project/+git/name`, `project`, `distribution/+source/package`; Bazaar's `~user/project/branch`.
    func launchpad(_ text: Span<UInt8>) throws(NoRepository) -> CanonicalAddress {
        var called = "git.launchpad.net"
        let count: Int
        if let mark = segments.firstIndex(where: { text.equals("+git", $0) }) {
            guard mark > 0, mark + 1 < segments.count else { throw .projectPage }
            count = mark + 2
        } else if host.starts(with: Array("git.".utf8)) {
            count = try targetLength(text)
        } else {
            count = try branchLength(text)
            called = "code.launchpad.net"
        }
        var repository = CanonicalAddress(host: Array(called.utf8))
        try repository.append(text, segments[..<count], nil)
        return repository
    }

    /// How much of a path is the project or the package whose own repository is meant.
    private func targetLength(_ text: Span<UInt8>) throws(NoRepository) -> Int {
        let length = isLaunchpadUser(text) ? 2 : 1
        guard segments.count >= length else { throw .profile }
        guard length < segments.count, text.equals("+source", segments[length]) else { return length }
        guard length + 1 < segments.count else { throw .projectPage }
        return length + 2
    }

    /// Bazaar's branches: `~user/project/branch`, and `~user/distribution/series/package/branch`.
    private func branchLength(_ text: Span<UInt8>) throws(NoRepository) -> Int {
        guard host != Array("launchpad.net".utf8), segments.count >= 3, isLaunchpadUser(text),
            text[segments[2].lowerBound] != ASCII.plus
        else { throw .projectPage }
        let isPackage = text.equals("ubuntu", segments[1]) || text.equals("debian", segments[1])
        guard isPackage else { return 3 }
        guard segments.count >= 5 else { throw .projectPage }
        return 5
    }

    private func isLaunchpadUser(_ text: Span<UInt8>) -> Bool {
        segments.first.map { text[$0.lowerBound] == UInt8(ascii: "~") } ?? false
    }

    /// `/p/project/code/…`: on the site, a project's tools are told apart by their names and by what is behind them.
    func sourceForge(
        _ entry: HostIndex.Entry, anyMount: Bool, _ text: Span<UInt8>
    ) throws(NoRepository) -> CanonicalAddress {
        if let bare = withoutPort(text, expecting: 3) {
            return try bare.sourceForge(entry, anyMount: anyMount, text)
        }
        guard let first = segments.first, text.equals("p", first) || text.equals("u", first) else {
            throw segments.first.map { text.equals("projects", $0) } == true ? .projectPage : .hostPage
        }
        guard segments.count >= 3, anyMount || isMount(text) else { throw .projectPage }
        try refuseLonger(text, than: 3)
        var repository = CanonicalAddress(entry, of: self, text)
        try repository.append(text, segments[..<3], entry)
        return repository
    }

    private func isMount(_ text: Span<UInt8>) -> Bool {
        let tool = segments[2].lowerBound
        let isCalledSo =
            text.matches("code", at: tool) || text.matches("git", at: tool) || text.matches("svn", at: tool)
            || text.matches("hg", at: tool) || text.matches("repo", at: tool) || text.matches("mercurial", at: tool)
        return isCalledSo || segments.count > 3 && (text.equals("ci", segments[3]) || isTree(text))
    }

    /// `HEAD/tree`, `1234/tree`: a revision of Subversion.
    private func isTree(_ text: Span<UInt8>) -> Bool {
        segments.count > 4 && text.equals("tree", segments[4])
            && (text.equals("head", segments[3]) || text.all(in: segments[3], ASCII.isDigit))
    }
}
