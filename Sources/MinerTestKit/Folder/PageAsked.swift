/// Which page of a list a request asks for, and how it says so.
struct PageAsked: Sendable {
    /// How the registry's pages are asked for.
    enum Way: Sendable {
        /// By their numbers, from 1 or from 0.
        case number, numberFrom0
        /// By how many rows come before.
        case skip
        /// By the value of a column, which the rows are sorted by: that of the last row taken, or of the next one.
        case after(String), from(String)
    }

    var way = Way.number
    var number = 1

    /// Whether a page begins at a value and not at a count.
    var isByValue: Bool {
        switch way {
        case .after, .from: true
        default: false
        }
    }

    /// What asks for the page behind these rows.
    func next(_ told: ToldRows, behind rows: Range<Int>) -> String {
        switch way {
        case .number: String(number + 1)
        case .numberFrom0: String(number)
        case .skip: String(rows.upperBound)
        case .after(let column): rows.last.map { told[$0][column] } ?? ""
        case .from(let column): rows.upperBound < told.count ? told[rows.upperBound][column] : ""
        }
    }
}

/// What a request says of the page that it wants.
struct PageWish {
    var place = PageAsked()
    /// Where the rows begin that are meant, and the column that they are in the order of.
    private var start: (ToldRows) -> Int = { _ in 0 }
    private var order: String?
    /// How many of them come before the page.
    private var passedOver: (ToldRows) -> Int = { _ in 0 }
    private var isNumbered = false
    private var size: Int?

    static let words: Set<String> = ["page", "page0", "skip", "after", "from", "limit"]

    /// Takes a value out of the request. Returns false where it is none that can be meant.
    mutating func take(_ word: String, _ argument: String?, _ text: String) -> Bool {
        switch (word, argument) {
        case ("limit", nil): return takeNumber(text) { $0.size = max(1, $1) }
        case ("page", nil): return takeNumber(text) { $0.begin(.number, at: $1 - 1, $1) }
        case ("page0", nil): return takeNumber(text) { $0.begin(.numberFrom0, at: $1, $1 + 1) }
        case ("skip", nil):
            return takeNumber(text) { wish, count in wish.pass(over: { _ in count }, .skip) }
        case ("after", let column?): begin(.after(column), column) { $0.place(of: column, text, isBehind: true) }
        case ("from", let column?): begin(.from(column), column) { $0.place(of: column, text, isBehind: false) }
        default: return false
        }
        return true
    }

    /// Takes the first page, of those that are asked for so. Returns false where that word is not about pages.
    mutating func takeFirst(_ word: String, _ argument: String?) -> Bool {
        switch (word, argument) {
        case ("limit", nil): break
        case ("page", nil): begin(.number, at: 0, 1)
        case ("page0", nil): begin(.numberFrom0, at: 0, 1)
        case ("skip", nil): pass(over: { _ in 0 }, .skip)
        case ("after", let column?): begin(.after(column), column) { _ in 0 }
        case ("from", let column?): begin(.from(column), column) { _ in 0 }
        default: return false
        }
        return true
    }

    /// The rows of the page, of those in its order.
    func scope(of told: ToldRows, base: String, sums: [String: DocumentFacts]) -> TemplateScope {
        let told = order.map(told.sorted) ?? told
        let size = min(size ?? .max, told.pageSize)
        let first = min(max(0, start(told) &+ passedOver(told)), told.count)
        var scope = TemplateScope(told, rows: first..<min(first + size, told.count), base: base, sums: sums)
        scope.place = place
        return scope
    }

    private mutating func begin(_ way: PageAsked.Way, _ column: String, start: @escaping (ToldRows) -> Int) {
        if !isNumbered { place.way = way }
        order = column
        self.start = start
    }

    private mutating func begin(_ way: PageAsked.Way, at page: Int, _ number: Int) {
        pass(over: { page.multipliedReportingOverflow(by: $0.pageSize).partialValue }, way)
        place.number = number
    }

    /// Where pages are numbered from a value on, none may be shorter than it is.
    private mutating func pass(over rows: @escaping (ToldRows) -> Int, _ way: PageAsked.Way) {
        place.way = way
        isNumbered = true
        passedOver = rows
    }

    private mutating func takeNumber(_ text: String, _ take: (inout PageWish, Int) -> Void) -> Bool {
        guard let number = Int(text), number >= 0, number < 1 << 32 else { return false }
        take(&self, number)
        return true
    }
}
