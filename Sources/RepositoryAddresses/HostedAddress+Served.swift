/// Hosts that nobody has described, where the path itself says what serves it.
extension HostedAddress {
    /// The repository of a path of Azure DevOps Server, Bitbucket Server, Gitea or GitLab; nil where it is none of those.
    func served(_ text: Span<UInt8>) throws(NoRepository) -> CanonicalAddress? {
        if !hasGitSegment(text), let mark = azureMark(text), mark + 1 < segments.count {
            return try azureServer(mark, text)
        }
        if let path = bitbucketPath(text) ?? bitbucketClone(text) {
            var repository = try bitbucket(path, HostIndex.ignoringCase, text)
            repository.appendGit()
            return repository
        }
        guard !hasGitSegment(text), let count = forgeEnd(text) else { return nil }
        return try plainRepository(nil, segments[..<count], text)
    }

    /// Two segments at the port where Bitbucket Server listens to ssh.
    private func bitbucketClone(_ text: Span<UInt8>) -> BitbucketPath? {
        guard text.equals("7999", parts.port), parts.clues.contains(.shell), segments.count == 2 else { return nil }
        return BitbucketPath(owner: segments[0], name: segments[1])
    }

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
