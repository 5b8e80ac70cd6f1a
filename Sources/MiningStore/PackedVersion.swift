/// A version as the state holds it, in little more than half its bytes: of a registry with tens of millions of releases
/// the versions are the larger part.
///
/// Nearly all are written in digits, `a` to `f`, `v`, `.` and `-`, a Go pseudo-version too. Fifteen of these 19 characters
/// make one number of eight bytes, each a digit from 1 to 19, so that no two texts make the same number; what is left at
/// the end makes one of as few bytes as it needs. A version with any other character stays a text. A version has one
/// form alone, by which it is found.
package enum PackedVersion {
    private static let charactersOfNumber = 15
    private static let alphabet = Array("0123456789abcdef.-v".utf8)
    private static let base = UInt64(alphabet.count)

    /// Packs a version and hands it to `body`.
    ///
    /// - Returns: false for one that stays a text, with which `body` is not called.
    package static func pack(_ text: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void) -> Bool {
        guard !text.isEmpty, text.allSatisfy({ digit($0) != nil }) else { return false }
        withUnsafeTemporaryAllocation(byteCount: text.count + 8, alignment: 1) { packed in
            var count = 0
            for start in stride(from: 0, to: text.count, by: charactersOfNumber) {
                var number: UInt64 = 0
                for character in text[start..<min(start + charactersOfNumber, text.count)] {
                    number = number * base + (digit(character) ?? 0)
                }
                while number > 0 {
                    packed[count] = UInt8(truncatingIfNeeded: number)
                    (number, count) = (number >> 8, count + 1)
                }
            }
            body(UnsafeRawBufferPointer(rebasing: packed[..<count]))
        }
        return true
    }

    package static func unpack(_ packed: UnsafeRawBufferPointer) -> String {
        var text: [UInt8] = []
        for start in stride(from: 0, to: packed.count, by: 8) {
            var number: UInt64 = 0
            for byte in packed[start..<min(start + 8, packed.count)].reversed() { number = number << 8 | UInt64(byte) }
            let end = text.count
            while number > 0 {
                text.append(alphabet[Int((number - 1) % base)])
                number = (number - 1) / base
            }
            text[end...].reverse()
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// From 1 on; nil for a character that is not of the alphabet.
    private static func digit(_ character: UInt8) -> UInt64? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(character - UInt8(ascii: "0")) + 1
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(character - UInt8(ascii: "a")) + 11
        case UInt8(ascii: "."): 17
        case UInt8(ascii: "-"): 18
        case UInt8(ascii: "v"): 19
        default: nil
        }
    }
}

extension RawStatement {
    /// Binds a version as the state holds it.
    func bindVersion(_ text: UnsafeRawBufferPointer, at index: Int32) {
        if !PackedVersion.pack(text, { bindCopied($0, at: index) }) { bind(text, at: index) }
    }

    func version(_ column: Int32) -> String {
        isBlob(column) ? PackedVersion.unpack(bytes(column)) : string(column)
    }
}
