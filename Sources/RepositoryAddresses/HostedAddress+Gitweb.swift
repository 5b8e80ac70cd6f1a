/// gitweb, which names a repository by a parameter.
extension HostedAddress {
    /// `https://host/gitweb/?p=x.git;a=summary`
    func gitweb(
        _ entry: HostIndex.Entry?, _ parameter: [UInt8], _ text: Span<UInt8>
    ) throws(NoRepository) -> CanonicalAddress {
        var repository = CanonicalAddress(entry, of: self, text)
        for segment in segments where !isViewer(text, segment) { try repository.append(text, segment, entry, .path) }
        let span = parameter.span
        let inner = try segments(ofParameter: span)
        try repository.appendRepository(span, inner[..<(repositoryEnd(span, inner) ?? inner.count)])
        return repository
    }

    func segments(ofParameter span: Span<UInt8>) throws(NoRepository) -> [Range<Int>] {
        var start = 0
        var inner: [Range<Int>] = []
        for index in 0...span.count where index == span.count || span[index] == ASCII.slash {
            if index > start { inner.append(start..<index) }
            start = index + 1
        }
        for segment in inner where span.equals("..", segment) || span.equals(".", segment) { throw .malformed }
        guard !inner.isEmpty else { throw .hostOnly }
        return inner
    }

    /// The repository that a parameter names; nil where the path does it, or where `?p=` may mean anything.
    ///
    /// Blogs call their posts `?p=123`.
    func gitwebPath(_ text: Span<UInt8>, isGitweb known: Bool) -> [UInt8]? {
        guard !parts.query.isEmpty, !hasGitSegment(text), let parameter = gitwebParameter(text) else { return nil }
        let span = parameter.span
        let isOne = known || segments.contains { isViewer(text, $0) } || span.endsInGit(0..<span.count)
        return isOne ? parameter : nil
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

    func isGitweb(_ text: Span<UInt8>, _ segment: Range<Int>) -> Bool {
        text.equals("gitweb", segment) || text.equals("gitweb.cgi", segment)
    }

    /// Whether a segment is the program that shows what a parameter names.
    private func isViewer(_ text: Span<UInt8>, _ segment: Range<Int>) -> Bool {
        if text.equals("cgit.cgi", segment) { return false }
        return text.equals("gitweb", segment) || segment.count > 4 && text.matches(".cgi", at: segment.upperBound - 4)
    }
}
