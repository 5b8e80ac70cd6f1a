/// Hosts that nobody has described, where the path itself says what serves it.
extension AddressReader {
    /// Whether the path is one of Azure DevOps Server, Bitbucket Server, Gitea or GitLab; it is written then.
    mutating func readServed(_ text: Span<UInt8>) throws(NoRepository) -> Bool {
        if !hasGitSegment(text), let mark = azureMark(text), mark + 1 < segments.count {
            try azureServer(mark, text)
            return true
        }
        if let place = bitbucketPlace(text) ?? bitbucketClone(text) {
            let entry = HostIndex.ignoringCase
            begin(entry, text)
            try appendBitbucket(place, entry, text)
            appendGit()
            return true
        }
        guard !hasGitSegment(text), let count = forgeEnd(text) else { return false }
        begin(nil, text)
        try appendRepository(text, segments[..<count])
        return true
    }

    /// Two segments at the port where Bitbucket Server listens to ssh.
    private func bitbucketClone(_ text: Span<UInt8>) -> BitbucketPlace? {
        guard text.equals("7999", parts.port), parts.clues.contains(.shell), segments.count == 2 else { return nil }
        return BitbucketPlace(owner: segments[0], name: segments[1])
    }

    /// Folds the case of `/scm/key/name.git`, whichever way it was come to: Bitbucket Server has none.
    ///
    /// SCM-Manager, which keeps the case of names, has the kind of the repository in the key's place.
    mutating func foldScm() {
        guard let names = scmNames(canonical.span, hostRange.upperBound..<canonical.count) else { return }
        for index in names { canonical[index] = ASCII.lower(canonical[index]) }
    }

    private func scmNames(_ span: Span<UInt8>, _ path: Range<Int>) -> Range<Int>? {
        let context = Self.contexts.first { span.matches($0, at: path.lowerBound) }
        let start = path.lowerBound + (context?.count ?? 0)
        guard span.matches("/scm/", at: start) else { return nil }
        let names = start + 5..<path.upperBound
        guard let slash = span.first(of: ASCII.slash, in: names),
            span.first(of: ASCII.slash, in: slash + 1..<names.upperBound) == nil,
            !Self.systems.contains(span, names.lowerBound..<slash)
        else { return nil }
        return path
    }

    private static let contexts = ["/bitbucket", "/stash"].map { Array($0.utf8) }
    private static let systems = WordSet(["git", "hg", "svn", "repo"])

    /// `owner/name/src/branch/…`, as Gitea shows a tree, and `group/name/-/…`, as GitLab does.
    private func forgeEnd(_ text: Span<UInt8>) -> Int? {
        if parts.clues.contains(.clone) { return nil }
        if segments.count > 4, text.equals("src", segments[2]),
            ["branch", "commit", "tag"].contains(where: { text.equals($0, segments[3]) })
        {
            return 2
        }
        guard let dash = segments.firstIndex(where: { text.equals("-", $0) }), dash >= 2, dash + 1 < segments.count,
            Self.forgePages.contains(text, segments[dash + 1])
        else { return nil }
        return dash
    }
}
