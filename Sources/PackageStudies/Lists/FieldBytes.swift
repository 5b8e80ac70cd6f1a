/// ASCII, as lists are written.
enum ASCII {
    static let quote = UInt8(ascii: "\"")
    static let percent = UInt8(ascii: "%")
    static let dot = UInt8(ascii: ".")
    static let dash = UInt8(ascii: "-")

    @inline(__always) static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 97 < 26 || byte &- 48 < 10
    }
}

extension Span<UInt8> {
    func all(in range: Range<Int>, _ holds: (UInt8) -> Bool) -> Bool {
        for index in range where !holds(self[index]) { return false }
        return true
    }

    func copy(_ range: Range<Int>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.count)
        for index in range { bytes.append(self[index]) }
        return bytes
    }
}
