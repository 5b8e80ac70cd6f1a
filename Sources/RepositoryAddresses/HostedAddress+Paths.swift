/// How each shape of ``PathShape`` is read.
extension HostedAddress {
    func apply(_ entry: HostIndex.Entry, before: Int, _ text: Span<UInt8>) throws(NoRepository) -> CanonicalAddress {
        if hasNothingBehindHost { throw .hostOnly }
        try refuseSteps(text)
        if let first = segments.first, entry.reserved.contains(text, first) { throw .hostPage }
        return switch entry.shape {
        case .ownerAndName: try ownerAndName(entry, text)
        case .groups(let least): try groups(entry, least, text)
        case .tilde: try tilde(entry, text)
        case .gitiles: try gitiles(entry, text)
        case .server(let anyPath): try server(entry, anyPath: anyPath, text)
        case .subversion(let root): try subversion(entry, root, text)
        case .azure: try azure(entry, text)
        case .azureSSH: try azureSSH(entry, text)
        case .visualStudio: try visualStudio(entry, before, text)
        case .launchpad: try launchpad(text)
        case .sourceForge(let anyMount): try sourceForge(entry, anyMount: anyMount, text)
        case .bitbucketServer: try bitbucketServer(entry, text)
        case .codeCommit: try codeCommit(entry, text)
        case .codeCommitConsole: try codeCommitConsole(before, text)
        case .rooted(let anyPath): try rooted(entry, anyPath: anyPath, text)
        case .elsewhere(let reason, _, _): throw reason
        }
    }

    private func ownerAndName(_ entry: HostIndex.Entry, _ text: Span<UInt8>) throws(NoRepository) -> CanonicalAddress {
        if let bare = withoutPort(text, expecting: 2) {
            if entry.reserved.contains(text, bare.segments[0]) { throw .hostPage }
            return try bare.ownerAndName(entry, text)
        }
        guard segments.count >= 2 else { throw .profile }
        try refuseLonger(text, than: 2)
        var repository = CanonicalAddress(entry, of: self, text)
        try repository.append(text, segments[0], entry, .owner)
        try repository.append(text, segments[1], entry, .name)
        repository.directory = directory(text, behind: 2, entry)
        return repository
    }

    /// GitLab: a repository lies under any number of groups, so its path must be ended by something.
    private func groups(
        _ entry: HostIndex.Entry, _ least: Int, _ text: Span<UInt8>
    ) throws(NoRepository) -> CanonicalAddress {
        let (count, hasPageWord) = groupsEnd(entry, least, text)
        guard count >= least else { throw .profile }
        try refuseLonger(text, than: count)
        var repository = CanonicalAddress(entry, of: self, text)
        for index in 0..<count {
            try repository.append(text, segments[index], entry, index == count - 1 ? .name : .owner)
        }
        if hasPageWord { repository.appendGit() }
        repository.directory = directory(text, behind: count, entry)
        return repository
    }

    /// How many segments the groups and the name are, and whether one of them is called as pages are.
    private func groupsEnd(
        _ entry: HostIndex.Entry, _ least: Int, _ text: Span<UInt8>
    ) -> (count: Int, hasPageWord: Bool) {
        let lastGit = segments.lastIndex { text.endsInGit($0) } ?? -1
        var hasPageWord = false
        for (count, segment) in segments.enumerated() {
            let bare = bareName(text, segment)
            if text.equals("-", bare) { return (count, hasPageWord) }
            if count >= least, entry.pages.contains(text, bare) {
                let isPage = entry.pagesOnly.contains(text, bare)
                if isPage || !parts.clues.contains(.shell) && count > lastGit { return (count, hasPageWord) }
                hasPageWord = true
            }
            if count >= least, isArchive(text, count) { return (count, hasPageWord) }
            if text.endsInGit(segment), count + 1 >= least { return (count + 1, hasPageWord) }
        }
        return (segments.count, hasPageWord)
    }

    /// A segment as it would be written: a page is one whatever hangs on its name.
    private func bareName(_ text: Span<UInt8>, _ segment: Range<Int>) -> Range<Int> {
        segment.lowerBound..<text.nameEnd(of: segment, isStrict: true)
    }

    /// `repository/archive.tar.gz`, as GitLab once called its archives.
    private func isArchive(_ text: Span<UInt8>, _ index: Int) -> Bool {
        index + 1 < segments.count && text.equals("repository", segments[index])
            && text.matches("archive", at: segments[index + 1].lowerBound)
    }

    private func tilde(_ entry: HostIndex.Entry, _ text: Span<UInt8>) throws(NoRepository) -> CanonicalAddress {
        if let bare = withoutPort(text, expecting: 2) { return try bare.tilde(entry, text) }
        guard let first = segments.first, text[first.lowerBound] == UInt8(ascii: "~") else { throw .hostPage }
        guard segments.count >= 2 else { throw .profile }
        try refuseLonger(text, than: 2)
        var repository = CanonicalAddress(entry, of: self, text)
        try repository.append(text, segments[0], entry, .path)
        try repository.append(text, segments[1], entry, .name)
        repository.directory = directory(text, behind: 2, entry)
        return repository
    }

    private func gitiles(_ entry: HostIndex.Entry, _ text: Span<UInt8>) throws(NoRepository) -> CanonicalAddress {
        let count = segments.firstIndex { text[$0.lowerBound] == ASCII.plus } ?? segments.count
        guard count > 0 else { throw .hostOnly }
        var repository = CanonicalAddress(entry, of: self, text)
        try repository.append(text, segments[..<count], entry)
        return repository
    }

    /// Subversion has no name for a repository; what lies before `trunk` is the best there is.
    private func subversion(
        _ entry: HostIndex.Entry, _ root: String, _ text: Span<UInt8>
    ) throws(NoRepository) -> CanonicalAddress {
        let end = segments.firstIndex {
            text.equals("trunk", $0) || text.equals("tags", $0) || text.equals("branches", $0)
        }
        var shown = segments[..<(end ?? segments.count)]
        let words = root.split(separator: "/").map { Array($0.utf8) }
        let isViewer = !words.isEmpty && shown.first.map { Self.subversionViewers.contains(text, $0) } == true
        if isViewer { shown = shown.dropFirst() }
        let hasRoot = begins(shown, with: words, text)
        guard !shown.isEmpty, !hasRoot || shown.count > words.count else { throw .hostOnly }
        var repository = CanonicalAddress(entry, of: self, text)
        if isViewer, !hasRoot { for word in words { repository.append(word: word) } }
        try repository.append(text, shown, entry)
        return repository
    }

    private static let subversionViewers = WordSet(["viewvc", "viewvc.cgi", "viewcvs", "viewcvs.cgi"])
}
