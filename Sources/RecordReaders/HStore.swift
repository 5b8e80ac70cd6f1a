/// A value of PostgreSQL's type hstore, as the database writes it: `"key"=>"value", "other"=>NULL`
/// (https://www.postgresql.org/docs/current/hstore.html).
public struct HStore: Hashable, Sendable {
    public struct Pair: Hashable, Sendable {
        public let key: String
        /// Nil for NULL, which is not the same as no such key.
        public let value: String?
    }

    /// In the order in which they were written.
    public let pairs: [Pair]

    /// - Returns: nil for what is no hstore: a key or value without quotes, a key twice, or anything behind.
    public init?(_ text: String) {
        var rest = Array(text.utf8)[...]
        var pairs: [Pair] = []
        while !rest.isEmpty {
            if !pairs.isEmpty && !HStore.drop(", ", &rest) { return nil }
            guard let pair = HStore.pair(&rest) else { return nil }
            pairs.append(pair)
        }
        guard Set(pairs.map { Array($0.key.utf8) }).count == pairs.count else { return nil }
        self.pairs = pairs
    }

    /// The value of a key; nil where there is no such key, and where it is NULL.
    public subscript(_ key: String) -> String? {
        pair(key)?.value
    }

    /// Whether the key is there, be it NULL.
    public func contains(_ key: String) -> Bool {
        pair(key) != nil
    }

    private func pair(_ key: String) -> Pair? {
        pairs.first { $0.key.utf8.elementsEqual(key.utf8) }
    }

    private static func pair(_ rest: inout ArraySlice<UInt8>) -> Pair? {
        guard let key = quoted(&rest), drop("=>", &rest) else { return nil }
        if drop("NULL", &rest) { return Pair(key: key, value: nil) }
        return quoted(&rest).map { Pair(key: key, value: $0) }
    }

    /// A text in quotes; a backslash stands before a quote or a backslash.
    private static func quoted(_ rest: inout ArraySlice<UInt8>) -> String? {
        guard drop("\"", &rest) else { return nil }
        var text: [UInt8] = []
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\"") { return String(decoding: text, as: UTF8.self) }
            guard byte == backslash else {
                text.append(byte)
                continue
            }
            guard let escaped = rest.popFirst() else { return nil }
            text.append(escaped)
        }
        return nil
    }

    private static func drop(_ text: String, _ rest: inout ArraySlice<UInt8>) -> Bool {
        guard rest.starts(with: text.utf8) else { return false }
        rest = rest.dropFirst(text.utf8.count)
        return true
    }
}
