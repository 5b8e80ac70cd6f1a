/// Reads a document as it arrives, and hands out what was wanted of it.
///
/// ```swift
/// let reader = XMLReader(XMLSelection(each: "metadata/package", taking: ["name", "url"]))
/// for record in try reader.read(chunk) { … }
/// for record in try reader.finish() { … }
/// ```
///
/// A document's encoding is that of its first bytes, else the one that it declares, else UTF-8. One that declares
/// UTF-16 in bytes that cannot be it is UTF-8 (nuget.org serves such). White space before the document is passed over.
public final class XMLReader {
    private let parser: PushParser
    private var decoder: DocumentDecoder

    /// The document's outermost element, with its attributes and nothing else; nil before it has begun.
    public var root: XMLRecord? { parser.root }

    /// How much is decoded and parsed at once, in bytes: what a chunk needs in memory does not depend on its size.
    private static let portion = 32 << 10

    public init(_ selection: XMLSelection, options: XMLOptions = XMLOptions()) {
        parser = PushParser(RecordBuilder(selection, options), options)
        decoder = DocumentDecoder(replacesIllFormedBytes: options.replacesIllFormedBytes)
    }

    /// Takes the next bytes of the document.
    ///
    /// - Returns: the records that ended in them.
    /// - Throws: `XMLReadError`. Nothing more can be read then.
    public func read(_ bytes: [UInt8]) throws -> [XMLRecord] {
        for start in stride(from: 0, to: bytes.count, by: XMLReader.portion) {
            let portion = bytes[start..<min(start + XMLReader.portion, bytes.count)]
            try pass { try decoder.decode(portion) }
        }
        return parser.takeRecords()
    }

    /// Says that the document has ended.
    ///
    /// - Returns: the records that could only be read now.
    /// - Throws: `XMLReadError`, also for a document that is cut off or another one than was asked for.
    public func finish() throws -> [XMLRecord] {
        try pass { try decoder.finish() }
        try parser.finish()
        return parser.takeRecords()
    }

    /// The records of a document that lies in memory as a whole.
    public static func records(
        in document: [UInt8], _ selection: XMLSelection, options: XMLOptions = XMLOptions()
    ) throws -> [XMLRecord] {
        let reader = XMLReader(selection, options: options)
        return try reader.read(document) + reader.finish()
    }

    private func pass(_ decode: () throws -> ArraySlice<UInt8>) throws {
        do {
            try parser.parse(decode(), linesBefore: decoder.linesBefore)
        } catch let error as UndecodableBytes {
            throw parser.error(.encoding, error.reason)
        }
    }
}
