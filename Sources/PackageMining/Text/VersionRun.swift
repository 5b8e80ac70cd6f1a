/// What orders of versions compare, one by one: runs of digits, runs of ASCII's letters, and each byte between them.
package enum VersionRun: Hashable, Sendable {
    case number(VersionNumber)
    case letters(String)
    case sign(UInt8)

    package static func runs(of version: Substring.UTF8View) -> [VersionRun] {
        var (runs, rest): ([VersionRun], Substring.UTF8View) = ([], version)
        while let byte = rest.first {
            let digits = rest.prefix { (0x30...0x39).contains($0) }
            let letters = rest.prefix { (0x61...0x7A).contains($0 | 0x20) }
            if !digits.isEmpty {
                runs.append(.number(VersionNumber(digits)))
            } else {
                runs.append(letters.isEmpty ? .sign(byte) : .letters(String(Substring(letters))))
            }
            rest = rest.dropFirst(max(digits.count, letters.count, 1))
        }
        return runs
    }
}

/// A number in a version, however long: no integer holds a date with a hash behind it.
package struct VersionNumber: Comparable, Hashable, Sendable {
    package static let zero = VersionNumber("".utf8[...])

    /// Without zeros in front.
    private let digits: String

    init(_ digits: Substring.UTF8View) {
        self.digits = String(Substring(digits.drop { $0 == UInt8(ascii: "0") }))
    }

    package static func < (a: VersionNumber, b: VersionNumber) -> Bool {
        let (long, other) = (a.digits.utf8.count, b.digits.utf8.count)
        return long == other ? a.digits < b.digits : long < other
    }
}
