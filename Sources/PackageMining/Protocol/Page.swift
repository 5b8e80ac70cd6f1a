/// Entries of a registry's list, as a miner hands them over.
///
/// The texts lie one behind another in one buffer: a page of thousands of entries takes two allocations, not
/// thousands.
public struct Page: Sendable {
    /// The offsets of one entry's texts in the buffer. Each text begins where the one before it ends.
    package struct Entry: Sendable {
        package let start: UInt32
        package let keyEnd: UInt32
        package let nameEnd: UInt32
        package let versionEnd: UInt32
        package let homepageEnd: UInt32
        package let repositoryEnd: UInt32
        package let isWithdrawn: Bool
        package let place: Int64
    }

    package private(set) var text: [UInt8] = []
    package private(set) var entries: [Entry] = []
    package private(set) var problems: [Problem] = []

    public init(reserving entryCount: Int = 0, bytes: Int = 0) {
        entries.reserveCapacity(entryCount)
        text.reserveCapacity(bytes)
    }

    public var count: Int { entries.count }

    /// Adds a release of a package, its texts in UTF-8.
    ///
    /// `place` is where the entry stands in the registry's own order, in any unit that grows with it: nanoseconds of
    /// an index time, a sequence number. Package IDs follow the earliest place of each package, and the names' UTF-8
    /// where places are equal, so that they do not depend on the order in which pages arrive.
    public mutating func append(name: Swift.Span<UInt8>, version: Swift.Span<UInt8>, place: Int64) {
        let start = UInt32(text.count)
        let nameEnd = appendText(name)
        let versionEnd = appendText(version)
        entries.append(
            Entry(
                start: start, keyEnd: start, nameEnd: nameEnd, versionEnd: versionEnd, homepageEnd: versionEnd,
                repositoryEnd: versionEnd, isWithdrawn: false, place: place))
    }

    /// Adds a release of a package with all that the list tells of it.
    ///
    /// `key` is for a registry to which several spellings are one name: names with one key are one package, listed under
    /// the spelling of its latest place. Without it the name is its own key.
    public mutating func append(name: String, key: String? = nil, _ release: Release) {
        let start = UInt32(text.count)
        let keyEnd = appendText((key ?? "").utf8.span)
        let nameEnd = appendText(name.utf8.span)
        let versionEnd = appendText(release.version.utf8.span)
        let homepageEnd = appendText((release.homepage ?? "").utf8.span)
        let repositoryEnd = appendText((release.repository ?? "").utf8.span)
        entries.append(
            Entry(
                start: start, keyEnd: keyEnd, nameEnd: nameEnd, versionEnd: versionEnd, homepageEnd: homepageEnd,
                repositoryEnd: repositoryEnd, isWithdrawn: release.isWithdrawn, place: release.place))
    }

    /// Adds a package whose list tells no more than its name.
    public mutating func append(name: String, place: Int64 = 0) {
        append(name: name, Release(version: "", place: place))
    }

    /// Notes something in the registry's list that is not right. It is stored with the page, named in the problems
    /// file, and makes the exit code 75.
    public mutating func note(_ problem: Problem) {
        problems.append(problem)
    }

    private mutating func appendText(_ bytes: Swift.Span<UInt8>) -> UInt32 {
        bytes.withUnsafeBufferPointer { text.append(contentsOf: $0) }
        return UInt32(text.count)
    }
}

extension Page {
    /// An entry's texts, where they lie.
    package struct Bytes {
        /// What tells packages apart: the name itself, unless the miner said otherwise.
        package let key: UnsafeRawBufferPointer
        package let name: UnsafeRawBufferPointer
        package let version: UnsafeRawBufferPointer
        package let homepage: UnsafeRawBufferPointer
        package let repository: UnsafeRawBufferPointer
        package let place: Int64
        package let isWithdrawn: Bool

        /// Whether the miner gave a key other than the name.
        package var hasOwnKey: Bool { key.baseAddress != name.baseAddress }
    }

    /// Entries with their texts where these lie, valid within `withEntries` only.
    package struct Entries: RandomAccessCollection {
        fileprivate let text: UnsafeRawBufferPointer
        fileprivate let entries: [Entry]

        package var startIndex: Int { 0 }
        package var endIndex: Int { entries.count }

        package subscript(index: Int) -> Bytes {
            let entry = entries[index]
            func part(_ start: UInt32, _ end: UInt32) -> UnsafeRawBufferPointer {
                UnsafeRawBufferPointer(rebasing: text[Int(start)..<Int(end)])
            }
            return Bytes(
                key: entry.keyEnd == entry.start
                    ? part(entry.start, entry.nameEnd) : part(entry.start, entry.keyEnd),
                name: part(entry.keyEnd, entry.nameEnd), version: part(entry.nameEnd, entry.versionEnd),
                homepage: part(entry.versionEnd, entry.homepageEnd),
                repository: part(entry.homepageEnd, entry.repositoryEnd),
                place: entry.place, isWithdrawn: entry.isWithdrawn)
        }
    }

    package func withEntries<Result>(_ body: (Entries) throws -> Result) rethrows -> Result {
        try text.withUnsafeBytes { try body(Entries(text: $0, entries: entries)) }
    }

    /// The latest place of an entry; nil in an empty page.
    public var lastPlace: Int64? { entries.lazy.map(\.place).max() }

    /// The earliest place of an entry; nil in an empty page.
    public var firstPlace: Int64? { entries.lazy.map(\.place).min() }
}
