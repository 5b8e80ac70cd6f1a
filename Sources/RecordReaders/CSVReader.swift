/// Reads CSV as PostgreSQL's `COPY … CSV HEADER` writes it: columns by their names in the header, in any order.
///
/// A field with a comma, a quote or a line end in it is quoted as a whole, a quote inside is doubled. Nothing between
/// two commas is NULL, `""` is an empty text, and a backslash is a backslash
/// (https://www.postgresql.org/docs/current/sql-copy.html). Each row has as many fields as the header and ends with a
/// line feed, the last one too; another text is refused. Blank lines are passed over, where a row has several fields.
public struct CSVReader: RecordReader {
    private enum State { case fieldStart, plain, quoted, quoteInQuoted, carriageReturn }

    private let wanted: [String]
    private let fieldLimit: Int
    private var columns: ColumnPlaces?
    private var header: [String] = []
    private var chunk: [UInt8] = []
    private var taken = 0
    private var state = State.fieldStart
    private var row: FieldRow
    private var rowNumber = 0
    private var field = 0
    private var fieldSize = 0
    private var isQuoted = false

    /// - Parameters:
    ///   - columns: those that are wanted. The texts of others are passed over.
    ///   - fieldLimit: the largest field, in bytes, wanted or not.
    public init(columns: [String], fieldLimit: Int = 16 << 20) {
        wanted = columns
        self.fieldLimit = fieldLimit
        row = FieldRow(["header"])
    }

    public mutating func feed(_ bytes: [UInt8]) {
        chunk = bytes
        taken = 0
    }

    public mutating func next() throws -> FieldRow? {
        while taken < chunk.count {
            switch state {
            case .fieldStart: beginField()
            case .plain: if let row = try readPlain() { return row }
            case .quoted: try readQuoted()
            case .quoteInQuoted: if let row = try readBehindQuote() { return row }
            case .carriageReturn:
                guard chunk[taken] == newline else { throw error("a carriage return stands outside of quotes") }
                if let row = try endField(by: newline) { return row }
            }
        }
        return nil
    }

    public mutating func finish() throws -> FieldRow? {
        if let row = try next() { return row }
        guard state == .fieldStart && field == 0 else { throw error("it is cut off") }
        guard columns != nil else { throw error("there is no header") }
        return nil
    }

    private mutating func beginField() {
        isQuoted = chunk[taken] == quote
        state = isQuoted ? .quoted : .plain
        if isQuoted { taken += 1 }
    }

    private mutating func readPlain() throws -> FieldRow? {
        try keep(upTo: chunk[taken...].firstIndex { endsPlain($0) })
        guard taken < chunk.count else { return nil }
        if chunk[taken] == quote { throw error("a quote stands inside a field that is not quoted") }
        return try endField(by: chunk[taken])
    }

    private mutating func readQuoted() throws {
        try keep(upTo: chunk[taken...].firstIndex(of: quote))
        guard taken < chunk.count else { return }
        taken += 1
        state = .quoteInQuoted
    }

    private mutating func readBehindQuote() throws -> FieldRow? {
        switch chunk[taken] {
        case quote:
            try keep(upTo: taken + 1)
            state = .quoted
            return nil
        case comma, newline, carriageReturn: return try endField(by: chunk[taken])
        default: throw error("something stands behind the quote that ends a field")
        }
    }

    private mutating func keep(upTo end: Int?) throws {
        let part = chunk[taken..<(end ?? chunk.count)]
        taken = part.endIndex
        fieldSize += part.count
        if fieldSize > fieldLimit { throw error("a field is larger than \(fieldLimit) bytes") }
        if isWanted { row.append(part) }
    }

    private var isWanted: Bool {
        guard let columns else { return true }
        return field < columns.places.count && columns.places[field] != nil
    }

    private mutating func endField(by byte: UInt8) throws -> FieldRow? {
        taken += 1
        if byte == carriageReturn {
            state = .carriageReturn
            return nil
        }
        state = .fieldStart
        // All of the header is held: its fields may not together be larger than one.
        defer { if columns != nil { fieldSize = 0 } }
        if let columns {
            if byte == newline && field == 0 && isBlank && columns.places.count > 1 { return nil }
            guard field < columns.places.count else { throw wrongCount(columns) }
            if let place = columns.places[field] { row.end(place, isNull: isBlank) }
        } else {
            endHeaderField()
        }
        field += 1
        return byte == newline ? try endRow() : nil
    }

    private var isBlank: Bool { !isQuoted && fieldSize == 0 }

    private mutating func endHeaderField() {
        row.end(0, isNull: false)
        header.append(row["header"] ?? "")
        row = FieldRow(["header"])
    }

    private mutating func endRow() throws -> FieldRow? {
        if let columns {
            guard field == columns.places.count else { throw wrongCount(columns) }
        } else {
            columns = try ColumnPlaces(wanted, among: header, at: "the header")
        }
        defer {
            row = FieldRow(wanted)
            rowNumber += 1
            field = 0
        }
        return rowNumber == 0 ? nil : row
    }

    private func wrongCount(_ columns: ColumnPlaces) -> RecordError {
        error("it has not as many fields as the header, \(columns.places.count)")
    }

    private func error(_ reason: String) -> RecordError {
        RecordError(at: rowNumber == 0 ? "the header" : "row \(rowNumber)", reason)
    }
}

private func endsPlain(_ byte: UInt8) -> Bool {
    byte == comma || byte == newline || byte == carriageReturn || byte == quote
}

private let comma = UInt8(ascii: ",")
private let quote = UInt8(ascii: "\"")
private let carriageReturn = UInt8(ascii: "\r")
