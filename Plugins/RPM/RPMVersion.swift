import PackageMining

/// A version of an RPM package, `epoch:version-release`, in the order of RPM itself (`rpmvercmp`; rpm-version(7)).
package struct RPMVersion: Comparable {
    private let epoch: [Token]
    private let version: [Token]
    private let release: [Token]

    /// An epoch that is missing is 0; a release that is missing equals every other.
    package init(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        epoch = Token.tokens(of: parts.count == 2 && !parts[0].isEmpty ? parts[0] : "0")
        let rest = parts[parts.count - 1]
        let hyphen = rest.lastIndex(of: "-")
        version = Token.tokens(of: rest[..<(hyphen ?? rest.endIndex)])
        release = hyphen.map { Token.tokens(of: rest[rest.index(after: $0)...]) } ?? [.end]
    }

    package static func == (a: RPMVersion, b: RPMVersion) -> Bool { !(a < b) && !(b < a) }

    package static func < (a: RPMVersion, b: RPMVersion) -> Bool {
        if a.epoch != b.epoch { return a.epoch.lexicographicallyPrecedes(b.epoch) }
        if a.version != b.version { return a.version.lexicographicallyPrecedes(b.version) }
        if a.release == [.end] || b.release == [.end] { return false }
        return a.release.lexicographicallyPrecedes(b.release)
    }
}

/// What `rpmvercmp` compares one by one: runs of digits, runs of letters, and two signs; all else only separates them.
/// In the order of the cases: `~` comes before the end, `^` behind it, and a number is newer than letters.
private enum Token: Comparable {
    case tilde
    case end
    case caret
    case letters(String)
    case number(VersionNumber)

    static func tokens(of text: Substring) -> [Token] {
        VersionRun.runs(of: text.utf8).compactMap { run in
            switch run {
            case .sign(UInt8(ascii: "~")): .tilde
            case .sign(UInt8(ascii: "^")): .caret
            case .sign: nil
            case .letters(let letters): .letters(letters)
            case .number(let number): .number(number)
            }
        } + [.end]
    }
}
