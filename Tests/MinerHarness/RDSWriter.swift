/// A table of texts as R's `saveRDS` writes it, not yet packed (R-ints, "Serialization Formats").
public struct RDSWriter {
    /// What the table is made of.
    public enum Form: CaseIterable, Sendable { case matrix, frame }

    public private(set) var bytes: [UInt8] = []

    /// - Parameters:
    ///   - columns: a name may come twice; nil is NA.
    ///   - version: of the serialization, 2 or 3.
    public init(_ columns: [(name: String, texts: [[UInt8]?])], as form: Form = .matrix, version: Int32 = 3) {
        bytes = Array("X\n".utf8)
        add(version, 0x04_02_02, version == 3 ? 0x03_05_00 : 0x02_03_00)
        if version == 3 { addCounted(Array("UTF-8".utf8)) }
        let names = columns.map { Array($0.name.utf8) as [UInt8]? }
        switch form {
        case .matrix:
            add(texts: columns.flatMap(\.texts), flags: 0x210)
            addTag("dim")
            add(0x0D, 2, Int32(columns.first?.texts.count ?? 0), Int32(columns.count))
            addTag("dimnames")
            add(0x13, 2, 254)
            add(texts: names)
        case .frame:
            add(0x313, Int32(columns.count))
            for column in columns { add(texts: column.texts) }
            addTag("names")
            add(texts: names)
            addTag("class")
            add(texts: [Array("data.frame".utf8)])
            addTag("row.names")
            add(0x0D, 2, .min, -Int32(columns.first?.texts.count ?? 0))
        }
        add(254)
    }

    private mutating func add(_ integers: Int32...) {
        for integer in integers {
            for shift in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: integer >> Int32(shift))) }
        }
    }

    private mutating func addCounted(_ text: [UInt8]) {
        add(Int32(text.count))
        bytes += text
    }

    private mutating func add(texts: [[UInt8]?], flags: Int32 = 0x10) {
        add(flags, Int32(texts.count))
        for text in texts { add(text: text) }
    }

    private mutating func add(text: [UInt8]?) {
        guard let text else { return add(0x09, -1) }
        add(text.allSatisfy { $0 < 0x80 } ? 0x40009 : 0x8009)
        addCounted(text)
    }

    /// A pair of the list of attributes, up to its value.
    private mutating func addTag(_ name: String) {
        add(0x402, 1)
        add(text: Array(name.utf8))
    }
}
