/// A version of an RPM package, `epoch:version-release`, in the order of RPM itself (`rpmvercmp`; rpm-version(7)).
struct RPMVersion: Comparable {
    private let epoch: Substring
    private let version: Substring
    private let release: Substring

    /// An epoch that is missing is 0; a release that is missing equals every other.
    init(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        epoch = parts.count == 2 && !parts[0].isEmpty ? parts[0] : "0"
        let rest = parts[parts.count - 1]
        let hyphen = rest.lastIndex(of: "-")
        version = rest[..<(hyphen ?? rest.endIndex)]
        release = hyphen.map { rest[rest.index(after: $0)...] } ?? ""
    }

    static func == (a: RPMVersion, b: RPMVersion) -> Bool { compare(a, b) == 0 }

    static func < (a: RPMVersion, b: RPMVersion) -> Bool { compare(a, b) < 0 }

    private static func compare(_ a: RPMVersion, _ b: RPMVersion) -> Int {
        let epochs = compareSegments(a.epoch, b.epoch)
        if epochs != 0 { return epochs }
        let versions = compareSegments(a.version, b.version)
        if versions != 0 || a.release.isEmpty || b.release.isEmpty { return versions }
        return compareSegments(a.release, b.release)
    }

    /// `rpmvercmp`: runs of digits and runs of letters are compared one by one; all else only separates them, but `~`
    /// and `^`.
    static func compareSegments(_ a: some StringProtocol, _ b: some StringProtocol) -> Int {
        var a = Array(a.utf8)[...]
        var b = Array(b.utf8)[...]
        while !a.isEmpty || !b.isEmpty {
            a = a.drop { !$0.isVersionSign }
            b = b.drop { !$0.isVersionSign }
            if let decided = takeSign(&a, &b) {
                if decided == 0 { continue }
                return decided
            }
            guard let first = a.first, !b.isEmpty else { break }
            let isNumber = first.isDigit
            let left = a.takeRun(ofDigits: isNumber)
            let right = b.takeRun(ofDigits: isNumber)
            // A number is newer than letters.
            if right.isEmpty { return isNumber ? 1 : -1 }
            let order = isNumber ? compareNumbers(left, right) : compareLetters(left, right)
            if order != 0 { return order }
        }
        return a.isEmpty == b.isEmpty ? 0 : a.isEmpty ? -1 : 1
    }

    /// `~` sorts before everything, the end included; `^` after the end and before everything else.
    ///
    /// - Returns: nil where neither begins with a sign, 0 where both begin with the same one, which is taken.
    private static func takeSign(_ a: inout ArraySlice<UInt8>, _ b: inout ArraySlice<UInt8>) -> Int? {
        let tilde = UInt8(ascii: "~")
        let caret = UInt8(ascii: "^")
        guard let sign = [tilde, caret].first(where: { a.first == $0 || b.first == $0 }) else { return nil }
        if a.first == b.first {
            a = a.dropFirst()
            b = b.dropFirst()
            return 0
        }
        if sign == tilde { return a.first == tilde ? -1 : 1 }
        if a.isEmpty { return -1 }
        if b.isEmpty { return 1 }
        return a.first == caret ? -1 : 1
    }

    private static func compareNumbers(_ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>) -> Int {
        let a = a.drop { $0 == UInt8(ascii: "0") }
        let b = b.drop { $0 == UInt8(ascii: "0") }
        return a.count == b.count ? compareLetters(a, b) : a.count < b.count ? -1 : 1
    }

    private static func compareLetters(_ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>) -> Int {
        a.elementsEqual(b) ? 0 : a.lexicographicallyPrecedes(b) ? -1 : 1
    }
}

extension ArraySlice<UInt8> {
    fileprivate mutating func takeRun(ofDigits: Bool) -> ArraySlice<UInt8> {
        let run = prefix { ofDigits ? $0.isDigit : $0.isLetter }
        self = dropFirst(run.count)
        return run
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { self >= 0x30 && self <= 0x39 }
    fileprivate var isLetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }
    fileprivate var isVersionSign: Bool { isDigit || isLetter || self == 0x7E || self == 0x5E }
}
