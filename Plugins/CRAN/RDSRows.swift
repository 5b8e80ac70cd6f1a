import RecordReaders

/// Columns of a table that R has written with `saveRDS`, row by row; nil for NA. It is held until its end, where R names
/// its columns. Read are versions 2 and 3 in big-endian order (R-ints, "Serialization Formats"; R 4.2's `serialize.c`).
struct RDSRows: RecordReader {
    /// Of several columns of a name the first is meant.
    let names: [String]
    private var bytes: [UInt8] = []
    private var place = 2
    private var symbols: [RValue] = []
    private var columns: [[String?]] = []

    init(columns names: [String]) { self.names = names }
    mutating func feed(_ bytes: [UInt8]) { self.bytes += bytes }

    mutating func next() throws -> [String?]? {
        if bytes.count < 2 || bytes.starts(with: "X\n".utf8) { return nil }
        throw error("of R's formats X is read, and not '\(String(decoding: bytes.prefix(1), as: UTF8.self))'")
    }

    mutating func finish() throws -> [String?]? {
        if columns.isEmpty {
            guard try [2, 3].contains(integer()) else { throw error("its format version is neither 2 nor 3") }
            // The version of R that wrote it, the oldest that reads it; in version 3 the encoding of texts without a flag.
            _ = try taken(8)
            if bytes[5] == 3 { _ = try taken(length(of: 1)) }
            let table = try value(0)
            guard place == bytes.count else { throw error("something stands behind the table") }
            columns = try names.map { try column($0, of: table).reversed() }
            guard columns.allSatisfy({ $0.count == columns[0].count }) else { throw error("columns differ in length") }
        }
        return columns[0].isEmpty ? nil : columns.indices.map { columns[$0].removeLast() }
    }

    /// A column of a matrix, which lies column by column, or of a data frame. A factor has its texts as levels.
    private func column(_ name: String, of table: RValue) throws -> [String?] {
        let titles = (table.attributes["names"] ?? table.attributes["dimnames"]?.list.last)?.texts ?? []
        let index = titles.firstIndex { string(at: $0) == name }
        let (shape, na) = (table.attributes["dim"]?.numbers ?? [], Int(Int32.min))
        if let index, shape.last == titles.count, shape[0] * titles.count == table.texts.count {
            return table.texts[index * shape[0]..<(index + 1) * shape[0]].map(string)
        }
        let column = index.flatMap { table.list.count == titles.count ? table.list[$0] : nil } ?? RValue()
        let (texts, codes, levels) = (column.texts, column.numbers, column.attributes["levels"]?.texts ?? [])
        guard !(texts + codes).isEmpty, codes.allSatisfy({ $0 == na || levels.indices.contains($0 - 1) }) else {
            throw error("it has no column '\(name)' of texts")
        }
        return texts.map(string) + codes.map { $0 == na ? nil : string(at: levels[$0 - 1]) }
    }
}

/// As much of a value as tables of texts need: texts and symbols by where they begin in the file, whole numbers, the
/// values in it. A list of pairs has those with tags as attributes too.
private struct RValue {
    var texts: [Int] = []
    var numbers: [Int] = []
    var list: [RValue] = []
    var attributes: [String: RValue] = [:]
}

extension RDSRows {
    private mutating func value(_ depth: Int) throws -> RValue {
        guard depth < 100 else { throw error("it is nested too deep") }
        var (flags, value) = (try integer(), RValue())
        switch flags & 0xFF {
        case 254: return value
        case 255:
            let index = flags >> 8 == 0 ? try integer() : flags >> 8
            guard symbols.indices.contains(index - 1) else { throw error("it points to no symbol") }
            return symbols[index - 1]
        case 1:
            symbols.append(RValue(texts: [try text()]))
            return symbols[symbols.count - 1]
        case 2: return try pairs(flags, depth + 1)
        case 10, 13: value.numbers = try (0..<length(of: 4)).map { _ in try integer() }
        case 14: _ = try taken(length(of: 8) * 8)
        case 16: value.texts = try (0..<length(of: 8)).map { _ in try text() }
        case 19: value.list = try (0..<length(of: 4)).map { _ in try self.value(depth + 1) }
        case 238:
            // A vector in a wrapper (`wrap_…`); texts of numbers (`deferred_…`) and rows of them (`compact_…`) are passed.
            let name = try pairs(integer(), depth + 1).list.first?.texts.first.flatMap(string) ?? ""
            value = try self.value(depth + 1).list.first ?? value
            guard ["wrap", "defe", "comp"].contains(name.prefix(4)) else {
                throw error("R's class '\(name)' is not read")
            }
        default: throw error("R's type \(flags & 0xFF) is not read")
        }
        if flags & 0x200 != 0 || flags & 0xFF == 238 { value.attributes = try pairs(integer(), depth + 1).attributes }
        return value
    }

    /// The last one has no tag, where the list does not end with nothing.
    private mutating func pairs(_ first: Int, _ depth: Int) throws -> RValue {
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

    /// Nil for NA, which is not the text `NA`. Latin-1 is flagged, all else is taken for UTF-8.
    private func string(at place: Int) -> String? {
        let (flags, count) = (integer(place), integer(place + 4))
        if count < 0 { return nil }
        let text = bytes[place + 8..<place + 8 + count]
        if flags & 0x4000 == 0 { return String(decoding: text, as: UTF8.self) }
        return String(String.UnicodeScalarView(text.map { Unicode.Scalar($0) }))
    }

    /// How many elements follow, of so many bytes or more: -1 says that the number has 64 bits.
    private mutating func length(of size: Int) throws -> Int {
        var length = try integer()
        if length == -1 { length = try integer() << 32 | integer() & 0xFFFF_FFFF }
        guard length >= 0, length <= (bytes.count - place) / size else { throw error("the file is cut off") }
        return length
    }

    private mutating func taken(_ count: Int) throws -> Int {
        guard count <= bytes.count - place else { throw error("the file is cut off") }
        place += count
        return place - count
    }

    private mutating func integer() throws -> Int { integer(try taken(4)) }
    private func integer(_ at: Int) -> Int {
        Int(Int32(bitPattern: bytes[at..<at + 4].reduce(0) { $0 << 8 | UInt32($1) }))
    }
    private func error(_ reason: String) -> RecordError { RecordError(at: "byte \(place)", reason) }
}
