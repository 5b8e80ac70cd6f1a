public import RepositoryAddresses

/// What the rows of one ecosystem hold.
public struct RowCounts: Sendable, Equatable {
    public internal(set) var packages = 0
    public internal(set) var withHomepage = 0
    public internal(set) var withRepository = 0
    /// Rows whose repository was understood, inferred ones included.
    public internal(set) var understood = 0
    public internal(set) var inferred = 0
    /// Packages by the host of their repository.
    public internal(set) var hosts: [String: Int] = [:]
    /// Rows whose Repository column names no repository, by why.
    public internal(set) var leftOut: [NoRepository: Int] = [:]

    mutating func add(_ other: RowCounts) {
        packages += other.packages
        withHomepage += other.withHomepage
        withRepository += other.withRepository
        understood += other.understood
        inferred += other.inferred
        hosts.merge(other.hosts, uniquingKeysWith: +)
        leftOut.merge(other.leftOut, uniquingKeysWith: +)
    }
}

/// Addresses that name no repository, each counted.
struct LeftOutCounts: Sendable {
    struct Entry: Sendable {
        let column: ListColumn
        let reason: NoRepository
        let start: Int
        let length: Int
        var count: Int
    }

    private(set) var entries: [Entry] = []
    private(set) var bytes: [UInt8] = []
    private var places: [TextKey: Int] = [:]

    mutating func add(
        _ address: Span<UInt8>, _ column: ListColumn, _ reason: NoRepository, count: Int, _ hash: KeyedHash
    ) {
        let kind = UInt8(column.rawValue * 32) + UInt8(NoRepository.allCases.firstIndex(of: reason) ?? 0) + 1
        let key = hash(address, kind: kind)
        if let place = places[key] {
            entries[place].count += count
            return
        }
        places[key] = entries.count
        entries.append(
            Entry(column: column, reason: reason, start: bytes.count, length: address.count, count: count))
        for index in 0..<address.count { bytes.append(address[index]) }
    }

    mutating func add(_ other: LeftOutCounts, _ hash: KeyedHash) {
        let span = other.bytes.span
        for entry in other.entries {
            let address = span.extracting(entry.start..<entry.start + entry.length)
            add(address, entry.column, entry.reason, count: entry.count, hash)
        }
    }

    func address(_ entry: Entry) -> ArraySlice<UInt8> { bytes[entry.start..<entry.start + entry.length] }

    /// The most frequent first, then by column, address and reason.
    func sorted() -> [Entry] {
        entries.sorted { left, right in
            if left.count != right.count { return left.count > right.count }
            if left.column != right.column { return left.column.rawValue > right.column.rawValue }
            let (one, two) = (address(left), address(right))
            if one != two { return one.lexicographicallyPrecedes(two) }
            return left.reason.rawValue.utf8.lexicographicallyPrecedes(right.reason.rawValue.utf8)
        }
    }
}
