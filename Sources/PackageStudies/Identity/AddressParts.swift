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
    }

    var clues: Clues = []
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

    private mutating func dropWords(_ text: Span<UInt8>, _ at: inout Int, _ end: inout Int) throws(NoRepository) {
        while at < end {
            if at + 8 <= end, text.matches("[fetch=]", at: at) {
                at += 8
                end = Self.index(of: "[push=]", in: text, at..<end) ?? end
            }
            var stop = at
            while stop < end, ASCII.isAlphanumeric(text[stop]) || text[stop] == ASCII.plus || text[stop] == ASCII.dash {
                stop += 1
            }
            guard stop < end, let word = SchemeWord(text, at..<stop) else { break }
            let separator = text[stop]
            let isDoubleSlash = separator == ASCII.slash && stop + 1 < end && text[stop + 1] == ASCII.slash
            guard separator == ASCII.colon || separator == UInt8(ascii: "|") || isDoubleSlash else { break }
            at = isDoubleSlash ? stop : stop + 1
            if word == .local { throw .localPath }
            if case .host(let index) = word {
                guard let host = HostIndex.shorthands[index].host else { throw .gist }
                clues.insert(.shorthand)
                spokenHost = host
                return
            }
            clues.formUnion(word.clues)
            while at < end, text[at] == ASCII.slash || text[at] == ASCII.backslash { at += 1 }
        }
        if clues.isEmpty, at + 1 < end, text[at] == ASCII.slash, text[at + 1] == ASCII.slash {
            clues.insert(.scheme)
            at += 2
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
        let start = at.map { $0 + 1 } ?? range.lowerBound
        guard let colon = text.first(of: ASCII.colon, in: start..<stop) else {
            host = start..<stop
            path = stop..<range.upperBound
            if at != nil, !clues.contains(.scheme) { clues.insert(.clone) }
            return
        }
        host = start..<colon
        let behind = colon + 1..<stop
        let isPort = text.all(in: behind, ASCII.isDigit) && !behind.isEmpty
        if isPort && (clues.contains(.scheme) || at == nil) {
            port = behind
            path = stop..<range.upperBound
        } else {
            path = colon + 1..<range.upperBound
            if at != nil { clues.insert(.clone) }
        }
    }

    private static func index(of word: StaticString, in text: Span<UInt8>, _ range: Range<Int>) -> Int? {
        for index in range where text.matches(word, at: index) { return index }
        return nil
    }
}
