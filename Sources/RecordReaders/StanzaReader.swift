/// Reads the stanzas of a deb822 file, such as Debian's `Sources` and `Packages`
/// (https://www.debian.org/doc/debian-policy/ch-controlfields.html; deb822(5)).
///
/// A stanza ends at a blank line, the last one also at the end. A line that begins with a blank goes on with the field
/// before it, one that begins with `#` is a comment, wherever it stands. Each line ends with a line feed: a file that
/// lacks the last one was cut off.
public struct StanzaReader: RecordReader {
    private let wanted: Set<String>?
    private let limit: Int
    private var lines: LineReader
    private var stanza = Stanza(number: 1)
    private var names: Set<String> = []
    private var isKept = false
    private var size = 0

    /// - Parameters:
    ///   - fields: those that are wanted, in any case; nil for all. The values of others are passed over.
    ///   - limit: the largest stanza, in bytes.
    public init(taking fields: [String]? = nil, limit: Int = 4 << 20) {
        wanted = fields.map { Set($0.map { $0.lowercased() }) }
        self.limit = limit
        lines = LineReader(limit: limit, lastMayBeOpen: false)
    }

    public mutating func feed(_ bytes: [UInt8]) {
        lines.feed(bytes)
    }

    public mutating func next() throws -> Stanza? {
        while let line = try lines.next() {
            if let stanza = try take(line) { return stanza }
        }
        return nil
    }

    public mutating func finish() throws -> Stanza? {
        while let line = try lines.finish() {
            if let stanza = try take(line) { return stanza }
        }
        return end()
    }

    private mutating func take(_ line: ArraySlice<UInt8>) throws -> Stanza? {
        guard line.first != UInt8(ascii: "#") else { return nil }
        let text = line.trimmed
        guard !text.isEmpty else { return end() }
        size += line.count
        if size > limit { throw error("the stanza is larger than \(limit) bytes") }
        if line.first.map(isBlank) == true {
            guard !names.isEmpty else { throw error("it goes on with a field, and there is none") }
            if isKept { stanza.goOn(with: line.dropFirst().trimmedAtEnd) }
        } else {
            try begin(text)
        }
        return nil
    }

    private mutating func begin(_ line: ArraySlice<UInt8>) throws {
        let name = line.prefix { $0 != UInt8(ascii: ":") }
        // Printable ASCII without blanks (policy, 5.1).
        guard name.endIndex < line.endIndex, !name.isEmpty, name.allSatisfy({ (33...126).contains($0) }),
            name.first != UInt8(ascii: "-")
        else {
            throw error("it is no field")
        }
        let text = String(decoding: name, as: UTF8.self)
        guard names.insert(text.lowercased()).inserted else { throw error("the stanza has \(text) twice") }
        isKept = wanted?.contains(text.lowercased()) ?? true
        if isKept { stanza.begin(text, with: line[(name.endIndex + 1)...].trimmed) }
    }

    private mutating func end() -> Stanza? {
        guard !names.isEmpty else { return nil }
        defer {
            stanza = Stanza(number: stanza.number + 1)
            names = []
            size = 0
        }
        return stanza
    }

    private func error(_ reason: String) -> RecordError {
        RecordError(at: "line \(lines.number)", reason)
    }
}

/// A blank of deb822. A carriage return counts as one: some files were edited where lines end with it.
private func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 13 }

extension ArraySlice<UInt8> {
    fileprivate var trimmed: ArraySlice { drop(while: isBlank).trimmedAtEnd }

    fileprivate var trimmedAtEnd: ArraySlice {
        self[..<(lastIndex { !isBlank($0) } ?? startIndex - 1).advanced(by: 1)]
    }
}
