/// ASCII, as addresses and lists are written.
///
/// It is inlined in other rooms too, which ask of each byte of a list. What a type of the package has is not, unless
/// the type itself is usable from there.
@usableFromInline package enum ASCII {
    @inlinable package static var slash: UInt8 { UInt8(ascii: "/") }
    @inlinable package static var backslash: UInt8 { UInt8(ascii: "\\") }
    @inlinable package static var colon: UInt8 { UInt8(ascii: ":") }
    @inlinable package static var at: UInt8 { UInt8(ascii: "@") }
    @inlinable package static var dot: UInt8 { UInt8(ascii: ".") }
    @inlinable package static var hash: UInt8 { UInt8(ascii: "#") }
    @inlinable package static var question: UInt8 { UInt8(ascii: "?") }
    @inlinable package static var percent: UInt8 { UInt8(ascii: "%") }
    @inlinable package static var quote: UInt8 { UInt8(ascii: "\"") }
    @inlinable package static var dash: UInt8 { UInt8(ascii: "-") }
    @inlinable package static var plus: UInt8 { UInt8(ascii: "+") }
    @inlinable package static var openBracket: UInt8 { UInt8(ascii: "[") }
    @inlinable package static var closeBracket: UInt8 { UInt8(ascii: "]") }

    @inlinable @inline(__always) package static func lower(_ byte: UInt8) -> UInt8 {
        byte &- 65 < 26 ? byte | 0x20 : byte
    }

    @inlinable @inline(__always) package static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 97 < 26 || byte &- 48 < 10
    }

    @inlinable @inline(__always) package static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }

    @inlinable @inline(__always) package static func isSpace(_ byte: UInt8) -> Bool { byte <= 0x20 }

    @inlinable package static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }
}

extension Span<UInt8> {
    /// Whether these bytes, in lower case, stand at an index.
    func matches(_ word: [UInt8], at start: Int) -> Bool { matches(word.span, at: start) }

    func matches(_ word: Span<UInt8>, at start: Int) -> Bool {
        guard start >= 0, start + word.count <= count else { return false }
        for index in word.indices where ASCII.lower(self[start + index]) != word[index] { return false }
        return true
    }

    func matches(_ word: StaticString, at start: Int) -> Bool {
        let length = word.utf8CodeUnitCount
        guard start >= 0, start + length <= count else { return false }
        return word.withUTF8Buffer { bytes in
            for index in 0..<length where ASCII.lower(self[start + index]) != bytes[index] { return false }
            return true
        }
    }

    /// Whether the range is this word, whatever its case.
    func equals(_ word: StaticString, _ range: Range<Int>) -> Bool {
        range.count == word.utf8CodeUnitCount && matches(word, at: range.lowerBound)
    }

    @inlinable package func first(of byte: UInt8, in range: Range<Int>) -> Int? {
        var index = range.lowerBound
        while index < range.upperBound {
            if self[index] == byte { return index }
            index &+= 1
        }
        return nil
    }

    @inlinable package func last(of byte: UInt8, in range: Range<Int>) -> Int? {
        var index = range.upperBound
        while index > range.lowerBound {
            index &-= 1
            if self[index] == byte { return index }
        }
        return nil
    }

    @inlinable package func all(in range: Range<Int>, _ holds: (UInt8) -> Bool) -> Bool {
        for index in range where !holds(self[index]) { return false }
        return true
    }

    @inlinable package func copy(_ range: Range<Int>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.count)
        for index in range { bytes.append(self[index]) }
        return bytes
    }
}
