import RepositoryAddresses

/// Cuts a table into pieces of whole rows.
struct RowPieces {
    struct Piece {
        /// Where it begins.
        let offset: Int
        let bytes: [UInt8]
    }

    private let source: ByteSource
    private let size: Int
    /// More than any row has. What has no end by then is not read on: its reader finds the quote that is never closed.
    private let longest: Int
    private var carried: [UInt8] = []
    private var offset = 0

    /// Whether line feeds in quotes are no ends of rows.
    var hasQuotes = true

    init(_ source: ByteSource, size: Int = 1 << 20) throws {
        self.source = source
        self.size = size
        longest = size << 6
        try begin()
    }

    var path: String { source.path }

    /// Whether more can be had without waiting for whoever writes it.
    var isReady: Bool { source.isReady }

    /// Nothing is left, and nothing was there.
    var isEmpty: Bool { carried.isEmpty }

    /// Reads so much that the first row is there, and drops the mark of UTF-8.
    private mutating func begin() throws {
        var goesOn = try source.read(size, into: &carried)
        try refuseForeignEncoding()
        while goesOn, carried.count < 1 << 16, source.isReady || endOfLastRow(carried.span) == nil {
            goesOn = try source.read(size, into: &carried)
        }
        if carried.starts(with: [0xEF, 0xBB, 0xBF]) { _ = take(3) }
    }

    private func refuseForeignEncoding() throws {
        let starts: [([UInt8], String)] = [([0xFF, 0xFE], "UTF-16"), ([0xFE, 0xFF], "UTF-16")]
        for (mark, name) in starts where carried.starts(with: mark) {
            throw StudyError.malformed(path, line: 1, "the file is \(name), not UTF-8")
        }
        if carried.count > 3, carried[0] == 0 || carried[1] == 0 {
            throw StudyError.malformed(path, line: 1, "the file is UTF-16 or binary, not UTF-8")
        }
    }

    /// The first line, quotes or not.
    var firstLine: [UInt8] { Array(carried.prefix { $0 != 10 && $0 != 13 }) }

    /// The fields of the first row, and its bytes with the line's end. Neither is taken yet.
    ///
    /// - Returns: nil where there is none.
    func firstRow() throws(RowFault) -> (fields: [[UInt8]], count: Int)? {
        let text = carried.span
        var cursor = RowCursor(width: 5, isAnyWidth: true)
        guard try cursor.advance(text) else { return nil }
        let fields = cursor.fields.indices.map { index in cursor.value(index, of: text) { $0.copy(0..<$0.count) } }
        return (fields, cursor.next)
    }

    /// Takes so many bytes from the front.
    mutating func take(_ count: Int) -> [UInt8] {
        let taken = Array(carried.prefix(count))
        carried.removeFirst(count)
        offset += count
        return taken
    }

    /// The next piece, which ends behind a row; nil at the end. Where whole rows are there and the next would have to be
    /// waited for, it ends with those.
    mutating func next() throws -> Piece? {
        var bytes = carried
        carried = []
        var wanted = size
        while true {
            if bytes.count >= wanted || !bytes.isEmpty && !source.isReady {
                if let end = endOfLastRow(bytes.span) {
                    carried = Array(bytes[end...])
                    bytes.removeLast(bytes.count - end)
                    break
                }
                if bytes.count >= longest { break }
                if bytes.count >= wanted { wanted *= 2 }
            }
            guard try source.read(max(wanted - bytes.count, 1 << 16), into: &bytes) else { break }
        }
        defer { offset += bytes.count }
        return bytes.isEmpty ? nil : Piece(offset: offset, bytes: bytes)
    }

    /// Behind the last line feed outside quotes. In a valid table every quote is one of a pair.
    private func endOfLastRow(_ text: Span<UInt8>) -> Int? {
        var quotes = 0
        if hasQuotes { for index in 0..<text.count where text[index] == ASCII.quote { quotes &+= 1 } }
        var isInside = quotes & 1 == 1
        var index = text.count
        while index > 0 {
            index -= 1
            if text[index] == ASCII.quote, hasQuotes {
                isInside.toggle()
            } else if text[index] == 10, !isInside {
                return index + 1
            }
        }
        return nil
    }
}
