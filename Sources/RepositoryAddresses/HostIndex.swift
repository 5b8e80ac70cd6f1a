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
    private var exact: [HostName: Int] = [:]
    private var below: [HostName: Int] = [:]
    private var called: [HostName: Int] = [:]

    init(rules: [HostRule]) {
        for rule in rules {
            for host in rule.hosts { claim(host, entries.count) }
            entries.append(Entry(rule))
        }
    }

    private mutating func claim(_ host: String, _ index: Int) {
        let bytes = Array(host.utf8)
        if host.hasPrefix("*.") {
            Self.claim(bytes.dropFirst(2), index, in: &below)
        } else if host.hasSuffix(".*") {
            Self.claim(bytes.dropLast(2), index, in: &called)
        } else {
            Self.claim(bytes[...], index, in: &exact)
        }
    }

    /// The first rule that names a host has it.
    private static func claim(_ host: ArraySlice<UInt8>, _ index: Int, in hosts: inout [HostName: Int]) {
        let name = HostName(bytes: host)
        hosts[name] = hosts[name] ?? index
    }

    /// The rule for a host in lower case, and how much of the host stands before the part that the table names.
    ///
    /// Every suffix is looked at, which only the length of a host allows: see ``AddressParts/plainHost(_:)``.
    func find(_ host: [UInt8]) -> (entry: Entry, before: Int)? {
        if let index = exact[HostName(bytes: host[...])] { return (entries[index], 0) }
        for dot in host.indices where host[dot] == ASCII.dot {
            if let index = below[HostName(bytes: host[(dot + 1)...])] { return (entries[index], dot) }
        }
        guard let dot = host.firstIndex(of: ASCII.dot), let index = called[HostName(bytes: host[..<dot])] else {
            return nil
        }
        return (entries[index], 0)
    }
}

/// The bytes of a host, hashed at once.
private struct HostName: Hashable {
    let bytes: ArraySlice<UInt8>

    func hash(into hasher: inout Hasher) {
        bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
}
