public import RecordReaders

/// The values of NDJSON, one a line, each with the strings that were wanted of it. Blank lines are passed over.
///
/// A line that is no JSON does not end the reading: an entry that cannot be read is named, and those behind it stand.
public struct JSONLines: RecordReader {
    public struct Line: Sendable {
        /// Counted from 1.
        public let number: Int

        /// In the order of the pointers; nil where there is no string.
        public let strings: Result<[String?], JSONError>
    }

    /// What `JSONReader` holds is freed once, though readers of records are copied.
    private final class Parser {
        var reader: JSONReader

        init(_ pointers: [String]) { reader = JSONReader(pointers) }
    }

    private let parser: Parser
    private var lines: LineReader

    /// - Parameters:
    ///   - pointers: which strings are wanted, as JSON pointers (RFC 6901).
    ///   - limit: the longest line, in bytes.
    ///   - lastMayBeOpen: whether the last line may lack its line feed.
    public init(_ pointers: [String], limit: Int = 16 << 20, lastMayBeOpen: Bool = true) {
        parser = Parser(pointers)
        lines = LineReader(limit: limit, lastMayBeOpen: lastMayBeOpen)
    }

    public mutating func feed(_ bytes: [UInt8]) {
        lines.feed(bytes)
    }

    public mutating func next() throws -> Line? {
        while let line = try lines.next() {
            if let line = read(line) { return line }
        }
        return nil
    }

    public mutating func finish() throws -> Line? {
        while let line = try lines.finish() {
            if let line = read(line) { return line }
        }
        return nil
    }

    private func read(_ line: ArraySlice<UInt8>) -> Line? {
        guard line.contains(where: { $0 > UInt8(ascii: " ") }) else { return nil }
        do {
            return Line(number: lines.number, strings: .success(try parser.reader.strings(in: Array(line))))
        } catch {
            return Line(number: lines.number, strings: .failure(error))
        }
    }
}
