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
    private let size: Int
    private var list = -1
    private var sequence = 0
    private var source: ByteSource?
    private var columns = ListColumns?.none
    private var carried: [UInt8] = []
    private var offset = 0

    init(paths: [String], size: Int = 1 << 20) {
        self.paths = paths
        self.size = size
    }

    mutating func next() throws -> ListChunk? {
        while true {
            if let source, let columns {
                if let bytes = try cut(source) {
                    defer {
                        sequence += 1
                        offset += bytes.count
                    }
                    return ListChunk(list: list, sequence: sequence, offset: offset, bytes: bytes, columns: columns)
                }
                self.source = nil
            }
            list += 1
            guard list < paths.count else { return nil }
            try openList()
        }
    }

    private mutating func openList() throws {
        let source = try ByteSource(path: paths[list])
        carried = []
        offset = 0
        var goesOn = try source.read(size, into: &carried)
        try refuseForeignEncoding()
        let isMarked = carried.starts(with: [0xEF, 0xBB, 0xBF])
        var cursor = RowCursor(width: 5, isAnyWidth: true)
        let skipped = isMarked ? 3 : 0
        while goesOn, carried.count < 1 << 16 { goesOn = try source.read(size, into: &carried) }
        if skipped > 0 { carried.removeFirst(skipped) }
        columns = try header(&cursor)
        carried.removeFirst(cursor.next)
        offset = skipped + cursor.next
        self.source = source
    }

    private func refuseForeignEncoding() throws {
        let starts: [([UInt8], String)] = [([0xFF, 0xFE], "UTF-16"), ([0xFE, 0xFF], "UTF-16")]
        for (mark, name) in starts where carried.starts(with: mark) {
            throw StudyError.malformed(paths[list], line: 1, "the file is \(name), not UTF-8")
        }
        if carried.count > 3, carried[0] == 0 || carried[1] == 0 {
            throw StudyError.malformed(paths[list], line: 1, "the file is UTF-16 or binary, not UTF-8")
        }
    }

    private func header(_ cursor: inout RowCursor) throws -> ListColumns {
        let text = carried.span
        do throws(RowFault) {
            guard try cursor.advance(text) else {
                throw RowFault(offset: 0, reason: "the file is empty; a list begins with its header")
            }
        } catch {
            let line = Array(carried.prefix { $0 != 10 && $0 != 13 })
            throw refusal(ForeignHeader(separated: line) ?? ForeignHeader(reason: error.reason))
        }
        let names = cursor.fields.indices.map { index in cursor.value(index, of: text) { $0.copy(0..<$0.count) } }
        if let columns = ListColumns(header: names) { return columns }
        throw refusal(ForeignHeader(names))
    }

    private func refusal(_ header: ForeignHeader) -> StudyError {
        .malformed(paths[list], line: 1, header.reason, hint: header.hint)
    }

    /// The next piece, which ends behind a row; nil at the end of the list.
    private mutating func cut(_ source: ByteSource) throws -> [UInt8]? {
        var piece = carried
        carried = []
        var wanted = size
        while try source.read(max(wanted - piece.count, 1 << 16), into: &piece) {
            guard piece.count >= wanted else { continue }
            if let end = Self.endOfLastRow(piece.span) {
                carried = Array(piece[end...])
                piece.removeLast(piece.count - end)
                return piece
            }
            wanted *= 2
        }
        return piece.isEmpty ? nil : piece
    }

    /// Behind the last line feed outside quotes. In a valid list every quote is one of a pair.
    private static func endOfLastRow(_ text: Span<UInt8>) -> Int? {
        var quotes = 0
        for index in 0..<text.count where text[index] == ASCII.quote { quotes &+= 1 }
        var isInside = quotes & 1 == 1
        var index = text.count
        while index > 0 {
            index -= 1
            if text[index] == ASCII.quote {
                isInside.toggle()
            } else if text[index] == 10, !isInside {
                return index + 1
            }
        }
        return nil
    }
}
