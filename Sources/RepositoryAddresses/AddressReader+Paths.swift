/// How each shape of ``PathShape`` is read.
extension AddressReader {
    mutating func apply(_ found: (index: Int, before: Int), _ text: Span<UInt8>) throws(NoRepository) {
        let entry = index.entries[found.index]
        if segments.isEmpty, parts.query.isEmpty { throw .hostOnly }
        for segment in segments where text.equals("..", segment) { throw .malformed }
        if let first = segments.first, entry.reserved.contains(text, first) { throw .hostPage }
        switch entry.shape {
        case .ownerAndName: try ownerAndName(entry, text)
        case .groups(let least): try groups(entry, least, text)
        case .tilde: try tilde(entry, text)
        case .gitiles: try gitiles(entry, text)
        case .server(let anyPath): try server(entry, anyPath: anyPath, text)
        case .subversion(let root): try subversion(entry, root, text)
        case .azure: try azure(entry, text)
        case .azureSSH: try azureSSH(entry, text)
        case .visualStudio: try visualStudio(entry, found.before, text)
        case .launchpad: try launchpad(text)
        case .sourceForge(let anyMount): try sourceForge(entry, anyMount: anyMount, text)
        case .bitbucketServer: try bitbucketServer(entry, text)
        case .codeCommit: try codeCommit(entry, text)
        case .codeCommitConsole: try codeCommitConsole(found.before, text)
        case .rooted(let anyPath): try rooted(entry, anyPath: anyPath, text)
        case .elsewhere(let reason, _, _): throw reason
        }
    }

    private mutating func ownerAndName(_ entry: HostIndex.Entry, _ text: Span<UInt8>) throws(NoRepository) {
        if dropPort(text, expecting: 2), entry.reserved.contains(text, segments[0]) { throw .hostPage }
        guard segments.count >= 2 else { throw .profile }
        try refuseLonger(text, than: 2)
        begin(entry, text)
        try append(text, segments[0], entry, .owner)
        try append(text, segments[1], entry, .name)
        takeDirectory(text, behind: 2, entry)
    }

    /// GitLab: a repository lies under any number of groups, so its path must be ended by something.
    private mutating func groups(
        _ entry: HostIndex.Entry, _ least: Int, _ text: Span<UInt8>
    ) throws(NoRepository) {
        let lastGit = segments.lastIndex { endsInGit(text, $0) } ?? -1
        var count = 0
        var hasPageWord = false
        while count < segments.count {
            let segment = segments[count]
            let bare = bareName(text, segment)
            if text.equals("-", bare) { break }
            if count >= least, entry.pages.contains(text, bare) {
                if entry.pagesOnly.contains(text, bare) || !parts.clues.contains(.shell) && count > lastGit { break }
                hasPageWord = true
            }
            if count >= least, isArchive(text, count) { break }
            count += 1
            if endsInGit(text, segment), count >= least { break }
        }
        guard count >= least else { throw .profile }
        try refuseLonger(text, than: count)
        begin(entry, text)
        for index in 0..<count {
            try append(text, segments[index], entry, index == count - 1 ? .name : .owner)
        }
        if hasPageWord { appendGit() }
        takeDirectory(text, behind: count, entry)
    }

    /// A segment as it would be written: a page is one whatever hangs on its name.
    private func bareName(_ text: Span<UInt8>, _ segment: Range<Int>) -> Range<Int> {
        segment.lowerBound..<nameEnd(text, segment, isStrict: true)
    }

    /// `repository/archive.tar.gz`, as GitLab once called its archives.
    private func isArchive(_ text: Span<UInt8>, _ index: Int) -> Bool {
        index + 1 < segments.count && text.equals("repository", segments[index])
            && text.matches("archive", at: segments[index + 1].lowerBound)
    }

    private mutating func tilde(_ entry: HostIndex.Entry, _ text: Span<UInt8>) throws(NoRepository) {
        dropPort(text, expecting: 2)
        guard let first = segments.first, text[first.lowerBound] == UInt8(ascii: "~") else { throw .hostPage }
        guard segments.count >= 2 else { throw .profile }
        try refuseLonger(text, than: 2)
        begin(entry, text)
        try append(text, segments[0], entry, .path)
        try append(text, segments[1], entry, .name)
        takeDirectory(text, behind: 2, entry)
    }

    private mutating func gitiles(_ entry: HostIndex.Entry, _ text: Span<UInt8>) throws(NoRepository) {
        let count = segments.firstIndex { text[$0.lowerBound] == ASCII.plus } ?? segments.count
        guard count > 0 else { throw .hostOnly }
        begin(entry, text)
        for index in 0..<count { try append(text, segments[index], entry, index == count - 1 ? .pathName : .path) }
    }

    /// Subversion has no name for a repository; what lies before `trunk` is the best there is.
    private mutating func subversion(
        _ entry: HostIndex.Entry, _ root: String, _ text: Span<UInt8>
    ) throws(NoRepository) {
        let end = segments.firstIndex {
            text.equals("trunk", $0) || text.equals("tags", $0) || text.equals("branches", $0)
        }
        var shown = segments[..<(end ?? segments.count)]
        let words = root.split(separator: "/").map { Array($0.utf8) }
        let isViewer = !words.isEmpty && shown.first.map { isSubversionViewer(text, $0) } == true
        if isViewer { shown = shown.dropFirst() }
        let hasRoot = begins(shown, with: words, text)
        guard let last = shown.last, !hasRoot || shown.count > words.count else { throw .hostOnly }
        begin(entry, text)
        if isViewer, !hasRoot { for word in words { append(word: word) } }
        for segment in shown { try append(text, segment, entry, segment == last ? .pathName : .path) }
    }

    private func isSubversionViewer(_ text: Span<UInt8>, _ segment: Range<Int>) -> Bool {
        Self.subversionViewers.contains(text, segment)
    }

    private static let subversionViewers = WordSet(["viewvc", "viewvc.cgi", "viewcvs", "viewcvs.cgi"])

    /// Whether a path begins with these words.
    func begins(_ path: ArraySlice<Range<Int>>, with words: [[UInt8]], _ text: Span<UInt8>) -> Bool {
        path.count >= words.count
            && zip(path, words).allSatisfy { $0.count == $1.count && text.matches($1, at: $0.lowerBound) }
    }
}
