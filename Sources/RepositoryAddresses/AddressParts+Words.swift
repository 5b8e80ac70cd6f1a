/// The words before an address that say how to fetch it.
extension AddressParts {
    mutating func dropWords(_ text: Span<UInt8>, _ at: inout Int, _ end: inout Int) throws(NoRepository) {
        var isPaired = dropFetch(text, &at, &end)
        while at < end, let (word, next) = Self.word(text, at..<end) {
            let stop = at + word.length
            at = next
            switch word.meaning {
            case .local: throw .localPath
            case .host(let index):
                guard let host = HostIndex.shorthands[index].host else { throw .gist }
                clues.insert(.shorthand)
                spokenHost = host
                return
            case .codeCommit: if takeRegion(text, &at, end) { return }
            default: takeClues(word.meaning, endsInHTTP: Self.endsInHTTP(text, stop))
            }
            while at < end, text[at] == ASCII.slash || text[at] == ASCII.backslash { at += 1 }
            if !isPaired { isPaired = dropFetch(text, &at, &end) }
        }
        if clues.isEmpty, at + 1 < end, text[at] == ASCII.slash, text[at + 1] == ASCII.slash {
            clues.insert(.scheme)
            at += 2
        }
    }

    private mutating func takeClues(_ word: SchemeWord, endsInHTTP: Bool) {
        clues.remove(.http)
        clues.formUnion(word.clues)
        if endsInHTTP { clues.insert(.http) }
    }

    /// `https`, `git+http`
    private static func endsInHTTP(_ text: Span<UInt8>, _ stop: Int) -> Bool {
        text.matches("http", at: stop - 4) || text.matches("https", at: stop - 5)
    }

    /// `[fetch=]address[push=]address`, as Maven writes two: the first is taken.
    private func dropFetch(_ text: Span<UInt8>, _ at: inout Int, _ end: inout Int) -> Bool {
        guard at + 8 <= end, text.matches("[fetch=]", at: at) else { return false }
        at += 8
        for index in at..<end where text.matches("[push=]", at: index) {
            end = index
            break
        }
        return true
    }

    /// The word that a range begins with, and where what it speaks of begins; nil for a user, a host or an owner.
    private static func word(
        _ text: Span<UInt8>, _ range: Range<Int>
    ) -> (word: (meaning: SchemeWord, length: Int), next: Int)? {
        var stop = range.lowerBound
        while stop < range.upperBound,
            ASCII.isAlphanumeric(text[stop]) || text[stop] == ASCII.plus || text[stop] == ASCII.dash
        {
            stop += 1
        }
        guard stop < range.upperBound else { return nil }
        let separator = text[stop]
        let isDoubleSlash =
            separator == ASCII.slash && stop + 1 < range.upperBound && text[stop + 1] == ASCII.slash
        guard separator == ASCII.colon || separator == UInt8(ascii: "|") || isDoubleSlash,
            let word = SchemeWord(text, range.lowerBound..<stop)
        else { return nil }
        return ((word, stop - range.lowerBound), isDoubleSlash ? stop : stop + 1)
    }

    /// `:region://profile@name` behind `codecommit:`, as AWS's helper for git writes it.
    ///
    /// Without a region the address means whatever the reader's own settings say, so it is left as it stands.
    private mutating func takeRegion(_ text: Span<UInt8>, _ at: inout Int, _ end: Int) -> Bool {
        guard at < end, text[at] == ASCII.colon, let colon = text.first(of: ASCII.colon, in: at + 1..<end),
            text.matches("://", at: colon), AWSRegion.isOne(text, at + 1..<colon)
        else { return false }
        clues.formUnion([.shorthand, .clone])
        spokenHost = AWSRegion.gitHost(text.copy(at + 1..<colon))
        at = colon + 3
        return true
    }
}

/// A region of AWS: `eu-central-1`.
enum AWSRegion {
    static func isOne(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        !range.isEmpty && range.count < 64 && text.all(in: range) { ASCII.isAlphanumeric($0) || $0 == ASCII.dash }
    }

    /// The host that serves a region's repositories
    /// (https://docs.aws.amazon.com/codecommit/latest/userguide/regions.html); China has a domain of its own.
    static func gitHost(_ region: [UInt8]) -> [UInt8] {
        let isChinese = region.starts(with: Array("cn-".utf8))
        return Array("git-codecommit.".utf8) + region.map(ASCII.lower) + Array(".amazonaws.com".utf8)
            + Array((isChinese ? ".cn" : "").utf8)
    }
}
