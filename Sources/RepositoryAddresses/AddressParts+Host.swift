/// The host and the segments of the path.
extension AddressParts {
    /// The longest name of a host, in bytes (RFC 1035, section 2.3.4).
    private static let longestHost = 253

    /// Cuts the path into its segments.
    func segments(_ text: Span<UInt8>) -> [Range<Int>] {
        var segments: [Range<Int>] = []
        segments.reserveCapacity(6)
        var start = path.lowerBound
        var index = start
        while index <= path.upperBound {
            if index == path.upperBound || text[index] == ASCII.slash || text[index] == ASCII.backslash {
                if let segment = Self.segment(text, start..<index) { segments.append(segment) }
                start = index + 1
            }
            index += 1
        }
        return segments
    }

    private static func segment(_ text: Span<UInt8>, _ range: Range<Int>) -> Range<Int>? {
        var low = range.lowerBound
        var high = range.upperBound
        while low < high, text[low] == ASCII.quote { low += 1 }
        while high > low, text[high - 1] == ASCII.quote { high -= 1 }
        if high - low == 1, text[low] == ASCII.dot { return nil }
        return low < high ? low..<high : nil
    }

    /// The host in lower case; nil where there is none: the address is a shorthand or nothing.
    func plainHost(_ text: Span<UInt8>) throws(NoRepository) -> [UInt8]? {
        var range = host
        while !range.isEmpty, text[range.upperBound - 1] == ASCII.dot {
            range = range.lowerBound..<range.upperBound - 1
        }
        if range.count > Self.longestHost { throw .malformed }
        if let first = range.first, text[first] == ASCII.openBracket { return try Self.literal(text, range) }
        guard let dot = text.first(of: ASCII.dot, in: range), dot > range.lowerBound else {
            if clues.isEmpty, port.isEmpty { return nil }
            throw range.isEmpty ? .hostOnly : .notAnAddress
        }
        return try Self.name(text, range)
    }

    private static func name(_ text: Span<UInt8>, _ range: Range<Int>) throws(NoRepository) -> [UInt8] {
        var name: [UInt8] = []
        name.reserveCapacity(range.count)
        var previous = ASCII.dot
        for index in range {
            let byte = ASCII.lower(text[index])
            guard ASCII.isAlphanumeric(byte) || byte == ASCII.dash || byte == ASCII.dot || byte == UInt8(ascii: "_")
            else {
                throw byte == UInt8(ascii: "$") || byte == UInt8(ascii: "{") ? .placeholder : .malformed
            }
            if byte == ASCII.dot, previous == ASCII.dot { throw .malformed }
            previous = byte
            name.append(byte)
        }
        return name
    }

    /// An IPv6 address in brackets, as it is written but for its case.
    private static func literal(_ text: Span<UInt8>, _ range: Range<Int>) throws(NoRepository) -> [UInt8] {
        let inside = range.dropFirst().dropLast()
        guard range.count > 3, text[range.upperBound - 1] == ASCII.closeBracket,
            text.first(of: ASCII.colon, in: inside) != nil,
            text.all(in: inside, { ASCII.hexValue($0) != nil || $0 == ASCII.colon || $0 == ASCII.dot })
        else { throw .malformed }
        return text.copy(range).map(ASCII.lower)
    }
}
