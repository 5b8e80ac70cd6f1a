/// Where the parts of an address lie among its bytes.
struct AddressParts {
    /// What the address itself says about being a repository's.
    struct Clues: OptionSet {
        let rawValue: UInt8
        /// A scheme: `https:`.
        static let scheme = Clues(rawValue: 1)
        /// The form of a clone: `git:`, `ssh:`, `git+https:`, `user@host:path`.
        static let clone = Clues(rawValue: 2)
        /// A word for a host: `github:`.
        static let shorthand = Clues(rawValue: 4)
        static let subversion = Clues(rawValue: 8)
        /// Asked for by a shell: `ssh:`, `user@host:path`. Nothing stands behind the repository's path then.
        static let shell = Clues(rawValue: 16)
        /// `user@host:path`, as scp writes it: the port, if there is one, looks like the first segment.
        static let scp = Clues(rawValue: 32)
        /// The last scheme is `http` or `https`: the port is that of the repository's address.
        static let http = Clues(rawValue: 64)
    }

    var clues: Clues = []
    /// Without the password.
    var user: Range<Int> = 0..<0
    var host: Range<Int> = 0..<0
    var port: Range<Int> = 0..<0
    var path: Range<Int> = 0..<0
    var query: Range<Int> = 0..<0
    var fragment: Range<Int> = 0..<0
    /// The host that a word stands for.
    var spokenHost: [UInt8]?

    init() {}

    /// Takes an address apart.
    ///
    /// Registries hold addresses behind any number of words that mean to say how to fetch it (`scm:git:git://`), and
    /// these are dropped first. Throws where the words alone say that no repository is meant.
    init(_ text: Span<UInt8>, _ token: Range<Int>) throws(NoRepository) {
        var at = token.lowerBound
        var end = token.upperBound
        try dropWords(text, &at, &end)
        if let hash = text.first(of: ASCII.hash, in: at..<end) {
            fragment = hash + 1..<end
            end = hash
        }
        if let question = text.first(of: ASCII.question, in: at..<end) {
            query = question + 1..<end
            end = question
        }
        if clues.contains(.shorthand) {
            takeShorthand(text, at..<end)
        } else {
            takeAuthority(text, at..<end)
        }
    }

    /// `github:owner/name`, with a user that nobody needs: `github:user:secret@owner/name`.
    private mutating func takeShorthand(_ text: Span<UInt8>, _ range: Range<Int>) {
        let slash = text.first(of: ASCII.slash, in: range) ?? range.upperBound
        let at = text.last(of: ASCII.at, in: range.lowerBound..<slash)
        path = (at.map { $0 + 1 } ?? range.lowerBound)..<range.upperBound
    }

    private mutating func takeAuthority(_ text: Span<UInt8>, _ range: Range<Int>) {
        var stop = range.lowerBound
        while stop < range.upperBound, text[stop] != ASCII.slash, text[stop] != ASCII.backslash { stop += 1 }
        let at = text.last(of: ASCII.at, in: range.lowerBound..<stop)
        if let at { user = range.lowerBound..<(text.first(of: ASCII.colon, in: range.lowerBound..<at) ?? at) }
        let start = at.map { $0 + 1 } ?? range.lowerBound
        let named = hostEnd(text, start..<stop)
        host = start..<named
        if named == stop {
            path = stop..<range.upperBound
            if at != nil, !clues.contains(.scheme) { clues.insert(.clone) }
        } else {
            takePort(text, named + 1..<stop, range.upperBound, hasUser: at != nil)
        }
    }

    /// Where the host ends: at a colon, which an IPv6 address in brackets may hold too.
    private func hostEnd(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
        var start = range.lowerBound
        if start < range.upperBound, text[start] == ASCII.openBracket,
            let close = text.first(of: ASCII.closeBracket, in: range)
        {
            start = close + 1
        }
        return text.first(of: ASCII.colon, in: start..<range.upperBound) ?? range.upperBound
    }

    /// What stands behind the host's colon: a port, or where scp writes so, the path.
    private mutating func takePort(_ text: Span<UInt8>, _ behind: Range<Int>, _ end: Int, hasUser: Bool) {
        let isPort = text.all(in: behind, ASCII.isDigit) && !behind.isEmpty
        if isPort && (clues.contains(.scheme) || !hasUser) {
            port = behind
            path = behind.upperBound..<end
            return
        }
        path = behind.lowerBound..<end
        guard hasUser else { return }
        clues.formUnion(clues.contains(.scheme) ? .clone : [.clone, .shell, .scp])
    }
}
