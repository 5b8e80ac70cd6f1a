import RecordReaders

/// A value that R has written, as much of it as tables of texts need: texts and symbols by where they begin in the file,
/// whole numbers, the values in it. A list of pairs has those with tags as attributes too.
struct RValue {
    var texts: [Int] = []
    var numbers: [Int] = []
    var list: [RValue] = []
    var attributes: [String: RValue] = [:]
}

/// Reads what R's `saveRDS` writes, versions 2 and 3 in big-endian order (R-ints, "Serialization Formats"; R 4.2's
/// `serialize.c`). What it does not know it refuses: nothing can be told of what stands behind.
struct RDSReader {
    private let bytes: [UInt8]
    private var place = 2
    private var symbols: [RValue] = []

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The value of a file that begins with `X\n`, up to the file's end.
    mutating func file() throws -> RValue {
        let version = try integer()
        guard version == 2 || version == 3 else { throw error("format version \(version) is not read") }
        // The version of R that wrote it, the oldest that reads it, and the encoding of texts without a flag.
        _ = try taken(8)
        if version == 3 { _ = try taken(length(of: 1)) }
        let value = try value(0)
        guard place == bytes.count else { throw error("something stands behind the value") }
        return value
    }

    private mutating func value(_ depth: Int) throws -> RValue {
        guard depth < 100 else { throw error("it is nested too deep") }
        let flags = try integer()
        var (value, type) = (RValue(), flags & 0xFF)
        switch type {
        case 254: return value
        case 255:
            let index = flags >> 8 == 0 ? try integer() : flags >> 8
            guard symbols.indices.contains(index - 1) else { throw error("it points to no symbol") }
            return symbols[index - 1]
        case 1:
            symbols.append(RValue(texts: [try text()]))
            return symbols[symbols.count - 1]
        case 2: return try pairs(from: flags, depth + 1)
        case 10, 13: value.numbers = try (0..<length(of: 4)).map { _ in try integer() }
        case 14: _ = try taken(length(of: 8) * 8)
        case 16: value.texts = try (0..<length(of: 8)).map { _ in try text() }
        case 19: value.list = try (0..<length(of: 4)).map { _ in try self.value(depth + 1) }
        case 238:
            // A vector that R holds otherwise: its class, what it is made of. Texts of numbers and rows of them are passed.
            let name = try pairs(from: integer(), depth + 1).list.first?.texts.first.flatMap(string) ?? ""
            value = try self.value(depth + 1).list.first ?? value
            if name.hasPrefix("wrap_") || ["compact_intseq", "compact_realseq", "deferred_string"].contains(name) {
                break
            }
            throw error("R's class '\(name.prefix(40))' is not read")
        default: throw error("R's type \(type) is not read")
        }
        if flags & 0x200 != 0 || type == 238 { value.attributes = try pairs(from: integer(), depth + 1).attributes }
        return value
    }

    /// The last one has no tag, where the list does not end with nothing.
    private mutating func pairs(from first: Int, _ depth: Int) throws -> RValue {
        var (pairs, flags) = (RValue(), first)
        while flags & 0xFF == 2 {
            if flags & 0x200 != 0 { _ = try value(depth) }
            let tag = flags & 0x400 != 0 ? try value(depth).texts.first.flatMap(string) : nil
            pairs.list.append(try value(depth))
            if let tag { pairs.attributes[tag] = pairs.attributes[tag] ?? pairs.list.last }
            flags = try integer()
        }
        if flags & 0xFF == 254 { return pairs }
        place -= 4
        pairs.list.append(try value(depth))
        return pairs
    }

    private mutating func text() throws -> Int {
        guard try integer() & 0xFF == 9 else { throw error("no text stands where one should") }
        return try taken(max(0, integer())) - 8
    }

    /// The text at a place; nil for NA, which is not the text `NA`. Latin-1 is flagged, all else is taken for UTF-8.
    func string(at place: Int) -> String? {
        let (flags, count) = (integer(place), integer(place + 4))
        let text = bytes[place + 8..<place + 8 + max(0, count)]
        if count < 0 || flags & 0x4000 == 0 { return count < 0 ? nil : String(decoding: text, as: UTF8.self) }
        return String(String.UnicodeScalarView(text.map { Unicode.Scalar($0) }))
    }

    /// How many elements follow, of so many bytes or more.
    private mutating func length(of size: Int) throws -> Int {
        let short = try integer()
        let length = short == -1 ? try integer() << 32 | integer() & 0xFFFF_FFFF : short
        guard length >= 0, length <= (bytes.count - place) / size else { throw error("the file is cut off") }
        return length
    }

    /// Where that many bytes begin.
    private mutating func taken(_ count: Int) throws -> Int {
        guard count <= bytes.count - place else { throw error("the file is cut off") }
        defer { place += count }
        return place
    }

    private mutating func integer() throws -> Int { integer(try taken(4)) }
    private func integer(_ at: Int) -> Int {
        Int(Int32(bitPattern: bytes[at..<at + 4].reduce(0) { $0 << 8 | UInt32($1) }))
    }
    private func error(_ reason: String) -> RecordError { RecordError(at: "byte \(place)", reason) }
}
