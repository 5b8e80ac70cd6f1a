/// The fields that were wanted of a row of a table.
///
/// A field is text or NULL, and text may be empty: databases tell the two apart.
public struct FieldRow: Hashable, Sendable {
    /// The columns that were asked for, in that order.
    public let columns: [String]

    private var text: [UInt8] = []
    private var fields: [Range<Int>?]

    init(_ columns: [String]) {
        self.columns = columns
        fields = Array(repeating: nil, count: columns.count)
    }

    /// The text of a column that was asked for; nil where it is NULL. Bytes that are not UTF-8 become U+FFFD.
    public subscript(_ column: String) -> String? {
        bytes(column).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The bytes of a column that was asked for; nil where it is NULL.
    public func bytes(_ column: String) -> ArraySlice<UInt8>? {
        guard let index = columns.firstIndex(of: column) else { preconditionFailure("\(column) was not asked for") }
        return fields[index].map { text[$0] }
    }

    /// The text of a column that was asked for, exactly; nil where it is NULL.
    ///
    /// - Throws: where its bytes are no UTF-8, and no text is exactly these.
    public func text(_ column: String) throws(RecordError) -> String? {
        guard let bytes = bytes(column) else { return nil }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw RecordError(at: column, "its \(column) is no UTF-8")
        }
        return text
    }

    /// The text of a column that must have one, exactly.
    ///
    /// - Throws: where it is NULL, empty or no UTF-8.
    public func neededText(_ column: String) throws(RecordError) -> String {
        guard let text = try text(column), !text.isEmpty else { throw RecordError(at: column, "it has no \(column)") }
        return text
    }

    /// The number of a column that must have one.
    public func number(_ column: String) throws(RecordError) -> Int64 {
        let text = try neededText(column)
        guard let number = Int64(text) else { throw RecordError(at: column, "its \(column) is no number") }
        return number
    }

    /// The pairs of a column of type hstore; none where it is NULL.
    public func pairs(_ column: String) throws(RecordError) -> HStore {
        guard let pairs = HStore(try text(column) ?? "") else {
            throw RecordError(at: column, "its \(column) is no hstore")
        }
        return pairs
    }

    /// Whether a column is true, as PostgreSQL writes it: `t`.
    public func isTrue(_ column: String) -> Bool { bytes(column)?.elementsEqual("t".utf8) ?? false }

    /// All of them, in the order of the columns.
    public var values: [[UInt8]?] { fields.map { $0.map { Array(text[$0]) } } }

    mutating func append(_ bytes: some Sequence<UInt8>) {
        text += bytes
    }

    /// Ends the field whose text was appended behind the last one.
    mutating func end(_ column: Int, isNull: Bool) {
        let start = fields.reduce(0) { max($0, $1?.upperBound ?? 0) }
        fields[column] = isNull ? nil : start..<text.count
    }
}

/// Where the columns that were asked for stand in a table: by name, in any order.
struct ColumnPlaces: Sendable {
    let wanted: [String]

    /// For each column of the table, which of the wanted ones it is.
    let places: [Int?]

    /// - Throws: `RecordError` where one is missing, or two have one name.
    init(_ wanted: [String], among names: [String], at place: String) throws {
        self.wanted = wanted
        // By their bytes: to `String` some names are one that are not.
        let known = names.map { Array($0.utf8) }
        guard Set(known).count == known.count else { throw RecordError(at: place, "two columns have one name") }
        if let missing = wanted.first(where: { !known.contains(Array($0.utf8)) }) {
            throw RecordError(at: place, "it has no column \(missing)")
        }
        places = known.map { name in wanted.firstIndex { $0.utf8.elementsEqual(name) } }
    }
}
