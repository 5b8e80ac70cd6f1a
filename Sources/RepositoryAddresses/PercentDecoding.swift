/// Percent escapes that mean the byte itself.
enum PercentDecoding {
    /// The bytes with escapes of letters, digits and `-._~` resolved and the others in upper case, or nil where that
    /// changes nothing.
    ///
    /// RFC 3986, section 6.2.2.2: only these mean the same escaped and not.
    static func decodeUnreserved(_ text: Span<UInt8>, _ range: Range<Int>) -> [UInt8]? {
        var decoded: [UInt8] = []
        var changed = false
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = text[index]
            if byte == ASCII.percent, index + 2 < range.upperBound, let high = ASCII.hexValue(text[index + 1]),
                let low = ASCII.hexValue(text[index + 2])
            {
                let value = high << 4 | low
                if isUnreserved(value) {
                    decoded.append(value)
                } else {
                    decoded.append(ASCII.percent)
                    decoded.append(upper(text[index + 1]))
                    decoded.append(upper(text[index + 2]))
                }
                changed = true
                index += 3
            } else {
                decoded.append(byte)
                index += 1
            }
        }
        return changed ? decoded : nil
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        ASCII.isAlphanumeric(byte) || byte == ASCII.dash || byte == ASCII.dot || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: "~")
    }

    private static func upper(_ byte: UInt8) -> UInt8 {
        byte &- 97 < 26 ? byte & 0xDF : byte
    }
}
