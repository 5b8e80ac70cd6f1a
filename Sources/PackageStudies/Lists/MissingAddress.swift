package import RepositoryAddresses

/// What is missing: one notion of it, for every study.
extension AddressReader {
    /// Whether a field holds no address: nothing, `nan`, or anything else that only stands where an address should
    /// (``NoRepository/placeholder``): `UNKNOWN`, `n/a`, `${project.url}`.
    package func isMissing(_ field: Span<UInt8>, shorthand: ShorthandRule) -> Bool {
        if Self.isPlainlyMissing(field) { return true }
        if Self.isPlainURL(field) { return false }
        return read(field, shorthand: shorthand) == .nothing(.placeholder)
    }

    /// What most fields without an address hold.
    static func isPlainlyMissing(_ field: Span<UInt8>) -> Bool {
        if field.count != 3 { return field.isEmpty }
        return field[0] == UInt8(ascii: "n") && field[1] == UInt8(ascii: "a") && field[2] == UInt8(ascii: "n")
    }

    /// What most fields with an address hold. It need not be taken apart to be told from a placeholder: none begins so,
    /// and nothing in it could be a template or an escape.
    private static func isPlainURL(_ field: Span<UInt8>) -> Bool {
        guard field.count >= 4, field[0] | 0x20 == UInt8(ascii: "h"), field[1] | 0x20 == UInt8(ascii: "t"),
            field[2] | 0x20 == UInt8(ascii: "t"), field[3] | 0x20 == UInt8(ascii: "p")
        else { return false }
        return field.all(in: 4..<field.count) {
            $0 != UInt8(ascii: "$") && $0 != UInt8(ascii: "{") && $0 != ASCII.percent
        }
    }
}
