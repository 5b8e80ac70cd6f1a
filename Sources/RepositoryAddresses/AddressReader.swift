/// Reads addresses into the repositories that they name.
///
/// It works on bytes, because a study reads millions of addresses; ``RepositoryIdentity`` is the same for one. An address
/// becomes an ``AddressToken``, its ``AddressParts``, a ``HostedAddress`` and, by the rule for its host, a
/// ``CanonicalAddress``, each made from the one before it.
package struct AddressReader: Sendable {
    package enum Reading: Hashable, Sendable {
        case repository(CanonicalAddress)
        case nothing(NoRepository)
    }

    /// The longest address that is read, in bytes. No browser and no server takes one that long.
    package static let longest = 8192

    private let inferring: Bool
    private let longest: Int
    private let index = HostIndex.shared

    /// - Parameter longest: The longest address that is read. Lifted by tests only.
    package init(inferring: Bool, longest: Int = Self.longest) {
        self.inferring = inferring
        self.longest = longest
    }

    package func read(_ text: Span<UInt8>, shorthand: ShorthandRule) -> Reading {
        do throws(NoRepository) {
            return .repository(try readToken(text, shorthand))
        } catch {
            return .nothing(error)
        }
    }

    private func readToken(_ text: Span<UInt8>, _ shorthand: ShorthandRule) throws(NoRepository) -> CanonicalAddress {
        let token = AddressToken(text)
        if token.range.isEmpty { throw .placeholder }
        if token.range.count > longest { throw .tooLong }
        var repository = try readPlain(text, token.range, shorthand)
        if !token.directory.isEmpty { repository.directory = text.copy(token.directory) }
        return repository
    }

    /// Reads a token with its escapes of plain characters resolved.
    private func readPlain(
        _ text: Span<UInt8>, _ token: Range<Int>, _ shorthand: ShorthandRule
    ) throws(NoRepository) -> CanonicalAddress {
        guard text.first(of: ASCII.percent, in: token) != nil,
            let decoded = PercentDecoding.decodeUnreserved(text, token)
        else { return try readParts(text, token, shorthand) }
        return try readParts(decoded.span, 0..<decoded.count, shorthand)
    }

    private func readParts(
        _ text: Span<UInt8>, _ token: Range<Int>, _ shorthand: ShorthandRule
    ) throws(NoRepository) -> CanonicalAddress {
        if token.count < 14, Self.placeholders.contains(text, token) { throw .placeholder }
        let parts = try AddressParts(text, token)
        if let spoken = parts.spokenHost {
            return try readSpoken(HostedAddress(parts: parts, host: spoken, segments: parts.segments(text)), text)
        }
        guard let host = try parts.plainHost(text) else { return try readShorthand(parts, text, token, shorthand) }
        return try readHosted(HostedAddress(parts: parts, host: host, segments: parts.segments(text)), text)
    }

    private static let placeholders = WordSet(ReservedWords.placeholders)

    /// `github:owner/name`
    private func readSpoken(_ address: HostedAddress, _ text: Span<UInt8>) throws(NoRepository) -> CanonicalAddress {
        guard let rule = index.find(address.host) else { throw .unknownHost }
        switch rule.entry.shape {
        case .ownerAndName, .tilde: if address.segments.count > 2 { throw .malformed }
        default: break
        }
        return try address.apply(rule.entry, before: rule.before, text)
    }

    private func readHosted(_ address: HostedAddress, _ text: Span<UInt8>) throws(NoRepository) -> CanonicalAddress {
        guard let rule = index.find(address.host) else { return try address.onUnknownHost(inferring: inferring, text) }
        if case .elsewhere(let reason, let inference, let stands) = rule.entry.shape {
            guard inferring, let inference else { throw reason }
            return try address.inferred(inference, stands, text, before: rule.before, otherwise: reason)
        }
        return try address.apply(rule.entry, before: rule.before, text)
    }

    /// `owner/name`, which means what the ecosystem says.
    private func readShorthand(
        _ parts: AddressParts, _ text: Span<UInt8>, _ token: Range<Int>, _ rule: ShorthandRule
    ) throws(NoRepository) -> CanonicalAddress {
        let path = try Self.shorthandPath(parts, text, token)
        let address: HostedAddress
        if case .means(let spoken) = rule {
            address = HostedAddress(parts: parts, host: Array(spoken.utf8), segments: path)
        } else {
            guard inferring else { throw .shorthand }
            address = HostedAddress(parts: parts, host: Array("github.com".utf8), segments: path)
        }
        guard let found = index.find(address.host) else { throw .unknownHost }
        var repository = try address.apply(found.entry, before: found.before, text)
        if rule == .undefined { repository.inference = .shorthand }
        return repository
    }

    private static func shorthandPath(
        _ parts: AddressParts, _ text: Span<UInt8>, _ token: Range<Int>
    ) throws(NoRepository) -> [Range<Int>] {
        let first = text[token.lowerBound]
        if first == ASCII.slash || first == ASCII.dot || first == UInt8(ascii: "~") { throw .localPath }
        let whole = parts.host.lowerBound..<parts.path.upperBound
        guard let slash = text.first(of: ASCII.slash, in: whole), slash > whole.lowerBound,
            parts.segments(text) == [slash + 1..<whole.upperBound],
            text.all(in: whole.lowerBound..<slash, isShorthandOwner)
        else { throw .notAnAddress }
        return [whole.lowerBound..<slash, slash + 1..<whole.upperBound]
    }

    private static func isShorthandOwner(_ byte: UInt8) -> Bool {
        ASCII.isAlphanumeric(byte) || byte == ASCII.dash || byte == UInt8(ascii: "_")
    }
}
