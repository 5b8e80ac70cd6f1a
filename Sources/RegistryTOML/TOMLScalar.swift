/// Numbers, dates, times, `true` and `false`, which nobody wants: they are told by their shape and passed over.
enum TOMLScalar {
    /// How many bytes at the front can be one.
    static func length(_ bytes: ArraySlice<UInt8>) -> Int {
        let length = bytes.prefix { isPart($0) }.count
        // `1979-05-27 07:32:00`
        let behind = bytes.dropFirst(length)
        guard length == 10, shape(bytes.prefix(10)) == "0-0-0", behind.first == 0x20,
            behind.dropFirst().first.map(isDigit) == true
        else { return length }
        return length + 1 + behind.dropFirst().prefix { isPart($0) }.count
    }

    static func isOne(_ bytes: ArraySlice<UInt8>) -> Bool {
        let text = String(decoding: bytes, as: UTF8.self)
        if ["true", "false", "inf", "nan", "+inf", "-inf", "+nan", "-nan"].contains(text) { return true }
        for (prefix, digits) in [("0x", "0123456789abcdefABCDEF"), ("0o", "01234567"), ("0b", "01")]
        where text.hasPrefix(prefix) {
            return areDigits(text.dropFirst(2).utf8) { digits.utf8.contains($0) }
        }
        return isDecimal(text) || isTime(bytes)
    }

    /// `-1_000`, `6.6e-34`
    private static func isDecimal(_ text: String) -> Bool {
        let number = text.hasPrefix("+") || text.hasPrefix("-") ? text.dropFirst() : text[...]
        let parts = number.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
        guard let mantissa = parts.first else { return false }
        let sides = mantissa.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let isWhole = sides[0] == "0" || !sides[0].hasPrefix("0")
        guard isWhole, sides.allSatisfy({ areDigits($0.utf8, isDigit) }) else { return false }
        guard parts.count == 2 else { return true }
        let exponent = parts[1].hasPrefix("+") || parts[1].hasPrefix("-") ? parts[1].dropFirst() : parts[1]
        return areDigits(exponent.utf8, isDigit)
    }

    /// One digit or more, with single underscores between two.
    private static func areDigits(_ text: Substring.UTF8View, _ isDigit: (UInt8) -> Bool) -> Bool {
        text.split(separator: UInt8(ascii: "_"), omittingEmptySubsequences: false).allSatisfy {
            !$0.isEmpty && $0.allSatisfy(isDigit)
        }
    }

    /// A date, a time of day, or both, with an offset or without.
    private static func isTime(_ bytes: ArraySlice<UInt8>) -> Bool {
        let days = ["0-0-0"]
        let times = ["0:0:0", "0:0:0.0"]
        let stamps = times.flatMap { time in ["T", "t", " "].map { "0-0-0\($0)\(time)" } }
        let zoned = stamps.flatMap { stamp in ["Z", "z", "+0:0", "-0:0"].map { stamp + $0 } }
        return (days + times + stamps + zoned).contains(shape(bytes))
    }

    /// The text with a `0` for each number that has as many digits as it should.
    private static func shape(_ bytes: ArraySlice<UInt8>) -> String {
        var shape = ""
        var rest = bytes
        while let byte = rest.first {
            let digits = rest.prefix(while: isDigit)
            rest = rest.dropFirst(max(1, digits.count))
            if digits.isEmpty {
                shape.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let isFraction = shape.hasSuffix(".")
                let isYear = shape.isEmpty && rest.first == UInt8(ascii: "-")
                shape += isFraction || digits.count == (isYear ? 4 : 2) ? "0" : "?"
            }
        }
        return shape
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }

    private static func isPart(_ byte: UInt8) -> Bool {
        isDigit(byte) || (byte | 0x20) &- 97 < 26 || "+-_.:".utf8.contains(byte)
    }
}
