/// Makes UTF-8 of a document's bytes as they arrive.
struct DocumentDecoder {
    private var converter: (any TextConverter)?
    private var head: [UInt8] = []
    private let replacesIllFormedBytes: Bool
    private var isBeforeDocument = true

    /// Lines that were passed over before the document's first character.
    private(set) var linesBefore = 0

    init(replacesIllFormedBytes: Bool) {
        self.replacesIllFormedBytes = replacesIllFormedBytes
    }

    mutating func decode(_ bytes: ArraySlice<UInt8>) throws -> ArraySlice<UInt8> {
        if converter != nil { return try convert(bytes) }
        head += bytes
        dropBlanksOfHead()
        guard let encoding = DocumentEncoding(head: head, isWhole: false) else { return [] }
        return try begin(encoding)
    }

    mutating func finish() throws -> ArraySlice<UInt8> {
        var rest: ArraySlice<UInt8> = []
        if converter == nil, let encoding = DocumentEncoding(head: head, isWhole: true) { rest = try begin(encoding) }
        if let last = try converter?.finish() { rest += withoutLeadingBlanks(last) }
        return rest
    }

    private mutating func begin(_ encoding: DocumentEncoding) throws -> ArraySlice<UInt8> {
        converter =
            encoding.isUTF8
            ? UTF8Converter(replacesIllFormedBytes: replacesIllFormedBytes)
            : try IconvConverter(from: encoding.name, replacesIllFormedBytes: replacesIllFormedBytes)
        defer { head = [] }
        return try convert(head[...])
    }

    private mutating func convert(_ bytes: ArraySlice<UInt8>) throws -> ArraySlice<UInt8> {
        guard let text = try converter?.convert(bytes) else { return [] }
        return withoutLeadingBlanks(text)
    }

    /// White space before the document need not be kept until the encoding is known.
    private mutating func dropBlanksOfHead() {
        let blanks = head.prefix { $0.isXMLBlank }
        linesBefore += blanks.count { $0 == 0x0A }
        head.removeFirst(blanks.count)
    }

    private mutating func withoutLeadingBlanks(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard isBeforeDocument else { return text }
        let start = text.starts(with: [0xEF, 0xBB, 0xBF]) ? text.dropFirst(3) : text
        let blanks = start.prefix { $0.isXMLBlank }
        linesBefore += blanks.count { $0 == 0x0A }
        let document = start.dropFirst(blanks.count)
        isBeforeDocument = document.isEmpty
        return document
    }
}

/// Makes UTF-8 of text in one encoding, whose characters may lie across two chunks.
protocol TextConverter {
    mutating func convert(_ bytes: ArraySlice<UInt8>) throws -> ArraySlice<UInt8>
    /// What is left of a character that was cut off.
    mutating func finish() throws -> ArraySlice<UInt8>
}

/// Bytes that are no text of their encoding.
struct UndecodableBytes: Error {
    let reason: String
}

extension UInt8 {
    var isXMLBlank: Bool { self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 }
}
