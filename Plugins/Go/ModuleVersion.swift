/// A version of a module, in the order in which Go looks for the newest: releases before pre-releases before
/// pseudo-versions, each by semantic versioning (https://go.dev/ref/mod#versions, https://semver.org).
///
/// `+incompatible` and other build metadata do not count. What is no semantic version comes before all others.
struct ModuleVersion: Comparable {
    private enum Kind: Int {
        case unknown, pseudo, preRelease, release
    }

    private let kind: Kind
    private let numbers: [Substring]
    private let preRelease: [Substring]
    private let text: String

    init(_ text: String) {
        self.text = text
        let withoutBuild = text.prefix { $0 != "+" }
        let core = withoutBuild.prefix { $0 != "-" }
        numbers = core.dropFirst().split(separator: ".", omittingEmptySubsequences: false)
        let label = withoutBuild.dropFirst(core.count).dropFirst()
        preRelease = label.isEmpty ? [] : label.split(separator: ".", omittingEmptySubsequences: false)
        kind = ModuleVersion.kind(core, numbers, label: label)
    }

    private static func kind(_ core: Substring, _ numbers: [Substring], label: Substring) -> Kind {
        guard core.first == "v", numbers.count == 3, numbers.allSatisfy(isNumber) else { return .unknown }
        if label.isEmpty { return .release }
        return isPseudo(label) ? .pseudo : .preRelease
    }

    /// `20190404164418-38d8ce5564a5`, behind `0.`, behind a pre-release and `.0.`, or alone.
    private static func isPseudo(_ label: Substring) -> Bool {
        let parts = label.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 2, let time = parts[parts.count - 2].split(separator: ".").last, let hash = parts.last
        else { return false }
        return time.utf8.count == 14 && isNumber(time) && !hash.isEmpty
            && hash.allSatisfy { $0.isLetter || $0.isNumber }
    }

    private static func isNumber(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    static func == (a: ModuleVersion, b: ModuleVersion) -> Bool {
        !(a < b) && !(b < a)
    }

    static func < (a: ModuleVersion, b: ModuleVersion) -> Bool {
        if a.kind != b.kind { return a.kind.rawValue < b.kind.rawValue }
        if a.kind == .unknown { return a.text.utf8.lexicographicallyPrecedes(b.text.utf8) }
        for (x, y) in zip(a.numbers, b.numbers) where !isSame(x, y) { return isNumber(x, lessThan: y) }
        return isPreRelease(a.preRelease, lessThan: b.preRelease)
    }

    private static func isPreRelease(_ a: [Substring], lessThan b: [Substring]) -> Bool {
        for (x, y) in zip(a, b) where !isSame(x, y) {
            switch (isNumber(x), isNumber(y)) {
            case (true, true): return isNumber(x, lessThan: y)
            case (true, false): return true
            case (false, true): return false
            case (false, false): return x.utf8.lexicographicallyPrecedes(y.utf8)
            }
        }
        return a.count < b.count
    }

    /// Numbers of any length: the longer one is the larger, leading zeros aside.
    private static func isNumber(_ a: Substring, lessThan b: Substring) -> Bool {
        let (x, y) = (a.drop { $0 == "0" }.utf8, b.drop { $0 == "0" }.utf8)
        return x.count == y.count ? x.lexicographicallyPrecedes(y) : x.count < y.count
    }

    private static func isSame(_ a: Substring, _ b: Substring) -> Bool {
        a.utf8.elementsEqual(b.utf8)
    }
}
