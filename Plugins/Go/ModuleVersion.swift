/// A version of a module, in the order in which Go looks for the newest: releases before pre-releases before
/// pseudo-versions, each by semantic versioning (https://go.dev/ref/mod#versions, https://semver.org).
///
/// `+incompatible` and other build metadata do not count. What is no semantic version comes before all others.
/// Compared once or twice a module, by bytes: as characters it took a tenth of the time of looking a module up.
package struct ModuleVersion: Comparable {
    private typealias Bytes = Substring.UTF8View

    private enum Kind: Int {
        case unknown, pseudo, preRelease, release
    }

    private let kind: Kind
    private let text: String

    /// `1.2.3`
    private let numbers: Bytes

    /// `rc.1`, `0.20190404164418-38d8ce5564a5`; empty for a release.
    private let label: Bytes

    package init(_ text: String) {
        self.text = text
        let withoutBuild = text.utf8.prefix { $0 != UInt8(ascii: "+") }
        let core = withoutBuild.prefix { $0 != UInt8(ascii: "-") }
        numbers = core.dropFirst()
        label = withoutBuild[core.endIndex...].dropFirst()
        kind = ModuleVersion.kind(core, numbers, label: label)
    }

    private static func kind(_ core: Bytes, _ numbers: Bytes, label: Bytes) -> Kind {
        guard core.first == UInt8(ascii: "v"), isThreeNumbers(numbers) else { return .unknown }
        if label.isEmpty { return .release }
        return isPseudo(label) ? .pseudo : .preRelease
    }

    private static func isThreeNumbers(_ text: Bytes) -> Bool {
        var rest = text
        for _ in 0..<2 {
            let number = rest.prefix { $0 != dot }
            guard isNumber(number), number.endIndex < rest.endIndex else { return false }
            rest = rest[number.endIndex...].dropFirst()
        }
        return isNumber(rest)
    }

    /// `20190404164418-38d8ce5564a5`, behind `0.`, behind a pre-release and `.0.`, or alone.
    private static func isPseudo(_ label: Bytes) -> Bool {
        guard let hyphen = label.lastIndex(of: UInt8(ascii: "-")) else { return false }
        let hash = label[hyphen...].dropFirst()
        let time = label[..<hyphen].suffix(14)
        let before = label[..<time.startIndex].last
        let isWhole = before == nil || before == dot || before == UInt8(ascii: "-")
        return time.count == 14 && isNumber(time) && isWhole && !hash.isEmpty && hash.allSatisfy(isAlphanumeric)
    }

    package static func == (a: ModuleVersion, b: ModuleVersion) -> Bool {
        !(a < b) && !(b < a)
    }

    package static func < (a: ModuleVersion, b: ModuleVersion) -> Bool {
        if a.kind != b.kind { return a.kind.rawValue < b.kind.rawValue }
        if a.kind == .unknown { return a.text.utf8.lexicographicallyPrecedes(b.text.utf8) }
        let byNumbers = order(of: a.numbers, b.numbers)
        return byNumbers == 0 ? order(of: a.label, b.label) < 0 : byNumbers < 0
    }

    /// Below, at or above 0 as `a` comes before, with or behind `b`, identifier by identifier.
    private static func order(of a: Bytes, _ b: Bytes) -> Int {
        var (x, y) = (a, b)
        while !x.isEmpty, !y.isEmpty {
            let (left, right) = (x.prefix { $0 != dot }, y.prefix { $0 != dot })
            let order = identifierOrder(left, right)
            if order != 0 { return order }
            (x, y) = (x[left.endIndex...].dropFirst(), y[right.endIndex...].dropFirst())
        }
        return x.isEmpty ? (y.isEmpty ? 0 : -1) : 1
    }

    private static func identifierOrder(_ a: Bytes, _ b: Bytes) -> Int {
        switch (isNumber(a), isNumber(b)) {
        case (true, true): numberOrder(a, b)
        case (true, false): -1
        case (false, true): 1
        case (false, false): textOrder(a, b)
        }
    }

    /// Numbers of any length: the longer one is the larger, leading zeros aside.
    private static func numberOrder(_ a: Bytes, _ b: Bytes) -> Int {
        let (x, y) = (a.drop { $0 == UInt8(ascii: "0") }, b.drop { $0 == UInt8(ascii: "0") })
        return x.count == y.count ? textOrder(x, y) : x.count - y.count
    }

    private static func textOrder(_ a: Bytes, _ b: Bytes) -> Int {
        if a.elementsEqual(b) { return 0 }
        return a.lexicographicallyPrecedes(b) ? -1 : 1
    }

    private static var dot: UInt8 { UInt8(ascii: ".") }

    private static func isNumber(_ text: Bytes) -> Bool { !text.isEmpty && text.allSatisfy(isDigit) }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}
