/// The tags of a document, read as the go command reads a page.
///
/// It reads HTML by the rules of XML, leniently (Go's encoding/xml, `Strict = false`): attributes need no value and
/// values no quotes, unknown entities stand for themselves, and tags need no partner; but whatever else is no XML is an
/// error, as `--` in a comment or `a<b && c` in a script. An HTML parser would find more, and would end the head where
/// the go command does not.
struct MarkupReader {
    enum Tag: Equatable {
        case start(Name, [Attribute])
        case end(Name)
    }

    struct Attribute: Equatable {
        let name: Name
        let value: [UInt8]
    }

    /// Without what stands before a colon.
    struct Name: Equatable {
        let local: [UInt8]

        /// Whether it is that name, which is in small letters, in whatever case.
        func `is`(_ name: String) -> Bool {
            local.count == name.utf8.count
                && zip(local, name.utf8).allSatisfy { $0 == $1 || $0 | 0x20 == $1 && $0 > 64 }
        }
    }

    private var source: MarkupBytes
    private var pendingEnd: Name?

    init(_ bytes: [UInt8]) { source = MarkupBytes(bytes) }

    /// Whether all was read: what then ends the reading may be no more than that the document was cut.
    var isAtEnd: Bool { source.isAtEnd }

    /// The next tag; nil at the end.
    mutating func next() throws(MarkupError) -> Tag? {
        if let name = pendingEnd {
            pendingEnd = nil
            return .end(name)
        }
        while !source.isAtEnd {
            guard source.skip("<") else {
                _ = try source.text(until: nil)
                continue
            }
            switch try source.byte() {
            case UInt8(ascii: "/"): return try endTag()
            case UInt8(ascii: "?"): try instruction()
            case UInt8(ascii: "!"): try declaration()
            default:
                source.back()
                return try startTag()
            }
        }
        return nil
    }

    private mutating func endTag() throws(MarkupError) -> Tag {
        let name = try name("element name behind </")
        source.skipBlanks()
        try source.expect(">")
        return .end(name)
    }

    private mutating func startTag() throws(MarkupError) -> Tag {
        let name = try name("element name behind <")
        var attributes: [Attribute] = []
        while true {
            source.skipBlanks()
            switch try source.byte() {
            case UInt8(ascii: ">"): return .start(name, attributes)
            case UInt8(ascii: "/"):
                try source.expect(">")
                pendingEnd = name
                return .start(name, attributes)
            default:
                source.back()
                attributes.append(try attribute())
            }
        }
    }

    private mutating func attribute() throws(MarkupError) -> Attribute {
        let name = try name("attribute name")
        source.skipBlanks()
        guard try source.byte() == UInt8(ascii: "=") else {
            source.back()
            return Attribute(name: name, value: name.local)
        }
        source.skipBlanks()
        return Attribute(name: name, value: try value())
    }

    private mutating func value() throws(MarkupError) -> [UInt8] {
        let first = try source.byte()
        if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") { return try source.text(until: first) }
        source.back()
        return try source.bytes { isAlphanumeric($0) || "_:-".utf8.contains($0) }
    }

    private mutating func wholeName(_ what: String) throws(MarkupError) -> [UInt8] {
        let bytes = try source.nameBytes()
        guard isMarkupName(bytes) else { throw MarkupError("no \(what)") }
        return bytes
    }

    private mutating func name(_ what: String) throws(MarkupError) -> Name {
        let bytes = try wholeName(what)
        let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        if parts.count > 2 { throw MarkupError("no \(what)") }
        let isPrefixed = parts.count == 2 && !parts[0].isEmpty && !parts[1].isEmpty
        return Name(local: isPrefixed ? Array(parts[1]) : bytes)
    }
}

/// Why a document is none that the go command could read on.
struct MarkupError: Error, Equatable {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}

// MARK: What is passed over

extension MarkupReader {
    /// `<?…?>`. One that begins an XML document says in which version and encoding it is.
    private mutating func instruction() throws(MarkupError) {
        let target = try wholeName("target behind <?")
        source.skipBlanks()
        let content = try source.bytes(before: "?>")
        guard target == Array("xml".utf8) else { return }
        let version = pseudoAttribute("version", in: content)
        if let version, version != "1.0" { throw MarkupError("XML of version \(version)") }
        let encoding = pseudoAttribute("encoding", in: content)?.lowercased()
        if let encoding, encoding != "utf-8", encoding != "ascii" { throw MarkupError("encoded in \(encoding)") }
    }

    /// The value behind the first `name=` that has one in quotes; nil where it is empty or missing.
    private func pseudoAttribute(_ name: String, in content: [UInt8]) -> String? {
        var rest = content[...]
        while let found = rest.firstRange(of: Array((name + "=").utf8)) {
            rest = rest[found.upperBound...]
            guard let quote = rest.popFirst() else { return nil }
            guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { continue }
            guard let end = rest.firstIndex(of: quote), end > rest.startIndex else { return nil }
            return String(decoding: rest[..<end], as: UTF8.self)
        }
        return nil
    }

    /// `<!--…-->`, `<![CDATA[…]]>`, `<!DOCTYPE …>`.
    private mutating func declaration() throws(MarkupError) {
        switch try source.byte() {
        case UInt8(ascii: "-"):
            try source.expect("-")
            _ = try source.bytes(before: "--")
            try source.expect(">")
        case UInt8(ascii: "["):
            try source.expect("CDATA[")
            _ = try source.characterData()
        default: try directive()
        }
    }

    /// Up to the `>` that stands in no quotes, in no comment, and in no `<…>` inside.
    private mutating func directive() throws(MarkupError) {
        var depth = 0
        var quote: UInt8?
        while true {
            let byte = try source.byte()
            if quote != nil {
                if byte == quote { quote = nil }
            } else if byte == UInt8(ascii: ">") {
                if depth == 0 { return }
                depth -= 1
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: "<") {
                if source.skip("!--") { _ = try source.bytes(before: "-->") } else { depth += 1 }
            }
        }
    }
}
