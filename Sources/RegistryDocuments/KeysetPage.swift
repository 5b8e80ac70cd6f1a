public import PackageMining

/// What a list is in the order of: the time of a change, a number, a ``NameKey``.
public typealias KeysetKey = Codable & Comparable & Hashable & Sendable

/// A page of a list that is walked by key: what it tells, and the key of each of its rows.
public struct KeysetPage<Key: KeysetKey>: ProblemNotes, Sendable {
    /// A row of the list, as far as the walk looks at it.
    struct Row: Sendable {
        let key: Key
        let name: String
    }

    /// What is handed over. What is appended here alone, the walk takes for no row of the list.
    public var page = Page()

    /// How many rows the whole list has, where the page says so.
    public var total: Int?

    private(set) var rows: [Row] = []

    /// Rows that cannot be read, as they were noted in front of the last one that can, and behind it.
    private(set) var unreadable = 0
    var unreadableBehind: Int { page.problems.count - unreadable }

    public init() {}

    /// Adds the row of a package with that key, and what it tells of the package. One without a name is noted.
    public mutating func append(at key: Key, name: String, key nameKey: String? = nil, _ release: Release) {
        if !name.isEmpty { met(name, at: key) }
        page.append(name: name, key: nameKey, release)
    }

    /// Says that the page has a row with that name and key, whatever it tells.
    public mutating func met(_ name: String, at key: Key) {
        rows.append(Row(key: key, name: name))
        unreadable = page.problems.count
    }

    /// Notes a row that cannot be read.
    public mutating func note(_ problem: Problem) {
        page.note(problem)
    }

    /// How many rows the registry has sent, those among them that cannot be read.
    var count: Int { rows.count + page.problems.count }
}

extension KeysetPage {
    /// Why it is not the page from that key on; nil where it may be.
    func fault(from key: Key?) -> String? {
        if let key, let first = rows.first, first.key < key {
            return "the page begins at \(first.key), before \(key), from where it was asked for"
        }
        let pair = zip(rows, rows.dropFirst()).first { $1.key < $0.key }
        return pair.map { "the page is not in its order: \($1.key) stands behind \($0.key)" }
    }

    /// The sum of its rows with a key, or of all.
    func sum(at key: Key? = nil) -> RowSum {
        rows.lazy.filter { row in key.map { $0 == row.key } ?? true }.reduce(into: RowSum()) { $0.add($1.name) }
    }
}

/// A name as a key: the order is that of its UTF-8, in which `é` and `e` with an accent are two names.
public struct NameKey: Comparable, Hashable, Sendable, CustomStringConvertible {
    public let name: String

    public init(_ name: String) { self.name = name }

    public var description: String { name }

    public static func == (a: NameKey, b: NameKey) -> Bool { a.name.utf8.elementsEqual(b.name.utf8) }
    public static func < (a: NameKey, b: NameKey) -> Bool { a.name.utf8.lexicographicallyPrecedes(b.name.utf8) }

    public func hash(into hasher: inout Hasher) {
        for byte in name.utf8 { hasher.combine(byte) }
    }
}

/// Stored as its text.
extension NameKey: Codable {
    public init(from decoder: any Decoder) throws {
        name = try decoder.singleValueContainer().decode(String.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(name)
    }
}

/// Which rows were met, in a few bytes, in whatever order they came: two sums of different rows are the same once in
/// 2^64 times.
struct RowSum: Codable, Hashable, Sendable {
    private(set) var count = 0
    private var sum: UInt64 = 0

    mutating func add(_ name: String) {
        // FNV-1a, and a last mixing, without which sums of similar names would meet.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        hash = (hash ^ (hash >> 30)) &* 0xbf58_476d_1ce4_e5b9
        hash = (hash ^ (hash >> 27)) &* 0x94d0_49bb_1331_11eb
        sum &+= hash ^ (hash >> 31)
        count += 1
    }

    static func + (a: RowSum, b: RowSum) -> RowSum {
        var both = a
        both.count += b.count
        both.sum &+= b.sum
        return both
    }
}
