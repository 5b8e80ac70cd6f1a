/// Reads addresses one after another into the repositories that they name.
///
/// It works on bytes and keeps its buffers from one address to the next, because a study reads millions of them;
/// ``RepositoryIdentity`` is the same for one address at a time. What an address named is in ``canonical`` until the
/// next one is read.
package struct AddressReader: Sendable {
    package enum Reading: Hashable, Sendable {
        case repository(Inference?)
        case nothing(NoRepository)
    }

    /// `https://host/path` of the repository last read.
    package internal(set) var canonical: [UInt8] = []
    package internal(set) var hostRange = 0..<0
    package internal(set) var ownerRange = 0..<0
    package internal(set) var nameRange = 0..<0
    package internal(set) var directory: [UInt8] = []

    /// The longest address that is read, in bytes. No browser and no server takes one that long.
    package static let longest = 8192
    /// The longest name of a host, in bytes (RFC 1035, section 2.3.4).
    static let longestHost = 253

    let inferring: Bool
    let longest: Int
    let index = HostIndex.shared

    /// The segments of the path, without empty ones.
    var segments: [Range<Int>] = []
    /// The host in lower case, as the address names it.
    var host: [UInt8] = []
    var parts = AddressParts()
    /// Where the owner begins in the canonical address, or -1.
    var ownerStart = -1
    private var lastHost: [UInt8] = []
    private var lastFound: (index: Int, before: Int)?

    /// - Parameter longest: The longest address that is read. Lifted by tests only.
    package init(inferring: Bool, longest: Int = Self.longest) {
        self.inferring = inferring
        self.longest = longest
    }

    package mutating func read(_ text: Span<UInt8>, shorthand: ShorthandRule) -> Reading {
        do throws(NoRepository) {
            return .repository(try readToken(text, shorthand))
        } catch {
            return .nothing(error)
        }
    }

    private mutating func readToken(
        _ text: Span<UInt8>, _ shorthand: ShorthandRule
    ) throws(NoRepository) -> Inference? {
        let token = AddressToken(text)
        if token.range.isEmpty { throw .placeholder }
        if token.range.count > longest { throw .tooLong }
        let inference: Inference?
        if text.first(of: ASCII.percent, in: token.range) != nil,
            let decoded = PercentDecoding.decodeUnreserved(text, token.range)
        {
            inference = try readParts(decoded.span, 0..<decoded.count, shorthand)
        } else {
            inference = try readParts(text, token.range, shorthand)
        }
        if !token.directory.isEmpty { directory = text.copy(token.directory) }
        return inference
    }

    private mutating func readParts(
        _ text: Span<UInt8>, _ token: Range<Int>, _ shorthand: ShorthandRule
    ) throws(NoRepository) -> Inference? {
        directory.removeAll(keepingCapacity: true)
        if token.count < 14, Self.placeholders.contains(text, token) { throw .placeholder }
        parts = try AddressParts(text, token)
        splitPath(text)
        if let spoken = parts.spokenHost {
            host = spoken
            return try readSpoken(text)
        }
        guard try takeHost(text) else { return try readShorthand(text, token, shorthand) }
        return try readPath(text)
    }

    private static let placeholders = WordSet(ReservedWords.placeholders)

    /// `github:owner/name`
    private mutating func readSpoken(_ text: Span<UInt8>) throws(NoRepository) -> Inference? {
        guard let found = index.find(host) else { throw .unknownHost }
        switch index.entries[found.index].shape {
        case .ownerAndName, .tilde: if segments.count > 2 { throw .malformed }
        default: break
        }
        try apply(found, text)
        return nil
    }

    private mutating func readPath(_ text: Span<UInt8>) throws(NoRepository) -> Inference? {
        if host != lastHost {
            lastHost = host
            lastFound = index.find(host)
        }
        if let found = lastFound {
            if case .elsewhere(let reason, let inference, let stands) = index.entries[found.index].shape {
                return try infer(reason, inference, stands, text, before: found.before)
            }
            try apply(found, text)
            return nil
        }
        return try readUnknownHost(text)
    }

    /// `owner/name`, which means what the ecosystem says.
    private mutating func readShorthand(
        _ text: Span<UInt8>, _ token: Range<Int>, _ rule: ShorthandRule
    ) throws(NoRepository) -> Inference? {
        let first = text[token.lowerBound]
        if first == ASCII.slash || first == ASCII.dot || first == UInt8(ascii: "~") { throw .localPath }
        let whole = parts.host.lowerBound..<parts.path.upperBound
        guard let slash = text.first(of: ASCII.slash, in: whole), slash > whole.lowerBound,
            segments.count == 1, segments[0] == slash + 1..<whole.upperBound,
            text.all(in: whole.lowerBound..<slash, Self.isShorthandOwner)
        else { throw .notAnAddress }
        var inference: Inference?
        if case .means(let spoken) = rule {
            host = Array(spoken.utf8)
        } else {
            guard inferring else { throw .shorthand }
            host = Array("github.com".utf8)
            inference = .shorthand
        }
        segments.insert(whole.lowerBound..<slash, at: 0)
        guard let found = index.find(host) else { throw .unknownHost }
        try apply(found, text)
        return inference
    }

    private static func isShorthandOwner(_ byte: UInt8) -> Bool {
        ASCII.isAlphanumeric(byte) || byte == ASCII.dash || byte == UInt8(ascii: "_")
    }
}
