/// A version of a pod, in CocoaPods' own order (CocoaPods/Core's `version.rb`, July 2026), every release behind all
/// pre-releases, as which counts what has a letter or a dash. 1.0 is 1; build metadata, from a `+` on, is nothing.
package struct PodVersion: Comparable {
    private let parts: [Part]

    package init(_ version: String) {
        let text = version.utf8.prefix { $0 != UInt8(ascii: "+") }
        let isRelease = !text.contains { $0.isLetter || $0 == UInt8(ascii: "-") }
        let all = Part.parts(of: text)
        let leading = all.prefix { $0 < .text("") }
        let numbers = leading.prefix((leading.lastIndex { $0 != .number(digits: 0, "") } ?? -1) + 1)
        let rest = leading.count == all.count ? [.last] : all[leading.endIndex...]
        parts = [isRelease ? .last : .first] + numbers + [.first] + rest
    }

    package static func < (a: PodVersion, b: PodVersion) -> Bool { a.parts.lexicographicallyPrecedes(b.parts) }
}

/// What versions are compared by: runs of digits and of letters, which all else separates.
private enum Part: Comparable {
    case first
    /// Without zeros in front, however long.
    case number(digits: Int, String)
    case text(String)
    case last

    static func parts(of text: Substring.UTF8View) -> [Part] {
        var (parts, rest): ([Part], Substring.UTF8View) = ([], text)
        while let byte = rest.first {
            let run = rest.prefix { $0.isDigit == byte.isDigit && $0.isLetter == byte.isLetter }
            let digits = run.drop { $0 == UInt8(ascii: "0") }
            if byte.isDigit { parts.append(.number(digits: digits.count, String(Substring(digits)))) }
            if byte.isLetter { parts.append(.text(String(Substring(run)))) }
            rest = rest.dropFirst(run.count)
        }
        return parts
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { self >= 0x30 && self <= 0x39 }
    fileprivate var isLetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }
}
