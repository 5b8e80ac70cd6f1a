/// The bytes of a document, and the place in them.
struct MarkupBytes {
    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { place >= bytes.count }

    mutating func byte() throws(MarkupError) -> UInt8 {
        guard place < bytes.count else { throw MarkupError("it ends in the middle") }
        place += 1
        return bytes[place - 1]
    }

    mutating func back() { place -= 1 }

    mutating func skip(_ text: String) -> Bool {
        guard bytes[place...].starts(with: text.utf8) else { return false }
        place += text.utf8.count
        return true
    }

    mutating func expect(_ text: String) throws(MarkupError) {
        for expected in text.utf8 where try byte() != expected { throw MarkupError("no \(text) where one has to be") }
    }

    mutating func skipBlanks() {
        while place < bytes.count, " \r\n\t".utf8.contains(bytes[place]) { place += 1 }
    }

    /// What lies before that text, which is passed too.
    mutating func bytes(before text: String) throws(MarkupError) -> [UInt8] {
        guard let found = bytes[place...].firstRange(of: Array(text.utf8)) else {
            place = bytes.count
            throw MarkupError("it ends in the middle")
        }
        defer { place = found.upperBound }
        return Array(bytes[place..<found.lowerBound])
    }

    mutating func bytes(while isPart: (UInt8) -> Bool) throws(MarkupError) -> [UInt8] {
        let start = place
        while isPart(try byte()) {}
        back()
        return Array(bytes[start..<place])
    }

    /// What may be a name, which is empty where none begins here.
    mutating func nameBytes() throws(MarkupError) -> [UInt8] {
        try bytes { $0 >= 0x80 || isAlphanumeric($0) || "_:.-".utf8.contains($0) }
    }
}

// MARK: Text

extension MarkupBytes {
    /// Text up to the next tag, or up to the quote that ends a value, with the entities that XML knows.
    mutating func text(until quote: UInt8?) throws(MarkupError) -> [UInt8] {
        var text: [UInt8] = []
        var brackets = 0
        while !isAtEnd {
            let byte = try byte()
            if byte == quote { return try checked(text) }
            if byte == UInt8(ascii: "<") {
                if quote != nil { throw MarkupError("a < in a quoted value") }
                back()
                break
            }
            if byte == UInt8(ascii: ">"), brackets >= 2, quote == nil { throw MarkupError("a ]]> in a text") }
            brackets = byte == UInt8(ascii: "]") ? brackets + 1 : 0
            if byte == UInt8(ascii: "&") { text += try entity() } else { text.append(byte) }
        }
        if quote != nil { throw MarkupError("it ends in the middle") }
        return try checked(text)
    }

    /// Text up to `]]>`, as it is.
    mutating func characterData() throws(MarkupError) -> [UInt8] {
        try checked(try bytes(before: "]]>"))
    }

    /// What an entity stands for that begins here behind its `&`; itself, where it is none.
    private mutating func entity() throws(MarkupError) -> [UInt8] {
        let start = place
        let isNumber = try byte() == UInt8(ascii: "#")
        if !isNumber { back() }
        let isHex = isNumber ? try byte() == UInt8(ascii: "x") : false
        if isNumber, !isHex { back() }
        let name = isNumber ? try bytes { isDigit($0, isHex: isHex) } : try nameBytes()
        if try byte() == UInt8(ascii: ";"), let meaning = isNumber ? scalar(name, isHex) : known[name] {
            return meaning
        }
        if bytes[place - 1] != UInt8(ascii: ";") { back() }
        return [UInt8(ascii: "&")] + bytes[start..<place]
    }

    private func scalar(_ digits: [UInt8], _ isHex: Bool) -> [UInt8]? {
        let number = UInt64(String(decoding: digits, as: UTF8.self), radix: isHex ? 16 : 10)
        guard let number, number <= 0x10FFFF else { return nil }
        return Array(String(Unicode.Scalar(UInt32(number)) ?? "\u{FFFD}").utf8)
    }

    /// The text, if it is made of characters that XML may have.
    private func checked(_ text: [UInt8]) throws(MarkupError) -> [UInt8] {
        guard let valid = String(validating: text, as: UTF8.self) else { throw MarkupError("it is not UTF-8") }
        for scalar in valid.unicodeScalars
        where scalar.value < 0x20 && ![9, 10, 13].contains(scalar.value)
            || scalar.value & 0xFFFE == 0xFFFE && scalar.value < 0x10000
        {
            throw MarkupError("a character that XML does not have")
        }
        return text
    }
}

private let known: [[UInt8]: [UInt8]] = [
    Array("lt".utf8): Array("<".utf8), Array("gt".utf8): Array(">".utf8), Array("amp".utf8): Array("&".utf8),
    Array("apos".utf8): Array("'".utf8), Array("quot".utf8): Array("\"".utf8),
]

func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
}

private func isDigit(_ byte: UInt8, isHex: Bool) -> Bool {
    (0x30...0x39).contains(byte) || isHex && ((0x41...0x46).contains(byte) || (0x61...0x66).contains(byte))
}

/// Whether a name is one in XML. Beyond ASCII it goes by what Unicode calls letters, marks and digits, which is XML's own
/// list but for a few hundred rare ones.
func isMarkupName(_ bytes: [UInt8]) -> Bool {
    guard let name = String(validating: bytes, as: UTF8.self)?.unicodeScalars, let first = name.first else {
        return false
    }
    return isNameStart(first) && name.dropFirst().allSatisfy { isNameStart($0) || isNamePart($0) }
}

private func isNameStart(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.properties.isAlphabetic || scalar == "_" || scalar == ":" }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .otherLetter, .letterNumber:
        return scalar.value < 0x10000
    default: return false
    }
}

private func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar == "-" || scalar == "." || ("0"..."9").contains(scalar) }
    switch scalar.properties.generalCategory {
    case .modifierLetter, .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber: return scalar.value < 0x10000
    default: return scalar == "\u{B7}"
    }
}
