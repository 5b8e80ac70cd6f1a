/// Hosts whose paths are like no other's.
extension AddressReader {
    /// `/organisation/project/_git/name`; the project is left out where it is called as the repository.
    mutating func azure(_ entry: HostIndex.Entry, _ text: Span<UInt8>) throws(NoRepository) {
        guard let mark = segments.firstIndex(where: { text.equals("_git", $0) }), mark > 0 else { throw .projectPage }
        guard mark + 1 < segments.count else { throw .projectPage }
        begin(entry, text)
        for index in 0..<mark { try append(text, segments[index], entry, .path) }
        append(word: Array("_git".utf8))
        try append(text, segments[mark + 1], entry, .pathName)
    }

    mutating func azureSSH(_ entry: HostIndex.Entry, _ text: Span<UInt8>) throws(NoRepository) {
        guard segments.count >= 4, text.equals("v3", segments[0]) else { throw .malformed }
        begin(entry, text)
        try append(text, segments[1], entry, .path)
        try append(text, segments[2], entry, .path)
        append(word: Array("_git".utf8))
        try append(text, segments[3], entry, .pathName)
    }

    /// `organisation.visualstudio.com/[DefaultCollection/]project/_git/name`, as Azure DevOps was called.
    mutating func visualStudio(
        _ entry: HostIndex.Entry, _ before: Int, _ text: Span<UInt8>
    ) throws(NoRepository) {
        if let first = segments.first,
            text.equals("DefaultCollection", first) || text.equals("defaultcollection", first)
        {
            segments.removeFirst()
        }
        guard let mark = segments.firstIndex(where: { text.equals("_git", $0) }), mark + 1 < segments.count else {
            throw .projectPage
        }
        let organisation = Array(host[..<before])
        begin(entry, text)
        append(word: organisation)
        for index in 0..<mark { try append(text, segments[index], entry, .path) }
        append(word: Array("_git".utf8))
        try append(text, segments[mark + 1], entry, .pathName)
    }

    /// `~user/project/+git/name`, `project`, `project/+git/name`; Bazaar's `~user/project/branch`.
    mutating func launchpad(_ text: Span<UInt8>) throws(NoRepository) {
        let mark = segments.firstIndex { text.equals("+git", $0) }
        let isGitHost = host.starts(with: Array("git.".utf8))
        var count = segments.count
        var called = "git.launchpad.net"
        if let mark {
            guard mark > 0, mark + 1 < segments.count else { throw .projectPage }
            count = mark + 2
        } else if isGitHost {
            let isUser = segments.first.map { text[$0.lowerBound] == UInt8(ascii: "~") } ?? false
            guard segments.count >= (isUser ? 2 : 1) else { throw .profile }
            count = isUser ? 2 : 1
        } else {
            guard host != Array("launchpad.net".utf8), segments.count >= 3,
                !text.matches("+git", at: segments[2].lowerBound), text[segments[0].lowerBound] == UInt8(ascii: "~")
            else { throw .projectPage }
            count = 3
            called = "code.launchpad.net"
        }
        begin(host: Array(called.utf8))
        for index in 0..<count { try append(text, segments[index], nil, index == count - 1 ? .pathName : .path) }
    }

    /// `/p/project/code/…`: a project's tools are told apart by their names only.
    mutating func sourceForge(_ entry: HostIndex.Entry, _ text: Span<UInt8>) throws(NoRepository) {
        guard let first = segments.first, text.equals("p", first) || text.equals("u", first) else {
            throw segments.first.map { text.equals("projects", $0) } == true ? .projectPage : .hostPage
        }
        guard segments.count >= 3 else { throw .projectPage }
        let tool = segments[2].lowerBound
        guard
            text.matches("code", at: tool) || text.matches("git", at: tool) || text.matches("svn", at: tool)
                || text.matches("hg", at: tool) || text.matches("repo", at: tool) || text.matches("mercurial", at: tool)
        else { throw .projectPage }
        begin(entry, text)
        for index in 0..<3 { try append(text, segments[index], entry, index == 2 ? .pathName : .path) }
    }

    /// `/scm/project/name.git`, and the pages `/projects/project/repos/name` and `/users/user/repos/name`.
    mutating func bitbucketServer(_ entry: HostIndex.Entry, _ text: Span<UInt8>) throws(NoRepository) {
        guard segments.count >= 2 else { throw .profile }
        var owner = segments[0]
        var name = segments[1]
        var isUser = false
        if segments.count >= 4, text.equals("repos", segments[2]) {
            isUser = text.equals("users", segments[0])
            guard isUser || text.equals("projects", segments[0]) else { throw .hostPage }
            owner = segments[1]
            name = segments[3]
        } else if text.equals("scm", segments[0]) {
            guard segments.count >= 3 else { throw .profile }
            owner = segments[1]
            name = segments[2]
        } else if !parts.clues.contains(.clone) {
            throw .hostPage
        }
        begin(entry, text)
        append(word: Array("scm".utf8))
        if isUser { canonical.append(ASCII.slash); canonical.append(UInt8(ascii: "~")) }
        try append(text, owner, entry, isUser ? .continued : .path)
        try append(text, name, entry, .pathName)
    }
}
