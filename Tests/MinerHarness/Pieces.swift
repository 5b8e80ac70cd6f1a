public import RecordReaders

extension RecordReader {
    /// The records of a stream that arrives in pieces.
    public func records(of bytes: [UInt8], by size: Int) throws -> [Record] {
        var reader = self
        return try reader.read(bytes, by: size)
    }

    /// The same, for who looks at the reader behind the end.
    public mutating func read(_ bytes: [UInt8], by size: Int) throws -> [Record] {
        var records: [Record] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            feed(Array(bytes[start..<min(start + size, bytes.count)]))
            while let record = try next() { records.append(record) }
        }
        while let record = try finish() { records.append(record) }
        return records
    }
}

/// One byte at a time, in pieces that fit nothing, all at once.
public let pieceSizes = [1, 2, 3, 7, 64, 511, 513, 1 << 20]
