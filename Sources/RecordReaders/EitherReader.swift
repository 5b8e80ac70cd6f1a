/// One of two readers: for an archive whose members are of two kinds.
///
/// ```swift
/// TarRecords { … } readBy: { $0.name.hasSuffix(".csv") ? .first(CSVReader(columns: ["name"])) : .second(LineReader()) }
/// ```
public struct EitherReader<First: RecordReader, Second: RecordReader>: RecordReader {
    public enum Record {
        case first(First.Record)
        case second(Second.Record)
    }

    /// The reader that it is; the other one is nil.
    public private(set) var first: First?
    public private(set) var second: Second?

    public static func first(_ reader: First) -> EitherReader { EitherReader(first: reader) }

    public static func second(_ reader: Second) -> EitherReader { EitherReader(second: reader) }

    public mutating func feed(_ bytes: [UInt8]) {
        first?.feed(bytes)
        second?.feed(bytes)
    }

    public mutating func next() throws -> Record? {
        if let record = try first?.next() { return .first(record) }
        return try second?.next().map(Record.second)
    }

    public mutating func finish() throws -> Record? {
        if let record = try first?.finish() { return .first(record) }
        return try second?.finish().map(Record.second)
    }
}
