/// A piece of a table with addresses: whole rows, without the header.
package struct AddressPiece: Sendable {
    let path: String
    /// The line, from 1, that it begins with.
    let line: Int
    let bytes: [UInt8]
    let columns: AddressColumns
    /// What is written before its rows: the header, once.
    var head: [UInt8] = []

    package init(path: String, line: Int, bytes: [UInt8], columns: AddressColumns, head: [UInt8] = []) {
        self.path = path
        self.line = line
        self.bytes = bytes
        self.columns = columns
        self.head = head
    }
}

/// Reads tables one after another, which have to have the same columns.
struct AddressPieces {
    private var sources: ArraySlice<String>
    private let wanted: String?
    private let isLines: Bool
    private let inferring: Bool

    private var open: (pieces: RowPieces, columns: AddressColumns)?
    private var line = 1
    private var first: (path: String, header: [UInt8], columns: AddressColumns)?

    /// - Parameter sources: paths, or `-` for the standard input.
    init(_ sources: [String], column wanted: String?, isLines: Bool, inferring: Bool) {
        self.sources = sources[...]
        self.wanted = wanted
        self.isLines = isLines
        self.inferring = inferring
    }

    /// Whether the next piece can be had without waiting for whoever writes it.
    var isReady: Bool { open?.pieces.isReady ?? true }

    mutating func next() throws -> AddressPiece? {
        while true {
            if let piece = try open?.pieces.next(), let (pieces, columns) = open {
                defer { line += countOfLines(piece.bytes.span) }
                return AddressPiece(path: pieces.path, line: line, bytes: piece.bytes, columns: columns)
            }
            open = nil
            guard let source = sources.popFirst() else { return nil }
            if let head = try begin(source) { return head }
        }
    }

    /// Opens a table. Returns the piece that has the header alone, where it is the first that has one.
    private mutating func begin(_ source: String) throws -> AddressPiece? {
        var pieces = try RowPieces(
            source == "-" ? .standardInput() : ByteSource(path: source, isReadOnce: true))
        line = 1
        if pieces.isEmpty { return nil }
        let (columns, count) = try isLines ? (.lines, 0) : columns(of: pieces)
        pieces.hasQuotes = columns != .lines
        let taken = pieces.take(count)
        let header = Array(taken[..<endOfText(taken.span, 0..<taken.count)])
        line += countOfLines(taken.span)
        open = (pieces, columns)
        if let first {
            if first.columns == columns, first.header == header { return nil }
            throw StudyError.malformed(
                pieces.path, line: 1, "its columns are not those of \(first.path)",
                hint: "identify tables of other columns each by itself")
        }
        first = (pieces.path, header, columns)
        if columns == .lines { return nil }
        return AddressPiece(path: pieces.path, line: 1, bytes: [], columns: columns, head: head(header))
    }

    private func columns(of pieces: RowPieces) throws -> (AddressColumns, count: Int) {
        let row: (fields: [[UInt8]], count: Int)
        do throws(RowFault) {
            row = try pieces.firstRow() ?? ([[]], 0)
        } catch {
            throw StudyError.malformed(pieces.path, line: 1, error.reason, hint: Self.whatATableIs)
        }
        do throws(RefusedHeader) {
            let columns = try AddressColumns(row.fields, wanted: wanted)
            return (columns, columns == .lines ? 0 : row.count)
        } catch {
            throw StudyError.malformed(pieces.path, line: 1, error.reason, hint: error.hint)
        }
    }

    private func head(_ header: [UInt8]) -> [UInt8] {
        let names = IdentifiedColumn.added(inferring: inferring).map { "," + $0.rawValue }.joined()
        return header + Array(names.utf8) + [10]
    }

    static let whatATableIs =
        "a table is UTF-8 CSV (RFC 4180), and its first line names the columns; where each line is an address, use --lines"
}

/// Behind the text of a row, in front of its line's end.
func endOfText(_ text: Span<UInt8>, _ row: Range<Int>) -> Int {
    var end = row.upperBound
    if end > row.lowerBound, text[end - 1] == 10 { end -= 1 }
    if end > row.lowerBound, text[end - 1] == 13 { end -= 1 }
    return end
}

func countOfLines(_ text: Span<UInt8>) -> Int {
    var count = 0
    for index in 0..<text.count where text[index] == 10 { count &+= 1 }
    return count
}
