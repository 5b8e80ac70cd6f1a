/// A version in the order of semantic versioning (https://semver.org/#spec-item-11), as loosely as registries write it:
/// numbers, however many, then the labels of a pre-release, then build metadata, which does not count.
///
/// Numbers that are missing at the end are 0.
public struct SemanticVersion: Comparable, Sendable {
    public let numbers: [Int]

    /// The labels as they are written: `rc.1`. Empty for a release.
    public let preRelease: String

    private let labels: [Label]

    /// Numbers come before words.
    private enum Label: Equatable, Sendable {
        case number(Int)
        case word([UInt8])
    }

    /// Nil for a text that does not begin with numbers and points.
    ///
    /// - Parameter largestLabel: a label that is a larger number counts as a word.
    public init?(_ text: some StringProtocol, largestLabel: Int = .max) {
        let bare = text.prefix { $0 != "+" }
        let core = bare.prefix { $0 != "-" }
        let numbers = core.split(separator: ".", omittingEmptySubsequences: false).map { value($0) }
        guard !numbers.contains(nil) else { return nil }
        self.numbers = numbers.compactMap(\.self)
        preRelease = String(bare.dropFirst(core.count + 1))
        labels = preRelease.split(separator: ".").map { label in
            if let number = value(label), number <= largestLabel { .number(number) } else { .word(Array(label.utf8)) }
        }
    }

    public static func == (a: SemanticVersion, b: SemanticVersion) -> Bool { !(a < b) && !(b < a) }

    public static func < (a: SemanticVersion, b: SemanticVersion) -> Bool {
        for index in 0..<max(a.numbers.count, b.numbers.count) {
            let (x, y) = (a.number(index), b.number(index))
            if x != y { return x < y }
        }
        // A release comes behind its pre-releases.
        if a.labels.isEmpty != b.labels.isEmpty { return b.labels.isEmpty }
        return a.labels.lexicographicallyPrecedes(b.labels) { x, y in
            switch (x, y) {
            case (.number(let x), .number(let y)): x < y
            case (.word(let x), .word(let y)): x.lexicographicallyPrecedes(y)
            case (.number, .word): true
            case (.word, .number): false
            }
        }
    }

    /// The number at an index, counted from 0; 0 where it is left out.
    public func number(_ index: Int) -> Int { index < numbers.count ? numbers[index] : 0 }
}

/// Digits alone: `Int` would take a sign.
private func value(_ text: some StringProtocol) -> Int? {
    text.utf8.allSatisfy { (48...57).contains($0) } ? Int(text) : nil
}
