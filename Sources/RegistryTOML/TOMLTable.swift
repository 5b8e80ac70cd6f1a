public import RecordReaders

/// A table of a TOML document: the texts and the tables in it, by their keys.
///
/// ```swift
/// let registry = try TOMLTable(body)
/// for package in registry.table("packages")?.members ?? [] { … package.key, package.table?.text("path") … }
/// ```
///
/// Values that are neither texts nor tables are left out: numbers, dates, `true` and `false`, arrays.
public struct TOMLTable: Hashable, Sendable {
    public enum Value: Hashable, Sendable {
        case text(String)
        case table(TOMLTable)
    }

    /// By the UTF-8 of their keys: their order in the document means nothing, and is not kept.
    public let members: [TOMLMember]

    init(members: [TOMLMember]) {
        self.members = members
    }

    /// Reads a document whole.
    ///
    /// - Throws: a ``RecordError`` with line and byte for what is no TOML 1.0, and for what no registry writes: values in
    ///   each other more than 32 deep, keys of more than 32 parts. Numbers and dates are checked by their shape alone.
    public init(_ body: [UInt8]) throws(RecordError) {
        var reader = TOMLReader(body)
        self = try reader.read().table
    }

    /// The text at the end of a path of keys; nil where there is none.
    public func text(_ path: String...) -> String? {
        if case .text(let text) = value(path[...]) { text } else { nil }
    }

    /// The table at the end of a path of keys; nil where there is none.
    public func table(_ path: String...) -> TOMLTable? {
        if case .table(let table) = value(path[...]) { table } else { nil }
    }

    private func value(_ path: ArraySlice<String>) -> Value? {
        guard let key = path.first else { return .table(self) }
        guard let member = member(key) else { return nil }
        return path.count == 1 ? member.value : member.table?.value(path.dropFirst())
    }

    private func member(_ key: String) -> TOMLMember? {
        var range = members.indices
        while let middle = range.isEmpty ? nil : range.lowerBound + range.count / 2 {
            if members[middle].key.utf8.elementsEqual(key.utf8) { return members[middle] }
            let isBehind = members[middle].key.utf8.lexicographicallyPrecedes(key.utf8)
            range = isBehind ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return nil
    }
}

/// A key with what it stands for.
public struct TOMLMember: Hashable, Sendable {
    public let key: String
    public let value: TOMLTable.Value

    /// Nil where it is a text.
    public var table: TOMLTable? {
        if case .table(let table) = value { table } else { nil }
    }
}
