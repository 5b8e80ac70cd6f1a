/// Reads the records of a stream that arrives in chunks, in bounded memory.
///
/// What comes out does not depend on where the chunks are cut. A reader keeps what it needs of a record that has not
/// ended, up to a limit of its own, and nothing of those that it handed out. Who reads may wait between two records.
///
/// ```swift
/// reader.feed(chunk)
/// while let record = try reader.next() { … }
/// ```
public protocol RecordReader: SendableMetatype {
    associatedtype Record

    /// Takes the next bytes of the stream. All records of earlier ones must have been asked for.
    mutating func feed(_ bytes: [UInt8])

    /// The next record; nil when more must be fed first.
    ///
    /// - Throws: what the reader says of a stream that is not what it should be. Nothing more can be read then.
    mutating func next() throws -> Record?

    /// Says that the stream has ended, and returns what is left: records, then nil.
    ///
    /// - Throws: also where the stream lacks its end. Only the nil says that it was whole.
    mutating func finish() throws -> Record?
}

extension RecordReader {
    /// The records of a stream that lies in memory as a whole.
    public static func records(of bytes: [UInt8], by reader: Self) throws -> [Record] {
        var reader = reader
        var records: [Record] = []
        reader.feed(bytes)
        while let record = try reader.next() { records.append(record) }
        while let record = try reader.finish() { records.append(record) }
        return records
    }
}
