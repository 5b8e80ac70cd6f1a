/// cgit, gitweb, plain servers, and hosts that nobody has described.
extension AddressReader {
    /// On a host that is not in the table, the address itself must say that it is one to clone.
    mutating func readUnknownHost(_ text: Span<UInt8>) throws(NoRepository) -> Inference? {
        for segment in segments where text.equals("..", segment) { throw .malformed }
        if segments.isEmpty, parts.query.isEmpty { throw .hostOnly }
        if parts.clues.isEmpty, !hasGitSegment(text) { throw .unknownHost }
        do throws(NoRepository) {
            try server(nil, anyPath: false, text)
            return nil
        } catch .unknownHost {
            guard inferring, host.starts(with: Array("git.".utf8)), segments.count >= 2 else { throw .unknownHost }
            begin(nil, text)
            try appendRepository(text, segments[...])
            return .hostName
        }
    }

    mutating func server(
        _ entry: HostIndex.Entry?, anyPath: Bool, _ text: Span<UInt8>
    ) throws(NoRepository) {
        if !hasGitSegment(text), let parameter = gitwebParameter(text) { return try gitweb(entry, parameter, text) }
        let viewer = segments.firstIndex { isGitweb(text, $0) }
        let isCgit = segments.contains { text.equals("cgit", $0) || text.equals("cgit.cgi", $0) }
        if let viewer, hasGitSegment(text) { segments.remove(at: viewer) }
        if let git = segments.firstIndex(where: { endsInGit(text, $0) }) {
            begin(entry, text)
            return try appendRepository(text, segments[...git])
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

    private static let serverPages = WordSet(ReservedWords.serverPages)

    /// `https://host/gitweb/?p=x.git;a=summary`
    private mutating func gitweb(
        _ entry: HostIndex.Entry?, _ parameter: [UInt8], _ text: Span<UInt8>
    ) throws(NoRepository) {
        begin(entry, text)
        for segment in segments where !isGitweb(text, segment) { try append(text, segment, entry, .path) }
        let span = parameter.span
        var start = 0
        var inner: [Range<Int>] = []
        for index in 0...span.count where index == span.count || span[index] == ASCII.slash {
            if index > start { inner.append(start..<index) }
            start = index + 1
        }
        for segment in inner where span.equals("..", segment) || span.equals(".", segment) { throw .malformed }
        guard !inner.isEmpty else { throw .hostOnly }
        let end = inner.firstIndex { endsInGit(span, $0) } ?? inner.count - 1
        try appendRepository(span, inner[...end])
    }

    /// The path of a plain repository, always with `.git`: without it, nobody could tell it from a page.
    private mutating func appendRepository(_ text: Span<UInt8>, _ path: ArraySlice<Range<Int>>) throws(NoRepository) {
        for index in path.indices {
            try append(text, path[index], nil, index == path.endIndex - 1 ? .name : .path)
        }
        let end = canonical.count
        canonical.append(contentsOf: ".git".utf8)
        nameRange = nameRange.lowerBound..<end
    }

    private func gitwebParameter(_ text: Span<UInt8>) -> [UInt8]? {
        var start = parts.query.lowerBound
        while start < parts.query.upperBound {
            var end = start
            while end < parts.query.upperBound, text[end] != UInt8(ascii: "&"), text[end] != UInt8(ascii: ";") {
                end += 1
            }
            if text.matches("p=", at: start), end > start + 2 { return plain(text, start + 2..<end) }
            start = end + 1
        }
        return nil
    }

    /// A parameter with `%2F` as the slash that it is.
    private func plain(_ text: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
        var bytes: [UInt8] = []
        var index = range.lowerBound
        while index < range.upperBound {
            if text.matches("%2f", at: index), index + 2 < range.upperBound {
                bytes.append(ASCII.slash)
                index += 3
            } else {
                bytes.append(text[index])
                index += 1
            }
        }
        return bytes
    }

    private func isGitweb(_ text: Span<UInt8>, _ segment: Range<Int>) -> Bool {
        if text.equals("cgit.cgi", segment) { return false }
        return text.equals("gitweb", segment) || segment.count > 4 && text.matches(".cgi", at: segment.upperBound - 4)
    }

    private func hasGitSegment(_ text: Span<UInt8>) -> Bool {
        segments.contains { endsInGit(text, $0) }
    }

    /// `x.git`, and pip's `x.git@revision`.
    func endsInGit(_ text: Span<UInt8>, _ segment: Range<Int>) -> Bool {
        if segment.count > 4, text.matches(".git", at: segment.upperBound - 4) { return true }
        guard let at = text.first(of: ASCII.at, in: segment), at - segment.lowerBound > 4 else { return false }
        return text.matches(".git", at: at - 4)
    }
}
