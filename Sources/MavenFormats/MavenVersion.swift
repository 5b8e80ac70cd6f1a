/// A version in Maven's own order (`ComparableVersion` of maven-artifact; https://maven.apache.org/pom.html#version-order-specification).
///
/// To Maven a version is a list of numbers and words that may end with another such list, and so on. Here they lie one
/// behind another, with a mark where a list begins: however deep, nothing recurses.
package struct MavenVersion: Comparable {
    private enum Item {
        /// Digits without leading zeros; none are 0.
        case number(ArraySlice<UInt16>)
        /// UTF-16 units, in whose order Java sorts words. No word is a release.
        case word([UInt16])
        case list

        var isNull: Bool {
            switch self {
            case .number(let digits): digits.isEmpty
            case .word(let word): word.isEmpty
            case .list: false
            }
        }
    }

    private var items: [Item] = []

    /// Cuts a version at dots, hyphens, and between digits and letters.
    package init(_ text: String) {
        let text = Array(text.lowercased().utf16)
        var start = 0
        var isDigits = false
        for (place, unit) in text.enumerated() {
            let isSeparator = unit == 0x2E || unit == 0x2D
            let isDigit = (0x30...0x39).contains(unit)
            if isSeparator {
                items.append(place == start ? .number([]) : Self.item(text[start..<place], isDigits))
                start = place + 1
                if unit == 0x2D { beginList() }
            } else if isDigit != isDigits && place > start {
                if isDigit && !endsWithList { beginList() }
                items.append(Self.item(text[start..<place], isDigits, isBeforeDigit: isDigit))
                start = place
                beginList()
            }
            if !isSeparator { isDigits = isDigit }
        }
        if start < text.count {
            // A dot before a word means a hyphen: `1.0.0.X1` is `1.0.0-X1`.
            if !isDigits && !endsWithList { beginList() }
            items.append(Self.item(text[start...], isDigits))
        }
        dropNulls()
        while endsWithList && !items.isEmpty { items.removeLast() }
    }

    private var endsWithList: Bool {
        if case .list? = items.last { return true }
        return items.isEmpty
    }

    private mutating func beginList() {
        dropNulls()
        items.append(.list)
    }

    /// Zeros, and words that mean a release, do not count before a list or at the end.
    private mutating func dropNulls() {
        while items.last?.isNull == true { items.removeLast() }
    }

    private static func item(_ text: ArraySlice<UInt16>, _ isDigits: Bool, isBeforeDigit: Bool = false) -> Item {
        if isDigits { return .number(text.drop { $0 == 0x30 }) }
        let word = String(decoding: text, as: UTF16.self)
        let meant = isBeforeDigit ? ["a": "alpha", "b": "beta", "m": "milestone"][word] : nil
        return .word(Array((meant ?? ["ga": "", "final": "", "release": "", "cr": "rc"][word] ?? word).utf16))
    }

    // MARK: - Order

    package static func == (a: MavenVersion, b: MavenVersion) -> Bool { order(a.items, b.items) == 0 }
    package static func < (a: MavenVersion, b: MavenVersion) -> Bool { order(a.items, b.items) < 0 }

    private static func order(_ a: [Item], _ b: [Item]) -> Int {
        for (left, right) in zip(a, b) {
            let order = order(left, right)
            if order != 0 { return order }
        }
        let rest = a.count > b.count ? a.dropFirst(b.count) : b.dropFirst(a.count)
        let order = rest.lazy.map(orderAgainstNothing).first { $0 != 0 } ?? 0
        return a.count > b.count ? order : -order
    }

    /// Numbers come after lists, lists after words.
    private static func order(_ a: Item, _ b: Item) -> Int {
        switch (a, b) {
        case (.number(let left), .number(let right)) where left.count != right.count: left.count - right.count
        case (.number(let left), .number(let right)): order(left, right)
        case (.word(let left), .word(let right)):
            rank(left) != rank(right) || rank(left) < ranks.count ? rank(left) - rank(right) : order(left, right)
        case (.list, .list): 0
        case (.number, _), (.list, .word): 1
        case (_, .number), (.word, .list): -1
        }
    }

    private static func order(_ a: some Sequence<UInt16>, _ b: some Sequence<UInt16>) -> Int {
        a.lexicographicallyPrecedes(b) ? -1 : b.lexicographicallyPrecedes(a) ? 1 : 0
    }

    private static func orderAgainstNothing(_ item: Item) -> Int {
        switch item {
        case .number(let digits): digits.count
        case .word(let word): rank(word) - rank([])
        case .list: 0
        }
    }

    private static let ranks = ["alpha", "beta", "milestone", "rc", "snapshot", "", "sp"].map { Array($0.utf16) }

    /// Words that Maven does not know come after all that it knows.
    private static func rank(_ word: [UInt16]) -> Int { ranks.firstIndex(of: word) ?? ranks.count }
}
