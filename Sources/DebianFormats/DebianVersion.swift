/// A version of a Debian package, `[epoch:]upstream[-revision]`, in the order of dpkg (deb-version(7)).
package struct DebianVersion: Comparable {
    /// Bytes whose order is the versions': numbers are in it by their length, since no integer holds a date and a hash.
    private let order: [UInt8]

    /// An epoch that is missing is 0, and so is a revision.
    package init(_ text: String) {
        let bytes = Array(text.utf8)
        let colon = bytes.firstIndex(of: UInt8(ascii: ":"))
        let rest = bytes[(colon.map { $0 + 1 } ?? 0)...]
        let hyphen = rest.lastIndex(of: UInt8(ascii: "-"))
        let revision = hyphen.map { rest[($0 + 1)...] } ?? []
        order = [bytes[..<(colon ?? 0)], rest[..<(hyphen ?? rest.endIndex)], revision].flatMap(orderedParts)
    }

    package static func < (a: DebianVersion, b: DebianVersion) -> Bool { a.order.lexicographicallyPrecedes(b.order) }
}

/// By turns a run of other bytes with its end, and a number: the count of its digits in four bytes, and these.
private func orderedParts(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var order: [UInt8] = []
    var rest = text
    repeat {
        order += rest.prefix { !isDigit($0) }.map(rank) + [endOfRun]
        rest = rest.drop { !isDigit($0) }
        let digits = rest.prefix(while: isDigit).drop { $0 == UInt8(ascii: "0") }
        order += (0..<4).reversed().map { UInt8(truncatingIfNeeded: digits.count >> ($0 * 8)) } + digits
        rest = rest.drop(while: isDigit)
    } while !rest.isEmpty
    return order + [endOfRun]
}

/// `~` is before the end, the end before letters, and letters before all else.
private func rank(_ byte: UInt8) -> UInt8 {
    if byte == UInt8(ascii: "~") { return 0 }
    return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) ? byte : byte | 0x80
}

private let endOfRun: UInt8 = 1

private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
