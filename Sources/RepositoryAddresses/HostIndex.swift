/// The host table, prepared for looking a host up by its bytes.
struct HostIndex: Sendable {
    /// A rule with its words as bytes. A class, since each address that is read is handed one.
    final class Entry: Sendable {
        let shape: PathShape
        let alias: [UInt8]?
        let foldsCase: Bool
        let reserved: WordSet
        let pages: WordSet
        let pagesOnly: WordSet
        let roots: [[[UInt8]]]
        let directories: [[[UInt8]]]

        init(_ rule: HostRule) {
            shape = rule.shape
            alias = rule.alias.map { Array($0.utf8) }
            foldsCase = rule.foldsCase
            reserved = WordSet(rule.reserved)
            pages = WordSet(rule.pages)
            pagesOnly = WordSet(rule.pagesOnly)
            roots = rule.roots.map { $0.split(separator: "/").map { Array($0.utf8) } }
            directories = rule.directories.map { $0.map { Array($0.utf8) } }
        }
    }

    static let shared = HostIndex(rules: HostTable.rules)

    /// What is known of a server that nobody has described, but whose paths tell that it has no case.
    static let ignoringCase = Entry(HostRule(paths: .bitbucketServer, foldsCase: true))

    /// The words that may stand for a host before a colon: `github:owner/name`.
    static let shorthands: [(word: [UInt8], host: [UInt8]?)] = [
        (Array("github".utf8), Array("github.com".utf8)),
        (Array("gitlab".utf8), Array("gitlab.com".utf8)),
        (Array("bitbucket".utf8), Array("bitbucket.org".utf8)),
        (Array("codeberg".utf8), Array("codeberg.org".utf8)),
        (Array("gitee".utf8), Array("gitee.com".utf8)),
        (Array("sourcehut".utf8), Array("git.sr.ht".utf8)),
        (Array("lp".utf8), Array("code.launchpad.net".utf8)),
        (Array("gist".utf8), nil),
    ]

    private(set) var entries: [Entry] = []
    private var exact: [[UInt8]: Int] = [:]
    private var below: [[UInt8]: Int] = [:]
    private var called: [[UInt8]: Int] = [:]

    init(rules: [HostRule]) {
        for rule in rules {
            for host in rule.hosts { claim(host, entries.count) }
            entries.append(Entry(rule))
        }
    }

    private mutating func claim(_ host: String, _ index: Int) {
        if host.hasPrefix("*.") {
            below[Array(host.utf8.dropFirst(2)), default: index] = below[Array(host.utf8.dropFirst(2))] ?? index
        } else if host.hasSuffix(".*") {
            called[Array(host.utf8.dropLast(2))] = called[Array(host.utf8.dropLast(2))] ?? index
        } else {
            exact[Array(host.utf8)] = exact[Array(host.utf8)] ?? index
        }
    }

    /// The rule for a host in lower case, and how much of the host stands before the part that the table names.
    ///
    /// Every suffix is looked at, which only the length of a host allows: see ``AddressReader/longestHost``.
    func find(_ host: [UInt8]) -> (index: Int, before: Int)? {
        if let index = exact[host] { return (index, 0) }
        for dot in host.indices where host[dot] == UInt8(ascii: ".") {
            if let index = below[Array(host[(dot + 1)...])] { return (index, dot) }
        }
        guard let dot = host.firstIndex(of: UInt8(ascii: ".")), let index = called[Array(host[..<dot])] else {
            return nil
        }
        return (index, 0)
    }
}

/// A few words in lower case, asked for by bytes of any case.
struct WordSet: Sendable {
    private var byLength: [[[UInt8]]] = []

    init(_ words: Set<String>) {
        for word in words.sorted() {
            let bytes = Array(word.utf8)
            while byLength.count <= bytes.count { byLength.append([]) }
            byLength[bytes.count].append(bytes)
        }
    }

    func contains(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard range.count < byLength.count else { return false }
        for word in byLength[range.count] where text.matches(word, at: range.lowerBound) { return true }
        return false
    }
}
