import RecordReaders

/// Texts: in one quote, which end with their line, or in three.
extension TOMLReader {
    mutating func readText(in quote: UInt8) throws(RecordError) -> String {
        let isLong = bytes[at...].starts(with: [quote, quote, quote])
        return String(decoding: isLong ? try readLong(in: quote) : try readLine(in: quote), as: UTF8.self)
    }

    mutating func readLine(in quote: UInt8) throws(RecordError) -> [UInt8] {
        var text: [UInt8] = []
        at += 1
        while let byte, byte != quote {
            try readByte(byte, in: quote, into: &text)
        }
        guard byte != nil else { throw error("a text does not end") }
        at += 1
        return text
    }

    private mutating func readLong(in quote: UInt8) throws(RecordError) -> [UInt8] {
        var text: [UInt8] = []
        at += 3
        _ = skipLineEnd()
        while let byte {
            let quotes = bytes[at...].prefix(5).prefix { $0 == quote }.count
            if quotes >= 3 {
                // Two of the text's own may stand before the three that end it.
                at += quotes
                return text + repeatElement(quote, count: quotes - 3)
            }
            if skipLineEnd() {
                text.append(0x0A)
            } else if byte != UInt8(ascii: "\\") || quote != UInt8(ascii: "\"") || !skipEscapedLineEnd() {
                try readByte(byte, in: quote, into: &text)
            }
        }
        throw error("a text does not end")
    }

    /// A backslash that ends a line takes with it all space up to what follows.
    private mutating func skipEscapedLineEnd() -> Bool {
        let start = at
        at += 1
        skipSpace()
        guard skipLineEnd() else {
            at = start
            return false
        }
        repeat { skipSpace() } while skipLineEnd()
        return true
    }

    private mutating func readByte(
        _ byte: UInt8, in quote: UInt8, into text: inout [UInt8]
    ) throws(RecordError) {
        if byte == UInt8(ascii: "\\") && quote == UInt8(ascii: "\"") {
            text.append(contentsOf: String(try readEscape()).utf8)
            return
        }
        guard !isControl(byte) else { throw error("a control character stands in a text") }
        text.append(byte)
        at += 1
    }

    private mutating func readEscape() throws(RecordError) -> Unicode.Scalar {
        let letter = at + 1 < bytes.count ? bytes[at + 1] : 0
        switch letter {
        case UInt8(ascii: "u"): return try readScalar(digits: 4)
        case UInt8(ascii: "U"): return try readScalar(digits: 8)
        default: break
        }
        guard let scalar = Self.escapes[letter] else {
            throw error("a backslash stands before what it does not escape")
        }
        at += 2
        return scalar
    }

    private static let escapes: [UInt8: Unicode.Scalar] = [
        UInt8(ascii: "b"): "\u{8}", UInt8(ascii: "t"): "\t", UInt8(ascii: "n"): "\n", UInt8(ascii: "f"): "\u{C}",
        UInt8(ascii: "r"): "\r", UInt8(ascii: "\""): "\"", UInt8(ascii: "\\"): "\\",
    ]

    private mutating func readScalar(digits: Int) throws(RecordError) -> Unicode.Scalar {
        let text = bytes[(at + 2)...].prefix(digits)
        let isHex = text.count == digits && text.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
        guard isHex, let value = UInt32(String(decoding: text, as: UTF8.self), radix: 16),
            let scalar = Unicode.Scalar(value)
        else { throw error("an escape means no character") }
        at += 2 + digits
        return scalar
    }
}
