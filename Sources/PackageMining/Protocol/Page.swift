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
        package let word: Word
        package let place: Int64
    }

    /// What an entry says, besides that the package is there.
    package struct Word: OptionSet, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }

        /// The release was taken back.
        package static let isWithdrawn = Word(rawValue: 1)
        /// The whole package was taken back.
        package static let isDeletion = Word(rawValue: 2)
        /// The package is to be looked up again, whichever its newest release is.
        package static let asksAgain = Word(rawValue: 4)
        /// The package is as it was told before.
        package static let isUnchanged = Word(rawValue: 8)
    }

    package private(set) var text: [UInt8] = []
    package private(set) var entries: [Entry] = []
    package private(set) var problems: [Problem] = []

    /// What it was made from, where that is other than one answer with as many entries as it has itself.
    package private(set) var read: (answers: Int, entries: Int)?

    /// Whether of a package that is known nothing is kept: a list of names, not of releases.
    package let isOfNames: Bool

    public init(reserving entryCount: Int = 0, bytes: Int = 0, ofNames: Bool = false) {
        isOfNames = ofNames
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
        if name.isEmpty {
            return noteNameless(version.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }, place)
        }
        let start = UInt32(text.count)
        let nameEnd = appendText(name)
        let versionEnd = appendText(version)
        entries.append(
            Entry(
                start: start, keyEnd: start, nameEnd: nameEnd, versionEnd: versionEnd, homepageEnd: versionEnd,
                repositoryEnd: versionEnd, word: [], place: place))
    }

    /// Adds a release of a package with all that the list tells of it.
    ///
    /// `key` is for a registry to which several spellings are one name: names with one key are one package, listed under
    /// the spelling of its latest place. Without it the name is its own key.
    public mutating func append(name: String, key: String? = nil, _ release: Release) {
        append(name, key, release, release.isWithdrawn ? .isWithdrawn : [])
    }

    /// Adds a package whose list tells no more than its name.
    public mutating func append(name: String, place: Int64 = 0) {
        append(name: name, Release(version: "", place: place))
    }

    /// Says that a package is there as it was told before: in a snapshot all stands that is known of it.
    ///
    /// For a registry that tells all names, and of few of them what is new. One that is not known, or was taken back, is
    /// told of by its name alone.
    public mutating func appendUnchanged(name: String, key: String? = nil) {
        append(name, key, Release(version: ""), .isUnchanged)
    }

    private mutating func append(_ name: String, _ key: String?, _ release: Release, _ word: Word) {
        if name.isEmpty { return noteNameless(release.version, release.place) }
        let start = UInt32(text.count)
        let keyEnd = appendText((key ?? "").utf8.span)
        let nameEnd = appendText(name.utf8.span)
        let versionEnd = appendText(release.version.utf8.span)
        let homepageEnd = appendText((release.homepage ?? "").utf8.span)
        let repositoryEnd = appendText((release.repository ?? "").utf8.span)
        entries.append(
            Entry(
                start: start, keyEnd: keyEnd, nameEnd: nameEnd, versionEnd: versionEnd, homepageEnd: homepageEnd,
                repositoryEnd: repositoryEnd, word: word, place: release.place))
    }

    /// Notes something in the registry's list that is not right. It is stored with the page, named in the problems
    /// file, and makes the exit code 75.
    public mutating func note(_ problem: Problem) {
        problems.append(problem.withoutCredentials)
    }

    /// Says what the page was made from, for progress: entries of the registry that share a name are one entry here.
    public mutating func tell(answers: Int, entries: Int) {
        read = (answers, entries)
    }

    /// Adds all that another page has.
    public mutating func append(contentsOf other: Page) {
        if let more = other.read { read = ((read?.answers ?? 0) + more.answers, (read?.entries ?? 0) + more.entries) }
        let start = UInt32(text.count)
        text.append(contentsOf: other.text)
        entries.append(contentsOf: other.entries.lazy.map { $0.moved(by: start) })
        problems.append(contentsOf: other.problems)
    }

    private mutating func appendText(_ bytes: Swift.Span<UInt8>) -> UInt32 {
        bytes.withUnsafeBufferPointer { text.append(contentsOf: $0) }
        return UInt32(text.count)
    }
}

extension Page.Entry {
    fileprivate func moved(by count: UInt32) -> Page.Entry {
        Page.Entry(
            start: start + count, keyEnd: keyEnd + count, nameEnd: nameEnd + count, versionEnd: versionEnd + count,
            homepageEnd: homepageEnd + count, repositoryEnd: repositoryEnd + count, word: word, place: place)
    }
}

/// Words about a whole package.
///
/// Like releases they have a place, so that it does not matter in which order pages arrive, nor how often: a package
/// that was deleted at place 5 and released at place 7 is listed, whichever was told first. A list whose entries have
/// no places can change packages, and cannot delete them.
extension Page {
    /// Says that something of a package has changed, and not what: the package is looked up again, whichever its newest
    /// release is. One that the list has not told of before is told of by that.
    ///
    /// A change that an earlier page has told, at the same place, is none. The links that are known stay until a look-up
    /// finds others.
    ///
    /// - Parameter release: what is told with it, where the registry says which release the change is about.
    public mutating func appendChange(of name: String, key: String? = nil, _ release: Release) {
        append(name, key, release, release.isWithdrawn ? [.isWithdrawn, .asksAgain] : .asksAgain)
    }

    /// The same, where no more is told than that.
    public mutating func appendChange(of name: String, key: String? = nil, place: Int64) {
        appendChange(of: name, key: key, Release(version: "", place: place))
    }

    /// Says that the registry took a whole package back: all that the list told of it at earlier places.
    ///
    /// It keeps its Package ID, is listed no longer, and nobody is asked for it. It is listed again, with its ID, when
    /// something is told of it at this place or a later one.
    public mutating func appendDeletion(of name: String, key: String? = nil, place: Int64) {
        append(name, key, Release(version: "", place: place), .isDeletion)
    }

    /// What has no name cannot be listed, nor asked for.
    private mutating func noteNameless(_ version: String, _ place: Int64) {
        let which = version.isEmpty ? "the entry at place \(place)" : "version \(version) at place \(place)"
        note(Problem(.unreadable, at: which, "it names no package"))
    }
}

extension Page {
    /// An entry's texts, where they lie: valid within `withEntries` only.
    ///
    /// Swift 6.3 would hold whoever uses it to that if it were `~Escapable`, and lets nobody make such a value without
    /// the experimental feature Lifetimes ("an initializer cannot return a ~Escapable result").
    package struct Bytes {
        /// What tells packages apart: the name itself, unless the miner said otherwise.
        package let key: UnsafeRawBufferPointer
        package let name: UnsafeRawBufferPointer
        package let version: UnsafeRawBufferPointer
        package let homepage: UnsafeRawBufferPointer
        package let repository: UnsafeRawBufferPointer
        package let place: Int64
        package let word: Word

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
                place: entry.place, word: entry.word)
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
