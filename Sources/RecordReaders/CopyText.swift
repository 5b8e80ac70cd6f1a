/// The escapes of PostgreSQL's `COPY` text.
enum CopyText {
    /// A field without its escapes; nil where it ends inside one.
    static func unescaped(_ field: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard var escape = field.firstIndex(of: backslash) else { return field }
        var text: [UInt8] = []
        var rest = field
        while true {
            text += rest[..<escape]
            rest = rest[(escape + 1)...]
            guard let kind = rest.popFirst() else { return nil }
            text.append(byte(kind, &rest))
            guard let next = rest.firstIndex(of: backslash) else { return (text + rest)[...] }
            escape = next
        }
    }

    /// The byte that an escape stands for: one of six letters, one to three octal digits, `x` with one or two
    /// hexadecimal ones, else what follows the backslash.
    private static func byte(_ kind: UInt8, _ rest: inout ArraySlice<UInt8>) -> UInt8 {
        switch kind {
        case UInt8(ascii: "b"): return 8
        case UInt8(ascii: "f"): return 12
        case UInt8(ascii: "n"): return newline
        case UInt8(ascii: "r"): return 13
        case UInt8(ascii: "t"): return 9
        case UInt8(ascii: "v"): return 11
        case UInt8(ascii: "x"): return number(16, atMost: 2, from: 0, &rest) ?? kind
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            let first = Int(kind - UInt8(ascii: "0"))
            return number(8, atMost: 2, from: first, &rest) ?? UInt8(first)
        default: return kind
        }
    }

    /// - Returns: nil where there is no digit.
    private static func number(
        _ radix: Int, atMost count: Int, from start: Int, _ rest: inout ArraySlice<UInt8>
    ) -> UInt8? {
        var number = start
        var taken = 0
        while taken < count, let first = rest.first, let digit = Character(UnicodeScalar(first)).hexDigitValue,
            digit < radix
        {
            number = number * radix + digit
            rest.removeFirst()
            taken += 1
        }
        return taken == 0 ? nil : UInt8(truncatingIfNeeded: number)
    }
}

let backslash = UInt8(ascii: "\\")
