/// A message of Protocol Buffers as it is on the wire: fields by their numbers, which a schema gives names
/// (https://protobuf.dev/programming-guides/encoding/).
public struct ProtobufMessage: Hashable, Sendable {
    public enum Value: Hashable, Sendable {
        case number(UInt64)
        /// A text, bytes, another message, or numbers one behind another.
        case bytes(ArraySlice<UInt8>)
    }

    public struct Field: Hashable, Sendable {
        public let number: UInt64
        public let value: Value
    }

    /// In the order in which they were written. What the schema does not know is among them.
    public private(set) var fields: [Field] = []

    /// - Throws: ``RecordError`` where the bytes are no fields to their end.
    public init(_ bytes: ArraySlice<UInt8>) throws {
        var rest = bytes
        while !rest.isEmpty {
            let place = rest.startIndex - bytes.startIndex
            guard let field = Self.field(&rest) else { throw RecordError(at: "byte \(place)", "it is no field") }
            fields.append(field)
        }
    }

    /// The values of a field that are bytes.
    public func all(_ number: UInt64) -> [ArraySlice<UInt8>] {
        fields.compactMap { field in
            if case .bytes(let bytes) = field.value, field.number == number { bytes } else { nil }
        }
    }

    /// The bytes of a field that is there once; of several the last counts.
    ///
    /// - Throws: ``RecordError`` where there are none.
    public func needed(_ number: UInt64) throws -> ArraySlice<UInt8> {
        guard let last = all(number).last else { throw RecordError(at: "the message", "it has no field \(number)") }
        return last
    }

    /// The same of a text in UTF-8.
    public func neededText(_ number: UInt64) throws -> String {
        guard let text = String(validating: try needed(number), as: UTF8.self) else {
            throw RecordError(at: "the message", "its field \(number) is no UTF-8")
        }
        return text
    }

    /// Nil for what is none, as a group is, which nobody writes any more.
    private static func field(_ rest: inout ArraySlice<UInt8>) -> Field? {
        guard let tag = varint(&rest), tag >> 3 > 0, tag >> 3 < 1 << 29 else { return nil }
        let value: Value? =
            switch tag & 7 {
            case 0: varint(&rest).map { .number($0) }
            case 1: fixed(8, &rest).map { .number($0) }
            case 2: varint(&rest).flatMap { take($0, &rest) }.map { .bytes($0) }
            case 5: fixed(4, &rest).map { .number($0) }
            default: nil
            }
        return value.map { Field(number: tag >> 3, value: $0) }
    }

    /// Seven bits a byte, the least first; at most 64 in all. It is asked for twice a field, and by place, since in a build
    /// for debugging a step of a stride or of a slice costs more than all else.
    private static func varint(_ rest: inout ArraySlice<UInt8>) -> UInt64? {
        var number: UInt64 = 0
        var shift: UInt64 = 0
        var place = rest.startIndex
        while place < rest.endIndex, shift < 70 {
            let byte = rest[place]
            guard shift < 63 || byte < 2 else { return nil }
            number |= UInt64(byte & 0x7F) << shift
            place += 1
            if byte < 0x80 {
                rest = rest[place..<rest.endIndex]
                return number
            }
            shift += 7
        }
        return nil
    }

    private static func fixed(_ count: UInt64, _ rest: inout ArraySlice<UInt8>) -> UInt64? {
        take(count, &rest)?.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static func take(_ count: UInt64, _ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard let count = Int(exactly: count), count <= rest.count else { return nil }
        let end = rest.startIndex + count
        defer { rest = rest[end..<rest.endIndex] }
        return rest[rest.startIndex..<end]
    }
}

/// Reads a file that is one message.
public struct ProtobufReader: RecordReader {
    private let limit: Int
    private var bytes: [UInt8] = []
    private var isRead = false

    /// - Parameter limit: the largest message, in bytes: it is held as a whole.
    public init(limit: Int = 64 << 20) { self.limit = limit }

    public mutating func feed(_ bytes: [UInt8]) { self.bytes += bytes.prefix(limit + 1 - self.bytes.count) }

    public mutating func next() throws -> ProtobufMessage? {
        if bytes.count > limit { throw RecordError(at: "byte \(limit)", "the message is larger than \(limit) bytes") }
        return nil
    }

    public mutating func finish() throws -> ProtobufMessage? {
        if isRead { return nil }
        isRead = true
        return try ProtobufMessage(bytes[...])
    }
}
