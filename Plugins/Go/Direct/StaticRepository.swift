/// What a module path tells by itself, by the go command's own table of hosts (its `vcs.vcsPaths`, Go 1.27).
enum StaticRepository: Equatable {
    case at(String)

    /// The path is none that its host has, or that may be asked for: there is no other way to it.
    case nowhere(String)

    /// - Returns: nil where a page has to be asked for.
    init?(_ path: String) {
        let elements = path.split(separator: "/", omittingEmptySubsequences: false)
        guard elements[0] != "example.net", path != "rsc.io" else {
            self = .nowhere("the go command does not look for it")
            return
        }
        if let host = KnownHost.all.first(where: { $0.isHost(of: elements) }) {
            self = host.repository(elements)
        } else if let found = StaticRepository.named(by: elements) {
            self = found
        } else {
            return nil
        }
    }

    /// By an element that ends as a repository does: `host.example/a/b.git/c`. Of several it is the last.
    private static func named(by elements: [Substring]) -> StaticRepository? {
        let isPlain = elements.map { isWord($0.first == "~" ? $0.dropFirst() : $0) }
        let unfit = elements.indices.dropFirst().last { !isPlain[$0] } ?? 0
        let names = elements.indices.filter { $0 > unfit && withoutSuffix(elements[$0]) != nil }
        guard let last = names.last, let name = withoutSuffix(elements[last]) else { return nil }
        if unfit == 0 { return .at("https://" + (elements[..<last] + [name]).joined(separator: "/")) }
        // What looks like a host in the middle of the path is found there, and is none.
        let isHost = elements[unfit..<last].contains { looksLikeHost($0) }
        return isHost ? .nowhere("a repository is named in the middle of the path") : nil
    }

    private static func withoutSuffix(_ element: Substring) -> Substring? {
        guard let suffix = ([".fossil"] + suffixes).first(where: { element.hasSuffix($0) }) else { return nil }
        let name = element.dropLast(suffix.count)
        return name.isEmpty || name == "~" ? nil : name
    }

    /// Whether it ends in something that may be a host's name: `e.f` of `c~e.f`.
    private static func looksLikeHost(_ element: Substring) -> Bool {
        let tail = element.utf8.reversed().prefix {
            (97...122).contains($0) || (45...46).contains($0) || (48...57).contains($0)
        }
        return tail.dropFirst().dropLast().contains(UInt8(ascii: "."))
    }
}

private let suffixes = [".git", ".hg", ".svn"]

/// Letters, digits, `_`, `.` and `-`, one at least.
private func isWord(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { isAlphanumeric($0) || "_.-".utf8.contains($0) }
}

/// A host of the table: what follows it in a path, and how many elements the repository has.
private struct KnownHost: Sendable {
    let beginning: [String]
    let elements: [@Sendable (Substring) -> Bool]
    var mayHaveMore = true
    var allowsSuffix = true

    static let all = [
        KnownHost(beginning: ["github.com"], elements: [isWord, isWord], allowsSuffix: false),
        KnownHost(beginning: ["bitbucket.org"], elements: [isWord, isWord], allowsSuffix: false),
        KnownHost(beginning: ["hub.jazz.net", "git"], elements: [isSmall, isWord], allowsSuffix: false),
        KnownHost(beginning: ["git.apache.org"], elements: [isApache]),
        KnownHost(beginning: ["git.openstack.org"], elements: [isWord, isWord]),
        KnownHost(
            beginning: ["chiselapp.com"], elements: [{ $0 == "user" }, isAnyCase, { $0 == "repository" }, isWord],
            mayHaveMore: false),
    ]

    func isHost(of path: [Substring]) -> Bool { path.starts(with: beginning) { $0 == $1 } }

    func repository(_ path: [Substring]) -> StaticRepository {
        let rest = path.dropFirst(beginning.count)
        let more = rest.dropFirst(elements.count)
        guard rest.count >= elements.count, zip(rest, elements).allSatisfy({ $1($0) }), more.allSatisfy(isWord),
            mayHaveMore || more.isEmpty
        else { return .nowhere("it is no path that \(beginning[0]) has") }
        let root = path.dropLast(more.count)
        if !allowsSuffix, (suffixes + [".fossil"]).contains(where: { root.last?.hasSuffix($0) == true }) {
            return .nowhere("a path of \(beginning[0]) names no repository with its ending")
        }
        return .at("https://" + root.joined(separator: "/"))
    }
}

private func isSmall(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { isAlphanumeric($0) && !(65...90).contains($0) }
}

private func isAnyCase(_ text: Substring) -> Bool { !text.isEmpty && text.utf8.allSatisfy(isAlphanumeric) }

private func isApache(_ text: Substring) -> Bool {
    text.hasSuffix(".git") && isWord(text.dropLast(4)) && !text.utf8.contains { (65...90).contains($0) }
}
