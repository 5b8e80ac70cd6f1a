import RecordReaders

/// Reads a TOML 1.0 document (https://toml.io/en/v1.0.0) into its tables.
///
/// TOMLKit 0.6.0 was to be used and cannot be: `[}` aborts the process (an assertion of toml++ 3.4.0), a key of 20,000
/// parts overruns the stack, a text ends at a NUL, and nothing that it reads is ever freed.
struct TOMLReader {
    /// How deep values may be in each other, and how many parts a key may have: more is refused before it is built.
    static var deepest: Int { 32 }

    let bytes: [UInt8]
    var at = 0
    private let root = TOMLNode(.header)
    private var table: TOMLNode

    /// The header or the inline table that is read, by number: what its dotted keys open, only they may add to.
    private var section = 0
    private var sections = 0
    private var depth = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        table = root
    }

    mutating func read() throws(RecordError) -> TOMLNode {
        guard String(validating: bytes, as: UTF8.self) != nil else { throw error("the document is not UTF-8") }
        try skipBlank()
        while let byte = byte {
            if byte == UInt8(ascii: "[") { try readHeader() } else { try readMember(of: table) }
            try endLine()
            try skipBlank()
        }
        return root
    }

    private mutating func readHeader() throws(RecordError) {
        let isList = bytes[at...].starts(with: "[[".utf8)
        at += isList ? 2 : 1
        let start = at
        let key = try readKey()
        try take(isList ? "]]" : "]")
        sections += 1
        section = sections
        guard let opened = isList ? root.append(key) : root.open(key) else { throw twice(key, at: start) }
        table = opened
    }

    private mutating func readMember(of table: TOMLNode) throws(RecordError) {
        let start = at
        let key = try readKey()
        try take("=")
        skipSpace()
        let value = try readValue()
        guard table.insert(value, at: key, section: section) else { throw twice(key, at: start) }
    }

    private mutating func readKey() throws(RecordError) -> [[UInt8]] {
        var parts: [[UInt8]] = []
        repeat {
            skipSpace()
            parts.append(try readKeyPart())
            skipSpace()
            if parts.count > Self.deepest { throw error("a key has more than \(Self.deepest) parts") }
        } while skip(".")
        return parts
    }

    private mutating func readKeyPart() throws(RecordError) -> [UInt8] {
        if let quote = byte, isQuote(quote) { return try readLine(in: quote) }
        let part = bytes[at...].prefix { isBare($0) }
        guard !part.isEmpty else { throw error("no key stands where one should") }
        at = part.endIndex
        return Array(part)
    }

    private mutating func readValue() throws(RecordError) -> TOMLNode.Entry {
        guard let byte else { throw error("no value stands where one should") }
        if isQuote(byte) { return .text(try readText(in: byte)) }
        guard byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") else { return try readScalar() }
        depth += 1
        defer { depth -= 1 }
        if depth > Self.deepest { throw error("values are in each other more than \(Self.deepest) deep") }
        at += 1
        return byte == UInt8(ascii: "[") ? try readArray() : .table(try readInlineTable())
    }

    private mutating func readArray() throws(RecordError) -> TOMLNode.Entry {
        try skipBlank()
        while byte != UInt8(ascii: "]") {
            _ = try readValue()
            try skipBlank()
            guard skip(",") else { break }
            try skipBlank()
        }
        try take("]")
        return .other
    }

    private mutating func readInlineTable() throws(RecordError) -> TOMLNode {
        let outer = section
        defer { section = outer }
        sections += 1
        section = sections
        let inline = TOMLNode(.inline)
        skipSpace()
        if skip("}") { return inline }
        repeat {
            try readMember(of: inline)
            skipSpace()
        } while skip(",")
        try take("}")
        return inline
    }

    private mutating func readScalar() throws(RecordError) -> TOMLNode.Entry {
        let length = TOMLScalar.length(bytes[at...])
        guard TOMLScalar.isOne(bytes[at..<at + length]) else { throw error("no value stands where one should") }
        at += length
        return .other
    }

    private func twice(_ key: [[UInt8]], at place: Int) -> RecordError {
        let key = key.map { String(decoding: $0, as: UTF8.self) }.joined(separator: ".")
        return error("'\(key)' is there already, or is no table", at: place)
    }
}

private func isBare(_ byte: UInt8) -> Bool {
    byte &- 48 < 10 || (byte | 0x20) &- 97 < 26 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
}

private func isQuote(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") }
