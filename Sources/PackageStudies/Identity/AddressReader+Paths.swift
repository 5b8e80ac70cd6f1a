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
        case .fixed(let count, let first): try fixed(entry, count, first, text)
        case .server(let anyPath): try server(entry, anyPath: anyPath, text)
        case .subversion(let root): try subversion(entry, root, text)
        case .azure: try azure(entry, text)
        case .azureSSH: try azureSSH(entry, text)
        case .visualStudio: try visualStudio(entry, found.before, text)
        case .launchpad: try launchpad(text)
        case .sourceForge: try sourceForge(entry, text)
        case .bitbucketServer: try bitbucketServer(entry, text)
        case .elsewhere(let reason, _, _): throw reason
        }
    }

    private mutating func ownerAndName(_ entry: HostIndex.Entry, _ text: Span<UInt8>) throws(NoRepository) {
        guard segments.count >= 2 else { throw .profile }
        begin(entry, text)
        try append(text, segments[0], entry, .owner)
        try append(text, segments[1], entry, .name)
        takeDirectory(text, behind: 2, entry)
    }

    /// GitLab: a repository lies under any number of groups, so its path must be ended by something.
    private mutating func groups(
        _ entry: HostIndex.Entry, _ least: Int, _ text: Span<UInt8>
    ) throws(NoRepository) {
        var count = 0
        while count < segments.count {
            let segment = segments[count]
            // As it would be written: a page is one whatever hangs on its name.
            let bare = segment.lowerBound..<nameEnd(text, segment, isStrict: true)
            if text.equals("-", bare) { break }
            if count >= least, entry.pages.contains(text, bare) || isArchive(text, count) { break }
            count += 1
            if endsInGit(text, segment), count >= least { break }
        }
        guard count >= least else { throw .profile }
        begin(entry, text)
        for index in 0..<count {
            try append(text, segments[index], entry, index == count - 1 ? .name : .owner)
        }
        takeDirectory(text, behind: count, entry)
    }

    /// `repository/archive.tar.gz`, as GitLab once called its archives.
    private func isArchive(_ text: Span<UInt8>, _ index: Int) -> Bool {
        index + 1 < segments.count && text.equals("repository", segments[index])
            && text.matches("archive", at: segments[index + 1].lowerBound)
    }

    private mutating func tilde(_ entry: HostIndex.Entry, _ text: Span<UInt8>) throws(NoRepository) {
        guard let first = segments.first, text[first.lowerBound] == UInt8(ascii: "~") else { throw .hostPage }
        guard segments.count >= 2 else { throw .profile }
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

    private mutating func fixed(
        _ entry: HostIndex.Entry, _ count: Int, _ first: Set<String>, _ text: Span<UInt8>
    ) throws(NoRepository) {
        guard let head = segments.first, first.contains(String(decoding: text.copy(head), as: UTF8.self)) else {
            throw .hostPage
        }
        guard segments.count >= count else { throw .projectPage }
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
        begin(entry, text)
        if !root.isEmpty {
            let words = root.split(separator: "/").count
            let isViewer = shown.first.map {
                text.matches("viewvc", at: $0.lowerBound) || text.matches("viewcvs", at: $0.lowerBound)
            }
            shown = shown.dropFirst(isViewer == true ? 1 : words)
            if isViewer == true, let first = shown.first, text.equals("repos", first) { shown = shown.dropFirst(words) }
            for word in root.split(separator: "/") { append(word: Array(word.utf8)) }
        }
        guard let last = shown.last else { throw .hostOnly }
        for segment in shown { try append(text, segment, entry, segment == last ? .pathName : .path) }
    }
}
