import RecordReaders

/// Columns of a table that R has written, row by row; nil for NA. It names them at its end, and is held until then.
struct RDSRows: RecordReader {
    /// Of several columns of a name the first is meant.
    let names: [String]
    private var bytes: [UInt8] = []
    private var columns: [[String?]] = []
    private var count = 0

    init(columns names: [String]) { self.names = names }

    mutating func feed(_ bytes: [UInt8]) { self.bytes += bytes }

    mutating func next() throws -> [String?]? {
        if bytes.count < 2 || bytes.starts(with: "X\n".utf8) { return nil }
        let format = String(decoding: bytes.prefix(1), as: UTF8.self)
        throw RecordError(at: "byte 0", "it begins with '\(format)': of R's formats X is read, and neither A nor B")
    }

    mutating func finish() throws -> [String?]? {
        if columns.isEmpty {
            var reader = RDSReader(bytes)
            let table = try reader.file()
            columns = try names.map { try reader.column($0, of: table) }
        }
        count += 1
        return count > columns[0].count ? nil : columns.map { $0[count - 1] }
    }
}

extension RDSReader {
    /// A column of a matrix, which lies column by column, or of a data frame. A factor has its texts as levels.
    fileprivate func column(_ name: String, of table: RValue) throws -> [String?] {
        let titles = (table.attributes["names"] ?? table.attributes["dimnames"]?.list.last)?.texts ?? []
        let index = titles.firstIndex { string(at: $0) == name }
        let (shape, rows) = (table.attributes["dim"]?.numbers ?? [], table.attributes["row.names"] ?? RValue())
        if let index, shape.last == titles.count, shape[0] * titles.count == table.texts.count {
            return table.texts[index * shape[0]..<(index + 1) * shape[0]].map(string)
        }
        let column = table.list.count == titles.count ? index.map { table.list[$0] } : nil
        let (texts, codes, levels) = (
            column?.texts ?? [], column?.numbers ?? [], column?.attributes["levels"]?.texts ?? []
        )
        // Rows without names have NA and how many they are, below 0.
        let count =
            rows.numbers.first == na ? rows.numbers[rows.numbers.count - 1] : rows.texts.count + rows.numbers.count
        guard column != nil, texts.count + codes.count == abs(count),
            codes.allSatisfy({ $0 == na || levels.indices.contains($0 - 1) })
        else { throw RecordError(at: "the table", "it has no column '\(name)' of texts") }
        return texts.map(string) + codes.map { $0 == na ? nil : string(at: levels[$0 - 1]) }
    }
}

/// R's NA among whole numbers.
private let na = Int(Int32.min)
