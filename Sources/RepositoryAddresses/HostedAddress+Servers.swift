/// cgit, gitweb, plain servers, and hosts that nobody has described.
extension HostedAddress {
    /// On a host that is not in the table, the address itself must say that it is one to clone, or what serves it.
    func onUnknownHost(inferring: Bool, _ text: Span<UInt8>) throws(NoRepository) -> CanonicalAddress {
        try refuseSteps(text)
        if hasNothingBehindHost { throw .hostOnly }
        if let repository = try served(text) { return repository.foldedAsSCM }
        if parts.clues.isEmpty, !hasGitSegment(text) { throw .unknownHost }
        do throws(NoRepository) {
            return try server(nil, anyPath: false, text).foldedAsSCM
        } catch .unknownHost {
            guard inferring, host.starts(with: Array("git.".utf8)), segments.count >= 2 else { throw .unknownHost }
            var repository = try plainRepository(nil, segments[...], text).foldedAsSCM
            repository.inference = .hostName
            return repository
        }
    }

    func server(
        _ entry: HostIndex.Entry?, anyPath: Bool, _ text: Span<UInt8>
    ) throws(NoRepository) -> CanonicalAddress {
        if let parameter = gitwebPath(text, isGitweb: entry != nil) { return try gitweb(entry, parameter, text) }
        let isCgit = segments.contains { text.equals("cgit", $0) || text.equals("cgit.cgi", $0) }
        let path = pathOnServer(text)
        if let end = repositoryEnd(text, path) { return try plainRepository(entry, path[..<end], text) }
        if parts.clues.contains(.clone), !isCgit {
            let end = path.firstIndex { text.equals("-", $0) } ?? path.count
            guard end > 0 else { throw .hostOnly }
            return try plainRepository(entry, path[..<end], text)
        }
        guard anyPath || isCgit else { throw .unknownHost }
        return try shown(path, isCgit: isCgit, entry, text)
    }

    /// The path of a repository that a page of gitweb shows, without the program that shows it.
    private func pathOnServer(_ text: Span<UInt8>) -> [Range<Int>] {
        guard hasGitSegment(text), !parts.clues.contains(.clone),
            let viewer = segments.firstIndex(where: { isGitweb(text, $0) })
        else { return segments }
        var path = segments
        path.remove(at: viewer)
        return path
    }

    /// A page of cgit or hgweb without `.git`: the repository is what lies before the page.
    private func shown(
        _ path: [Range<Int>], isCgit: Bool, _ entry: HostIndex.Entry?, _ text: Span<UInt8>
    ) throws(NoRepository) -> CanonicalAddress {
        let verbs = entry?.pages ?? Self.serverPages
        let least = isCgit ? 2 : 1
        let page = path.indices.dropFirst(least).first { index in
            verbs.contains(text, path[index].lowerBound..<text.nameEnd(of: path[index], isStrict: false))
        }
        let count = page ?? path.count
        guard count >= least else { throw .hostOnly }
        var repository = CanonicalAddress(entry, of: self, text)
        try repository.append(text, path[..<count], entry)
        return repository
    }

    /// A plain repository, whose path is all that tells it.
    func plainRepository(
        _ entry: HostIndex.Entry?, _ path: ArraySlice<Range<Int>>, _ text: Span<UInt8>
    ) throws(NoRepository) -> CanonicalAddress {
        var repository = CanonicalAddress(entry, of: self, text)
        try repository.appendRepository(text, path)
        return repository
    }

    func hasGitSegment(_ text: Span<UInt8>) -> Bool {
        segments.contains { text.endsInGit($0) }
    }
}
