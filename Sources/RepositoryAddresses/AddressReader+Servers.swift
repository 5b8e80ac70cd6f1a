/// cgit, gitweb, plain servers, and hosts that nobody has described.
extension AddressReader {
    /// On a host that is not in the table, the address itself must say that it is one to clone, or what serves it.
    mutating func readUnknownHost(_ text: Span<UInt8>) throws(NoRepository) -> Inference? {
        for segment in segments where text.equals("..", segment) { throw .malformed }
        if segments.isEmpty, parts.query.isEmpty { throw .hostOnly }
        if try readServed(text) {
            foldScm()
            return nil
        }
        if parts.clues.isEmpty, !hasGitSegment(text) { throw .unknownHost }
        do throws(NoRepository) {
            try server(nil, anyPath: false, text)
            foldScm()
            return nil
        } catch .unknownHost {
            guard inferring, host.starts(with: Array("git.".utf8)), segments.count >= 2 else { throw .unknownHost }
            begin(nil, text)
            try appendRepository(text, segments[...])
            foldScm()
            return .hostName
        }
    }

    mutating func server(
        _ entry: HostIndex.Entry?, anyPath: Bool, _ text: Span<UInt8>
    ) throws(NoRepository) {
        if let parameter = gitwebPath(text, isGitweb: entry != nil) { return try gitweb(entry, parameter, text) }
        let isCgit = segments.contains { text.equals("cgit", $0) || text.equals("cgit.cgi", $0) }
        if hasGitSegment(text), !parts.clues.contains(.clone),
            let viewer = segments.firstIndex(where: { isGitweb(text, $0) })
        {
            segments.remove(at: viewer)
        }
        if let end = repositoryEnd(text, segments) {
            begin(entry, text)
            return try appendRepository(text, segments[..<end])
        }
        if parts.clues.contains(.clone), !isCgit {
            let end = segments.firstIndex { text.equals("-", $0) } ?? segments.count
            guard end > 0 else { throw .hostOnly }
            begin(entry, text)
            return try appendRepository(text, segments[..<end])
        }
        guard anyPath || isCgit else { throw .unknownHost }
        try pages(entry, isCgit: isCgit, text)
    }

    /// A page of cgit or hgweb without `.git`: the repository is what lies before the page.
    private mutating func pages(
        _ entry: HostIndex.Entry?, isCgit: Bool, _ text: Span<UInt8>
    ) throws(NoRepository) {
        let verbs = entry?.pages ?? Self.serverPages
        let least = isCgit ? 2 : 1
        var count = 0
        while count < segments.count {
            let bare = segments[count].lowerBound..<nameEnd(text, segments[count], isStrict: false)
            if count >= least, verbs.contains(text, bare) { break }
            count += 1
        }
        guard count >= least else { throw .hostOnly }
        begin(entry, text)
        for index in 0..<count {
            try append(text, segments[index], entry, index == count - 1 ? .pathName : .path)
        }
    }

    /// The path of a plain repository, always with `.git`: without it, nobody could tell it from a page.
    mutating func appendRepository(_ text: Span<UInt8>, _ path: ArraySlice<Range<Int>>) throws(NoRepository) {
        for index in path.indices {
            try append(text, path[index], nil, index == path.endIndex - 1 ? .name : .path)
        }
        appendGit()
    }

    func hasGitSegment(_ text: Span<UInt8>) -> Bool {
        segments.contains { endsInGit(text, $0) }
    }

    /// `x.git`, and pip's `x.git@revision`.
    func endsInGit(_ text: Span<UInt8>, _ segment: Range<Int>) -> Bool {
        if segment.count > 4, text.matches(".git", at: segment.upperBound - 4) { return true }
        guard let at = text.first(of: ASCII.at, in: segment), at - segment.lowerBound > 4 else { return false }
        return text.matches(".git", at: at - 4)
    }
}
