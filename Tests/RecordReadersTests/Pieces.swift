import RecordReaders

extension RecordReader {
    /// The records of a stream that arrives in pieces.
    func records(of bytes: [UInt8], by size: Int) throws -> [Record] {
        var reader = self
        var records: [Record] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            reader.feed(Array(bytes[start..<min(start + size, bytes.count)]))
            while let record = try reader.next() { records.append(record) }
        }
        while let record = try reader.finish() { records.append(record) }
        return records
    }
}

/// One byte at a time, in pieces that fit nothing, all at once.
let pieceSizes = [1, 2, 3, 7, 64, 511, 513, 1 << 20]
