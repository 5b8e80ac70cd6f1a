/// What headers of their own say of the member behind them: pax records, and GNU's long names.
struct TarExtensions {
    private(set) var name: [UInt8]?
    private(set) var link: [UInt8]?
    private(set) var size: Int64?
    private(set) var modified: Int64?
    private(set) var isSparse = false

    /// Whether some were read for a member that has not come.
    private(set) var areAwaited = false

    /// GNU's header of type `L` or `K`: a text that ends with a zero.
    mutating func take(longText bytes: ArraySlice<UInt8>, of type: UInt8) {
        areAwaited = true
        let text = Array(bytes.prefix { $0 != 0 })
        if type == UInt8(ascii: "L") { name = text } else { link = text }
    }

    /// pax records, `LENGTH KEY=VALUE` and a line feed; the length is that of the whole record, in bytes. A value of
    /// nothing takes back what was said before.
    ///
    /// - Returns: whether they could be read.
    mutating func take(records bytes: ArraySlice<UInt8>) -> Bool {
        areAwaited = true
        var rest = bytes
        while !rest.isEmpty {
            let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            guard digits.count < 10, let length = Int(String(decoding: digits, as: UTF8.self)), length <= rest.count,
                length > digits.count + 1, rest[digits.endIndex] == UInt8(ascii: " ")
            else { return false }
            let record = rest.prefix(length)
            rest = rest.dropFirst(length)
            let pair = record[(digits.endIndex + 1)...]
            guard record.last == newline, let equals = pair.firstIndex(of: UInt8(ascii: "=")),
                set(String(decoding: pair[..<equals], as: UTF8.self), to: Array(pair[(equals + 1)...].dropLast()))
            else { return false }
        }
        return true
    }

    private mutating func set(_ key: String, to value: [UInt8]) -> Bool {
        switch key {
        case "path": name = value.isEmpty ? nil : value
        case "linkpath": link = value.isEmpty ? nil : value
        case "size":
            size = TarExtensions.number(value)
            return value.isEmpty || size.map { (0...TarHeader.sizeLimit).contains($0) } == true
        case "mtime":
            modified = TarExtensions.number(value.prefix { $0 != UInt8(ascii: ".") })
            return value.isEmpty || modified != nil
        default: if key.hasPrefix("GNU.sparse.") { isSparse = true }
        }
        return true
    }

    private static func number(_ text: some Sequence<UInt8>) -> Int64? {
        Int64(String(decoding: Array(text), as: UTF8.self))
    }

    /// These, and where they say nothing, those of the whole archive.
    func over(_ archive: TarExtensions) -> TarExtensions {
        var merged = self
        merged.name = name ?? archive.name
        merged.link = link ?? archive.link
        merged.size = size ?? archive.size
        merged.modified = modified ?? archive.modified
        merged.isSparse = isSparse || archive.isSparse
        return merged
    }
}
