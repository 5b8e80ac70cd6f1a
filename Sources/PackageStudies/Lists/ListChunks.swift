/// A piece of a list: whole rows, without the header.
struct ListChunk: Sendable {
    let list: Int
    /// Its place among the pieces of all lists.
    let sequence: Int
    let offset: Int
    let bytes: [UInt8]
    let columns: ListColumns
}

/// Cuts lists into pieces of whole rows, one list after another.
struct ListChunks {
    private let paths: [String]
    private var list = -1
    private var sequence = 0
    private var open: (pieces: RowPieces, columns: ListColumns)?

    init(paths: [String]) {
        self.paths = paths
    }

    mutating func next() throws -> ListChunk? {
        while true {
            if let piece = try open?.pieces.next(), let columns = open?.columns {
                defer { sequence += 1 }
                return ListChunk(
                    list: list, sequence: sequence, offset: piece.offset, bytes: piece.bytes, columns: columns)
            }
            list += 1
            guard list < paths.count else { return nil }
            var pieces = try RowPieces(ByteSource(path: paths[list]))
            let columns = try columns(&pieces)
            open = (pieces, columns)
        }
    }

    private func columns(_ pieces: inout RowPieces) throws -> ListColumns {
        let names: [[UInt8]]
        do throws(RowFault) {
            guard let row = try pieces.firstRow() else {
                throw RowFault(offset: 0, reason: "the file is empty; a list begins with its header")
            }
            names = row.fields
            if let columns = ListColumns(header: names) {
                _ = pieces.take(row.count)
                return columns
            }
        } catch {
            throw refusal(ForeignHeader(separated: pieces.firstLine) ?? ForeignHeader(reason: error.reason))
        }
        throw refusal(ForeignHeader(names))
    }

    private func refusal(_ header: ForeignHeader) -> StudyError {
        .malformed(paths[list], line: 1, header.reason, hint: header.hint)
    }
}
