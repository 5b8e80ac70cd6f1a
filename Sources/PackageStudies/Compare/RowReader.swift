import RepositoryAddresses

/// Reads the rows of one piece of a list, with the columns by their meaning.
struct RowReader {
    var cursor: RowCursor
    private let places: [Int]

    init(_ columns: ListColumns) {
        cursor = RowCursor(width: columns.meanings.count)
        places = ListColumn.allCases.map { column in columns.meanings.firstIndex(of: column) ?? 0 }
    }

    mutating func advance(_ text: Span<UInt8>) throws(RowFault) -> Bool { try cursor.advance(text) }

    func value<Answer>(
        _ column: ListColumn, of text: Span<UInt8>, _ body: (Span<UInt8>) -> Answer
    ) -> Answer {
        cursor.value(places[column.rawValue], of: text, body)
    }

    func platform(of text: Span<UInt8>) throws(RowFault) -> [UInt8] {
        let name = value(.platform, of: text) { $0.copy(0..<$0.count) }
        if name.isEmpty { throw RowFault(offset: cursor.start, reason: "the row names no platform") }
        return name
    }
}
