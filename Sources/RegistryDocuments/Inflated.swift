import ContentInflation
public import RecordReaders

/// The records of a stream that may be compressed, read by the reader of what is inside.
///
/// The format is told by the first bytes; a stream that is not compressed is read as it is.
public struct Inflated<Reader: RecordReader>: RecordReader {
    /// The reader of what is inside.
    public private(set) var reader: Reader

    private let inflater: Inflater
    private var isInflated = false

    /// - Parameter limit: the most bytes that may come out.
    public init(_ reader: Reader, limit: Int64) {
        self.reader = reader
        inflater = Inflater(limit: limit)
    }

    public mutating func feed(_ bytes: [UInt8]) {
        inflater.feed(bytes)
    }

    public mutating func next() throws -> Reader.Record? {
        while true {
            if let record = try reader.next() { return record }
            guard let piece = try inflater.next() else { return nil }
            reader.feed(piece)
        }
    }

    public mutating func finish() throws -> Reader.Record? {
        while !isInflated {
            if let record = try reader.next() { return record }
            if let piece = try inflater.finish() { reader.feed(piece) } else { isInflated = true }
        }
        return try reader.finish()
    }
}
