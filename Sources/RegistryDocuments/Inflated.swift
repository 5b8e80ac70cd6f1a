import ContentInflation
public import RecordReaders

/// The records of a stream that may be compressed, read by the reader of what is inside.
///
/// The format is told by the first bytes; a stream that is not compressed is read as it is.
public struct Inflated<Reader: RecordReader>: RecordReader {
    /// The reader of what is inside.
    public private(set) var reader: Reader

    private let inflater: Inflater
    private var tally: ContentTally?
    private var isInflated = false

    /// - Parameter limit: the most bytes that may come out.
    public init(_ reader: Reader, limit: Int64) {
        self.reader = reader
        inflater = Inflater(limit: limit)
    }

    /// The same where it is known what comes out.
    init(_ reader: Reader, limit: Int64, holdingTo checksum: FileChecksum?) throws {
        self.init(reader, limit: min(limit, checksum?.size ?? limit))
        tally = try checksum.map(ContentTally.init)
    }

    public mutating func feed(_ bytes: [UInt8]) {
        inflater.feed(bytes)
    }

    public mutating func next() throws -> Reader.Record? {
        while true {
            if let record = try reader.next() { return record }
            guard let piece = try inflater.next() else { return nil }
            pass(on: piece)
        }
    }

    public mutating func finish() throws -> Reader.Record? {
        while !isInflated {
            if let record = try reader.next() { return record }
            if let piece = try inflater.finish() { pass(on: piece) } else { try end() }
        }
        return try reader.finish()
    }

    private mutating func pass(on piece: [UInt8]) {
        tally?.take(piece)
        reader.feed(piece)
    }

    private mutating func end() throws {
        isInflated = true
        if let difference = tally?.difference() {
            throw RecordError(at: "the inflated stream", "its \(difference)")
        }
    }
}
