/// A stanza of a deb822 file: fields by their names, which know no case.
public struct Stanza: Hashable, Sendable {
    public struct Field: Hashable, Sendable {
        /// As it is written.
        public let name: String

        /// The value, line by line: the first without blanks around it, the others as they are written, without the
        /// blank that they begin with and those that they end with.
        public fileprivate(set) var lines: [String]
    }

    /// Which one of its file it is, counted from 1.
    public let number: Int

    /// Those that were wanted, in their order.
    public private(set) var fields: [Field] = []

    init(number: Int) { self.number = number }

    /// The value as one line, its lines joined by a space; nil where there is no such field.
    public subscript(_ name: String) -> String? {
        lines(of: name)?.map { $0.trimmingPrefix { $0.isWhitespace } }.filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// The value line by line; nil where there is no such field.
    public func lines(of name: String) -> [String]? {
        fields.first { $0.name.lowercased() == name.lowercased() }?.lines
    }

    mutating func begin(_ name: String, with line: ArraySlice<UInt8>) {
        fields.append(Field(name: name, lines: [String(decoding: line, as: UTF8.self)]))
    }

    mutating func goOn(with line: ArraySlice<UInt8>) {
        fields[fields.count - 1].lines.append(String(decoding: line, as: UTF8.self))
    }
}
