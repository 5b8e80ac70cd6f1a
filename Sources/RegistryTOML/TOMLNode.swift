/// A table while its document is read.
///
/// A table is defined once (https://toml.io/en/v1.0.0#table): by a header, by the dotted keys of one section, or inline.
final class TOMLNode {
    enum Origin: Equatable {
        /// `[a.b]`
        case header
        /// `a`, by `[a.b]`: a header may still define it.
        case implicit
        /// `a`, by `a.b = …` in a section.
        case dotted(section: Int)
        /// `{ … }`
        case inline
    }

    enum Entry {
        case text(String)
        case table(TOMLNode)
        /// `[[a]]`
        case list(last: TOMLNode)
        case other
    }

    private var origin: Origin
    private var entries: [[UInt8]: Entry] = [:]

    init(_ origin: Origin) { self.origin = origin }

    /// The table that `[key]` defines; nil where there is one, or something else.
    func open(_ key: [[UInt8]]) -> TOMLNode? {
        guard let outer = outer(key), let last = key.last else { return nil }
        switch outer.entries[last] {
        case nil:
            let table = TOMLNode(.header)
            outer.entries[last] = .table(table)
            return table
        case .table(let table) where table.origin == .implicit:
            table.origin = .header
            return table
        default: return nil
        }
    }

    /// The table that `[[key]]` adds to a list; nil where something else has that name.
    func append(_ key: [[UInt8]]) -> TOMLNode? {
        guard let outer = outer(key), let last = key.last else { return nil }
        switch outer.entries[last] {
        case nil, .list:
            let table = TOMLNode(.header)
            outer.entries[last] = .list(last: table)
            return table
        default: return nil
        }
    }

    /// The table that the last part of a header's key is in.
    private func outer(_ key: [[UInt8]]) -> TOMLNode? {
        var table = self
        for part in key.dropLast() {
            switch table.entries[part] {
            case nil:
                let inner = TOMLNode(.implicit)
                table.entries[part] = .table(inner)
                table = inner
            case .table(let inner) where inner.origin != .inline: table = inner
            case .list(let last): table = last
            default: return nil
            }
        }
        return table
    }

    /// Adds `key = entry`; false where the key is taken, or one of its tables is closed to this section.
    func insert(_ entry: Entry, at key: [[UInt8]], section: Int) -> Bool {
        var table = self
        for part in key.dropLast() {
            switch table.entries[part] {
            case nil:
                let inner = TOMLNode(.dotted(section: section))
                table.entries[part] = .table(inner)
                table = inner
            case .table(let inner) where inner.origin == .implicit || inner.origin == .dotted(section: section):
                inner.origin = .dotted(section: section)
                table = inner
            default: return false
            }
        }
        guard let last = key.last, table.entries[last] == nil else { return false }
        table.entries[last] = entry
        return true
    }

    /// What is in it, for good.
    var table: TOMLTable {
        let sorted = entries.sorted { $0.key.lexicographicallyPrecedes($1.key) }
        return TOMLTable(
            members: sorted.compactMap { key, entry in
                let key = String(decoding: key, as: UTF8.self)
                switch entry {
                case .text(let text): return TOMLMember(key: key, value: .text(text))
                case .table(let node): return TOMLMember(key: key, value: .table(node.table))
                case .list, .other: return nil
                }
            })
    }
}
