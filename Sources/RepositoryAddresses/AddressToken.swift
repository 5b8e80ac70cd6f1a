/// The bytes of a field that are the address, and what stands behind it.
struct AddressToken {
    var range: Range<Int>
    /// The directory that Debian writes behind an address: `https://host/x.git -b branch [directory]`.
    var directory: Range<Int> = 0..<0

    init(_ text: Span<UInt8>) {
        var low = 0
        var high = text.count
        Self.trimSpace(text, &low, &high)
        while low < high, Self.opens(text[low]), !text.matches("[fetch=]", at: low) { low += 1 }
        Self.trimSpace(text, &low, &high)
        var end = low
        while end < high, !ASCII.isSpace(text[end]) { end += 1 }
        if end < high { directory = Self.bracketed(text, end..<high) }
        while end > low, Self.closes(text[end - 1]) { end -= 1 }
        range = low..<end
    }

    /// Drops white space, a byte order mark and no-break spaces at both ends.
    private static func trimSpace(_ text: Span<UInt8>, _ low: inout Int, _ high: inout Int) {
        while low < high {
            if ASCII.isSpace(text[low]) {
                low += 1
            } else if low + 1 < high, text[low] == 0xC2, text[low + 1] == 0xA0 {
                low += 2
            } else if low + 2 < high, text[low] == 0xEF, text[low + 1] == 0xBB, text[low + 2] == 0xBF {
                low += 3
            } else {
                break
            }
        }
        while high > low {
            if ASCII.isSpace(text[high - 1]) {
                high -= 1
            } else if high - 1 > low, text[high - 2] == 0xC2, text[high - 1] == 0xA0 {
                high -= 2
            } else {
                break
            }
        }
    }

    private static func opens(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "="), UInt8(ascii: "<"), UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "\""),
            UInt8(ascii: "'"), UInt8(ascii: "`"):
            true
        default: false
        }
    }

    /// What prose and quoting leave behind an address. No host ends a repository's path so.
    static func closes(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "!"),
            UInt8(ascii: "?"), UInt8(ascii: ")"), UInt8(ascii: ">"), UInt8(ascii: "]"), UInt8(ascii: "}"),
            UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"):
            true
        default: false
        }
    }

    private static func bracketed(_ text: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
        guard let open = text.first(of: UInt8(ascii: "["), in: range),
            let close = text.first(of: UInt8(ascii: "]"), in: open..<range.upperBound)
        else { return 0..<0 }
        return open + 1..<close
    }
}
