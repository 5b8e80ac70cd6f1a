/// Reads the rows of some tables of a dump as pg_dump writes it: SQL with blocks of `COPY` text.
///
/// ```
/// COPY public.gems (id, name, "position") FROM stdin;
/// 1	rails	\N
/// \.
/// ```
///
/// What stands outside of blocks, and the rows of other tables, are passed over. The columns are found by the names in
/// the block's head (https://www.postgresql.org/docs/current/sql-copy.html, "Text Format"). Each block must be there,
/// once, and end with its `\.`.
public struct CopyReader: RecordReader {
    public struct Table: Hashable, Sendable {
        /// With its schema, as in `public.gems`; without quotes.
        public let name: String
        /// Those that are wanted.
        public let columns: [String]

        public init(_ name: String, columns: [String]) {
            self.name = name
            self.columns = columns
        }
    }

    public struct Row: Hashable, Sendable {
        /// The name that the table was asked for by.
        public let table: String
        public let fields: FieldRow
    }

    private enum Part { case outside, passedOver, table(String, ColumnPlaces) }

    private let tables: [Table]
    private var lines: LineReader
    private var part = Part.outside
    private var seen: Set<String> = []

    /// - Parameter lineLimit: the longest line of the dump, in bytes, wanted or not.
    public init(_ tables: [Table], lineLimit: Int = 16 << 20) {
        self.tables = tables
        lines = LineReader(limit: lineLimit, lastMayBeOpen: false)
    }

    public mutating func feed(_ bytes: [UInt8]) {
        lines.feed(bytes)
    }

    public mutating func next() throws -> Row? {
        while let line = try lines.next() {
            if let row = try take(line) { return row }
        }
        return nil
    }

    public mutating func finish() throws -> Row? {
        while let line = try lines.finish() {
            if let row = try take(line) { return row }
        }
        guard case .outside = part else { throw RecordError(at: "line \(lines.number)", "a table is cut off") }
        if let missing = tables.first(where: { !seen.contains($0.name) }) {
            throw RecordError(at: "the dump", "it has no table \(missing.name)")
        }
        return nil
    }

    private mutating func take(_ line: ArraySlice<UInt8>) throws -> Row? {
        if case .outside = part {
            try begin(line)
        } else if line.elementsEqual(#"\."#.utf8) {
            part = .outside
        } else if case .table(let table, let columns) = part {
            return Row(table: table, fields: try fields(of: line, columns))
        }
        return nil
    }

    private mutating func begin(_ line: ArraySlice<UInt8>) throws {
        guard let head = try CopyHead(line, at: here) else { return }
        guard let table = tables.first(where: { $0.name.utf8.elementsEqual(head.table.utf8) }) else {
            part = .passedOver
            return
        }
        guard seen.insert(table.name).inserted else { throw RecordError(at: here, "\(table.name) comes twice") }
        part = .table(table.name, try ColumnPlaces(table.columns, among: head.columns, at: here))
    }

    private func fields(of line: ArraySlice<UInt8>, _ columns: ColumnPlaces) throws -> FieldRow {
        var row = FieldRow(columns.wanted)
        var field = 0
        var rest = line
        while true {
            let end = rest.firstIndex(of: tab) ?? rest.endIndex
            guard field < columns.places.count else { break }
            if let place = columns.places[field] { try keep(rest[..<end], at: place, in: &row) }
            field += 1
            guard end < rest.endIndex else {
                guard field == columns.places.count else { break }
                return row
            }
            rest = rest[(end + 1)...]
        }
        throw RecordError(at: here, "the row has not as many fields as its head, \(columns.places.count)")
    }

    private func keep(_ field: ArraySlice<UInt8>, at place: Int, in row: inout FieldRow) throws {
        let isNull = field.elementsEqual(#"\N"#.utf8)
        if !isNull {
            guard let text = CopyText.unescaped(field) else {
                throw RecordError(at: here, "a field ends in a backslash")
            }
            row.append(text)
        }
        row.end(place, isNull: isNull)
    }

    private var here: String { "line \(lines.number)" }
}

private let tab = UInt8(ascii: "\t")
