/// Reads lines, without the line feeds that end them. A carriage return is a byte like others.
///
/// Lines are counted for who has to name one. NDJSON is read line by line with `JSONReader`.
public struct LineReader: RecordReader {
    private let limit: Int
    private let lastMayBeOpen: Bool
    private var chunk: [UInt8] = []
    private var taken = 0
    private var begun: [UInt8] = []

    /// Which line was handed out last, counted from 1; 0 before the first.
    public private(set) var number = 0

    /// - Parameters:
    ///   - limit: the longest line, in bytes.
    ///   - lastMayBeOpen: whether the last line may lack its line feed. Where each has one, a stream without it was cut.
    public init(limit: Int = 16 << 20, lastMayBeOpen: Bool = true) {
        self.limit = limit
        self.lastMayBeOpen = lastMayBeOpen
    }

    public mutating func feed(_ bytes: [UInt8]) {
        chunk = bytes
        taken = 0
    }

    public mutating func next() throws -> ArraySlice<UInt8>? {
        let rest = chunk[taken...]
        guard let end = rest.firstIndex(of: newline) else {
            taken = chunk.count
            if !rest.isEmpty { begun += rest }
            try hold(begun.count)
            return nil
        }
        taken = end + 1
        try hold(begun.count + end - rest.startIndex)
        number += 1
        return line(endingWith: rest[..<end])
    }

    public mutating func finish() throws -> ArraySlice<UInt8>? {
        if let line = try next() { return line }
        guard !begun.isEmpty else { return nil }
        guard lastMayBeOpen else { throw RecordError(at: "line \(number + 1)", "it is cut off: it has no line feed") }
        number += 1
        return line(endingWith: [])
    }

    private mutating func line(endingWith part: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard !begun.isEmpty else { return part }
        defer { begun = [] }
        return (begun + part)[...]
    }

    private func hold(_ count: Int) throws {
        if count > limit { throw RecordError(at: "line \(number + 1)", "it is longer than \(limit) bytes") }
    }
}

let newline = UInt8(ascii: "\n")
