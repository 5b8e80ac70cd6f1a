/// Strings of many values, in rows and columns, in one buffer.
public struct JSONTable: Sendable {
    /// A line that is no JSON value.
    public struct Unreadable: Hashable, Sendable {
        /// Counted from 1.
        public let line: Int
        public let reason: String
    }

    /// All texts one behind another, in UTF-8.
    public private(set) var bytes: [UInt8] = []
    public private(set) var unreadable: [Unreadable] = []

    private let columns: Int
    private var lines: [Int] = []
    private var ends: [Int] = []
    private var isMissing: [Bool] = []

    init(columns: Int, reservingBytes size: Int = 0) {
        self.columns = columns
        bytes.reserveCapacity(size)
    }

    public var count: Int { lines.count }

    /// The number of a row's line, counted from 1.
    public func line(_ row: Int) -> Int { lines[row] }

    /// Where a text lies in `bytes`; nil where the value has no string at that place.
    public func range(_ row: Int, _ column: Int) -> Range<Int>? {
        let cell = row * columns + column
        if isMissing[cell] { return nil }
        return (cell == 0 ? 0 : ends[cell - 1])..<ends[cell]
    }

    public func string(_ row: Int, _ column: Int) -> String? {
        range(row, column).map { String(decoding: bytes[$0], as: UTF8.self) }
    }

    mutating func appendUnreadable(line: Int, reason: String) {
        unreadable.append(Unreadable(line: line, reason: reason))
    }

    mutating func appendRow(line: Int) {
        lines.append(line)
    }

    mutating func append(_ text: UnsafeRawBufferPointer) {
        bytes.append(contentsOf: text)
        ends.append(bytes.count)
        isMissing.append(text.baseAddress == nil)
    }
}
