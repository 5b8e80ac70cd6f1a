/// UTF-8 as it is, but cut between characters; on request with U+FFFD for what is ill-formed or forbidden in XML.
struct UTF8Converter: TextConverter {
    let replacesIllFormedBytes: Bool
    private var rest: [UInt8] = []

    init(replacesIllFormedBytes: Bool) {
        self.replacesIllFormedBytes = replacesIllFormedBytes
    }

    mutating func convert(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let whole = rest.isEmpty ? bytes : rest + bytes
        let end = whole.endIndex - UTF8Converter.openCount(whole)
        rest = Array(whole[end...])
        return repaired(whole[..<end])
    }

    /// A character that was cut off is left to the parser to refuse, where it may not be replaced.
    mutating func finish() -> ArraySlice<UInt8> {
        defer { rest = [] }
        return repaired(rest[...])
    }

    private func repaired(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        replacesIllFormedBytes ? bytes.withReplacements : bytes
    }

    /// How many bytes at the end begin a character that is not complete.
    private static func openCount(_ bytes: ArraySlice<UInt8>) -> Int {
        for back in 1...3 where back <= bytes.count {
            let byte = bytes[bytes.endIndex - back]
            if byte & 0xC0 == 0x80 { continue }
            let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
            return length > back ? back : 0
        }
        return 0
    }
}

extension ArraySlice<UInt8> {
    /// UTF-8 with U+FFFD for each ill-formed sequence and for each character that XML 1.0 forbids.
    var withReplacements: ArraySlice<UInt8> {
        let isFine = String(validating: self, as: UTF8.self) != nil && !contains { $0 < 0x20 && !$0.isXMLBlank }
        if isFine && !contains(0xEF) { return self }
        var repaired = String.UnicodeScalarView()
        for scalar in String(decoding: self, as: UTF8.self).unicodeScalars {
            repaired.append(scalar.isAllowedInXML ? scalar : "\u{FFFD}")
        }
        return Array(String(repaired).utf8)[...]
    }
}

extension Unicode.Scalar {
    /// https://www.w3.org/TR/xml/#charsets
    fileprivate var isAllowedInXML: Bool {
        switch value {
        case 0x09, 0x0A, 0x0D, 0x20...0xFFFD, 0x10000...: true
        default: false
        }
    }
}
