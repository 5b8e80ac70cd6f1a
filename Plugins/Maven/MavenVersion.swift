/// A version in Maven's own order (`ComparableVersion` of maven-artifact; https://maven.apache.org/pom.html#version-order-specification).
struct MavenVersion: Comparable {
    /// A version is a list of numbers, qualifiers and lists.
    private indirect enum Item {
        case number(Substring.UTF8View)
        case qualifier(String)
        case list([Item])

        /// Whether it is as good as nothing: 0, a final release's qualifier, an empty list.
        var isNull: Bool {
            switch self {
            case .number(let digits): digits.isEmpty
            case .qualifier(let word): word.isEmpty
            case .list(let items): items.isEmpty
            }
        }
    }

    private let items: [Item]

    init(_ text: String) {
        var parser = Parser(text.lowercased())
        items = parser.parse()
    }

    static func == (a: MavenVersion, b: MavenVersion) -> Bool { compare(a.items, b.items) == 0 }
    static func < (a: MavenVersion, b: MavenVersion) -> Bool { compare(a.items, b.items) < 0 }

    private static func compare(_ a: [Item], _ b: [Item]) -> Int {
        for index in 0..<max(a.count, b.count) {
            let left = index < a.count ? a[index] : nil
            let right = index < b.count ? b[index] : nil
            let order = left.map { compare($0, right) } ?? right.map { -compare($0, nil) } ?? 0
            if order != 0 { return order }
        }
        return 0
    }

    /// Nothing stands for 0 and for a release.
    private static func compare(_ a: Item, _ b: Item?) -> Int {
        switch (a, b) {
        case (.number(let digits), nil): digits.isEmpty ? 0 : 1
        case (.qualifier(let word), nil): rank(word) < release ? -1 : rank(word) == release ? 0 : 1
        case (.list(let items), nil): items.lazy.map { compare($0, nil) }.first { $0 != 0 } ?? 0
        case (.number(let left), .number(let right)?): order(left, right)
        case (.number, .qualifier?), (.number, .list?): 1
        case (.qualifier, .number?), (.list, .number?): -1
        case (.qualifier(let left), .qualifier(let right)?): order(left, right)
        case (.qualifier, .list?): -1
        case (.list, .qualifier?): 1
        case (.list(let left), .list(let right)?): compare(left, right)
        }
    }

    private static func order(_ a: Substring.UTF8View, _ b: Substring.UTF8View) -> Int {
        if a.count != b.count { return a.count < b.count ? -1 : 1 }
        return a.elementsEqual(b) ? 0 : a.lexicographicallyPrecedes(b) ? -1 : 1
    }

    private static func order(_ a: String, _ b: String) -> Int {
        if rank(a) != rank(b) { return rank(a) < rank(b) ? -1 : 1 }
        guard rank(a) == ranks.count else { return 0 }
        return a.utf16.elementsEqual(b.utf16) ? 0 : a.utf16.lexicographicallyPrecedes(b.utf16) ? -1 : 1
    }

    private static let ranks = ["alpha", "beta", "milestone", "rc", "snapshot", "", "sp"]
    private static let release = 5

    /// Words that Maven does not know come after all that it knows.
    private static func rank(_ word: String) -> Int { ranks.firstIndex(of: word) ?? ranks.count }

    /// Cuts a version at dots, hyphens, and between digits and letters.
    private struct Parser {
        private let text: String
        private var lists: [[Item]] = [[]]

        init(_ text: String) { self.text = text }

        mutating func parse() -> [Item] {
            var start = text.startIndex
            var isDigits = false
            for index in text.indices {
                let byte = text.utf8[index]
                if byte == 0x2E || byte == 0x2D {
                    let isEmpty = index == start
                    add(isEmpty ? .number(text[start..<start].utf8) : item(text[start..<index], isDigits, false))
                    start = text.index(after: index)
                    if byte == 0x2D { lists.append([]) }
                } else if (0x30...0x39).contains(byte) {
                    if !isDigits && index > start {
                        beginWord()
                        add(item(text[start..<index], false, true))
                        start = index
                        lists.append([])
                    }
                    isDigits = true
                } else {
                    if isDigits && index > start {
                        add(item(text[start..<index], true, false))
                        start = index
                        lists.append([])
                    }
                    isDigits = false
                }
            }
            if start < text.endIndex {
                if !isDigits { beginWord() }
                add(item(text[start...], isDigits, false))
            }
            return close()
        }

        /// A dot before a word means a hyphen: `1.0.0.X1` is `1.0.0-X1`.
        private mutating func beginWord() {
            if !lists[lists.count - 1].isEmpty { lists.append([]) }
        }

        private mutating func add(_ item: Item) { lists[lists.count - 1].append(item) }

        /// Lists lie inside one another, each the last item of the one before. Zeros before a list, and at the end,
        /// do not count.
        private mutating func close() -> [Item] {
            var inner: [Item]?
            while var list = lists.popLast() {
                if let inner { list.append(.list(inner)) }
                inner = normalized(list)
            }
            return inner ?? []
        }

        private func normalized(_ list: [Item]) -> [Item] {
            var list = list
            for index in list.indices.reversed() {
                if list[index].isNull {
                    list.remove(at: index)
                } else if case .list = list[index] {
                    continue
                } else {
                    break
                }
            }
            return list
        }

        private func item(_ text: Substring, _ isDigits: Bool, _ isBeforeDigit: Bool) -> Item {
            if isDigits { return .number(text.drop { $0 == "0" }.utf8) }
            let short = ["a": "alpha", "b": "beta", "m": "milestone"]
            let aliases = ["ga": "", "final": "", "release": "", "cr": "rc"]
            let word = String(text)
            if isBeforeDigit, let long = short[word] { return .qualifier(long) }
            return .qualifier(aliases[word] ?? word)
        }
    }
}
