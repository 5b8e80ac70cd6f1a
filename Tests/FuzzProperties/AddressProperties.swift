import RepositoryAddresses

extension FuzzProperty {
    /// No segment of a path is lost on the way to a repository's identity, but those behind it that show a page.
    ///
    /// The seeds are addresses as the hosts' own pages write them.
    static let address = FuzzProperty(
        "address",
        seeds: [
            "git@github.com:443/apple/swift.git", "https://gitlab.com/gnome/sub/glib.git/-/tree/main/docs",
            "https://dev.azure.com/org/proj/team/_git/_optimized/repo", "git@ssh.dev.azure.com:v3/org/proj/repo",
            "ssh://org@vs-ssh.visualstudio.com:22/DefaultCollection/proj/_ssh/repo",
            "https://tfs.example.org:8080/tfs/tools/proj/_git/repo",
            "https://bitbucket.example.org/projects/KEY/repos/anvil/browse",
            "ssh://git@code.example.org:7999/key/x.git",
            "https://git.savannah.gnu.org/cgit/emacs/elpa.git/tree/x", "repo.or.cz:/srv/git/git/mingw.git",
            "https://sourceforge.net/p/hamlib/code/ci/master/tree/",
            "svn+ssh://svn.apache.org/repos/asf/ant/core/trunk",
            "https://git.launchpad.net/ubuntu/+source/bash/tree/debian", "ssh://git@pagure.io/forks/ann/pagure.git",
            "https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/Anvil",
            "https://code.example.org/a/b.git/tree/c.git",
        ]
    ) { bytes in
        let address = PlainAddress(bytes)
        guard let identity = PlainAddress.identity(of: address.bytes) else { return nil }
        if PlainAddress.identity(of: identity) != identity {
            return "\(text(identity)) is no longer itself when it is read, of \(text(address.bytes))"
        }
        return address.lost(identity).map { "\($0), of \(text(address.bytes)) to \(text(identity))" }
    }

    /// Reading takes a time in proportion to the length, whatever repeats in it; 1 MiB is read in seconds.
    ///
    /// A line says how the address begins and what repeats in it. The time is far above what one pass needs on any
    /// machine; what is not linear exceeds it on the way to 1 MiB.
    static let addressTime = FuzzProperty(
        "address-time",
        seeds: [
            "https:// a.", " a.", "https:// /", " [fetch=]", " https:", "https://code.example.org/ x.git/",
            "https:// @",
            "https://github.com/a/b/ %41", "git@gitlab.com:a/ -/", "https://gitlab.com/a/b/ tree/",
            "git@gitlab.com:a/b/ issues/", "https://x.org/ a.git@", "https://x.org/? p=x&", "https://x.org/ _git/",
            "https://[ :", "https://git.savannah.gnu.org/ r/", "https://x.org/x ..)", "https://pkg.go.dev/ a/",
        ],
        rounds: 1
    ) { line in
        let parts = line.split(separator: 32, maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[1].isEmpty else { return nil }
        for length in [1 << 14, 1 << 17, 1 << 20] {
            let monster = repeated(parts[1], count: length / parts[1].count + 1)
            let reader = AddressReader(inferring: true, longest: .max)
            let address = Array(parts[0]) + monster + Array("com/x/y.git".utf8)
            let took = ContinuousClock().measure { _ = reader.read(address.span, shorthand: .undefined) }
            if took > .seconds(10) { return "\(took) for \(length) bytes" }
        }
        return nil
    }

    /// By doubling: byte by byte it would take longer than to read what comes of it.
    private static func repeated(_ part: ArraySlice<UInt8>, count: Int) -> [UInt8] {
        var bytes = Array(part)
        while bytes.count < count * part.count { bytes += bytes }
        bytes.removeLast(bytes.count - count * part.count)
        return bytes
    }

    private static func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}

/// An address made plain, so that its path is the segments that anyone sees: letters, digits and `._~+-` between
/// slashes, behind a host that a scheme or a user stands before.
private struct PlainAddress {
    let bytes: [UInt8]
    private let path: Range<Int>

    init(_ bytes: [UInt8]) {
        var plain = bytes.map { Self.letters.contains($0) ? $0 : Self.letters[Int($0) % Self.letters.count] }
        let start = Self.pathStart(plain)
        for index in start..<plain.count where plain[index] == colon || plain[index] == at { plain[index] = 95 }
        self.bytes = plain
        path = start..<plain.count
    }

    private static let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._~+-/:@".utf8)

    /// Behind the host and its port: from the first slash, or behind the colon that scp writes.
    private static func pathStart(_ text: [UInt8]) -> Int {
        let word = text.prefix { (48...57).contains($0) || (97...122).contains($0 | 32) || $0 == 43 || $0 == 45 }
        let scheme = text[word.endIndex...].starts(with: [colon, slash, slash]) ? word.endIndex : nil
        let authority = text[(scheme.map { $0 + 3 } ?? 0)...].drop { $0 == slash }.prefix { $0 != slash }
        let host = authority.lastIndex(of: at).map { authority[($0 + 1)...] } ?? authority
        guard let end = host.firstIndex(of: colon) else { return authority.endIndex }
        let isPort = end + 1 < host.endIndex && host[(end + 1)...].allSatisfy { (48...57).contains($0) }
        let isScp = host.startIndex > authority.startIndex && scheme == nil
        return isPort && !isScp ? authority.endIndex : end + 1
    }

    static func identity(of address: [UInt8]) -> [UInt8]? {
        let reader = AddressReader(inferring: false)
        guard case .repository(let repository) = reader.read(address.span, shorthand: .undefined) else { return nil }
        return repository.bytes
    }

    /// A segment that could be called otherwise and change nothing, though one behind it could not; or the last one
    /// that ends in `.git`, where no page stands before it.
    func lost(_ identity: [UInt8]) -> String? {
        let segments = bytes[path].split(separator: slash)
        let matters = segments.map { Self.identity(of: renamed($0)) != identity }
        guard let lastKept = matters.lastIndex(of: true) else { return "nothing of the path is kept" }
        for index in 0..<lastKept where !matters[index] && !isTeam(segments, index) {
            return "\(text(segments[index])) is lost"
        }
        guard let git = segments.lastIndex(where: Self.endsInGit), git > lastKept else { return nil }
        let isPage = segments[lastKept..<git].contains { Self.endsInGit($0) || Self.pages.contains(text($0)) }
        return isPage ? nil : "\(text(segments[git])) is lost"
    }

    /// The address with one segment called otherwise.
    private func renamed(_ segment: ArraySlice<UInt8>) -> [UInt8] {
        let end = Self.endsInGit(segment) ? segment.endIndex - 4 : segment.endIndex
        return bytes[..<end] + Array("q".utf8) + bytes[end...]
    }

    /// A team of Azure DevOps is a view of its project and stands between it and the mark.
    private func isTeam(_ segments: [ArraySlice<UInt8>], _ index: Int) -> Bool {
        segments.dropFirst(index + 1).first.map { ["_git", "_ssh"].contains(text($0)) } ?? false
    }

    private static func endsInGit(_ segment: ArraySlice<UInt8>) -> Bool {
        segment.count > 4 && text(segment.suffix(4)) == ".git"
    }

    /// The first words of pages, of those that the seeds can become.
    private static let pages: Set<String> = [
        "-", "tree", "browse", "ci", "trunk", "branches", "tags", "log", "commit", "src", "raw", "blob",
    ]
}

private func text(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self).lowercased()
}

private let slash = UInt8(ascii: "/")
private let colon = UInt8(ascii: ":")
private let at = UInt8(ascii: "@")
