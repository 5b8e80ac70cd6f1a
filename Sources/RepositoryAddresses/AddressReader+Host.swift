/// The host and the segments of the path.
extension AddressReader {
    /// Cuts the path into its segments. A segment `..` leads nowhere that one could name.
    mutating func splitPath(_ text: Span<UInt8>) {
        segments.removeAll(keepingCapacity: true)
        var start = parts.path.lowerBound
        var index = start
        while index <= parts.path.upperBound {
            if index == parts.path.upperBound || text[index] == ASCII.slash || text[index] == ASCII.backslash {
                append(text, start..<index)
                start = index + 1
            }
            index += 1
        }
    }

    private mutating func append(_ text: Span<UInt8>, _ range: Range<Int>) {
        var low = range.lowerBound
        var high = range.upperBound
        while low < high, text[low] == ASCII.quote { low += 1 }
        while high > low, text[high - 1] == ASCII.quote { high -= 1 }
        if high - low == 1, text[low] == ASCII.dot { return }
        if low < high { segments.append(low..<high) }
    }

    /// False where there is no host: the address is a shorthand or nothing.
    mutating func takeHost(_ text: Span<UInt8>) throws(NoRepository) -> Bool {
        var range = parts.host
        while !range.isEmpty, text[range.upperBound - 1] == ASCII.dot {
            range = range.lowerBound..<range.upperBound - 1
        }
        if range.count > Self.longestHost { throw .malformed }
        if let first = range.first, text[first] == ASCII.openBracket { return try takeLiteral(text, range) }
        guard let dot = text.first(of: ASCII.dot, in: range), dot > range.lowerBound else {
            if parts.clues.isEmpty, parts.port.isEmpty { return false }
            throw range.isEmpty ? .hostOnly : .notAnAddress
        }
        host.removeAll(keepingCapacity: true)
        var previous = ASCII.dot
        for index in range {
            let byte = ASCII.lower(text[index])
            guard ASCII.isAlphanumeric(byte) || byte == ASCII.dash || byte == ASCII.dot || byte == UInt8(ascii: "_")
            else {
                throw byte == UInt8(ascii: "$") || byte == UInt8(ascii: "{") ? .placeholder : .malformed
            }
            if byte == ASCII.dot, previous == ASCII.dot { throw .malformed }
            previous = byte
            host.append(byte)
        }
        return true
    }

    /// An IPv6 address in brackets, as it is written but for its case.
    private mutating func takeLiteral(_ text: Span<UInt8>, _ range: Range<Int>) throws(NoRepository) -> Bool {
        let inside = range.dropFirst().dropLast()
        guard range.count > 3, text[range.upperBound - 1] == ASCII.closeBracket,
            text.first(of: ASCII.colon, in: inside) != nil,
            text.all(in: inside, { ASCII.hexValue($0) != nil || $0 == ASCII.colon || $0 == ASCII.dot })
        else { throw .malformed }
        host.removeAll(keepingCapacity: true)
        for index in range { host.append(ASCII.lower(text[index])) }
        return true
    }
}
