public import RecordReaders
public import RegistryXML

/// The wanted elements of an XML document, one by one.
public struct XMLRecords: RecordReader {
    private let reader: XMLReader
    private var chunk: [UInt8] = []
    private var read: [XMLRecord] = []
    private var handedOut = 0
    private var isFinished = false

    /// The document's outermost element, with its attributes and nothing else; nil before it has begun.
    public var root: XMLRecord? { reader.root }

    public init(_ selection: XMLSelection, options: XMLOptions = XMLOptions()) {
        reader = XMLReader(selection, options: options)
    }

    public mutating func feed(_ bytes: [UInt8]) {
        chunk = bytes
    }

    public mutating func next() throws -> XMLRecord? {
        if handedOut == read.count && !chunk.isEmpty {
            keep(try reader.read(chunk))
            chunk = []
        }
        return takeRecord()
    }

    public mutating func finish() throws -> XMLRecord? {
        if let record = try next() { return record }
        guard !isFinished else { return nil }
        isFinished = true
        keep(try reader.finish())
        return takeRecord()
    }

    private mutating func keep(_ records: [XMLRecord]) {
        read = records
        handedOut = 0
    }

    private mutating func takeRecord() -> XMLRecord? {
        guard handedOut < read.count else { return nil }
        handedOut += 1
        return read[handedOut - 1]
    }
}
