import RepositoryAddresses

/// What changed between two lists. Packages are matched by platform and name, never by Package ID.
public struct ListDifference: Sendable {
    /// What happened to a package. The raw values are the words of the file.
    public enum Change: String, CaseIterable, Sendable, Hashable {
        case added
        case removed
        case homepageAdded = "homepage added"
        case homepageRemoved = "homepage removed"
        case homepageChanged = "homepage changed"
        /// Another spelling of the same repository.
        case homepageRespelled = "homepage respelled"
        case repositoryAdded = "repository added"
        case repositoryRemoved = "repository removed"
        /// Another repository.
        case repositoryMoved = "repository moved"
        /// Another spelling of the same repository.
        case repositoryRespelled = "repository respelled"
        /// Another address, and at least one of the two names no repository.
        case repositoryChanged = "repository changed"
    }

    /// What became of one ecosystem.
    public struct Summary: Sendable, Hashable {
        public let ecosystem: String
        public internal(set) var old = 0
        public internal(set) var new = 0
        public internal(set) var changes: [Change: Int] = [:]
    }

    /// By the UTF-8 of the ecosystems' names.
    public internal(set) var summaries: [Summary] = []
    /// Rows that repeat the platform and name of another row of their list. Of such rows the one that says more is
    /// compared, and of those that say as much the first by repository and homepage: the order of the rows does not
    /// matter.
    public internal(set) var repeated = 0

    var changes: [Entry] = []
    let old: DifferenceSide
    let new: DifferenceSide

    struct Entry: Sendable {
        let change: Change
        let old: Int?
        let new: Int?
    }

    /// - Throws: ``StudyError`` with file and line where a list is not one.
    public init(
        old: String, new: String, inferring: Bool = false,
        progress: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws {
        let hash = KeyedHash()
        let reader = AddressReader(inferring: inferring)
        progress("reading \(old)")
        self.old = try await DifferenceSide(old, hash, reader)
        progress("reading \(new)")
        self.new = try await DifferenceSide(new, hash, reader)
        repeated = self.old.repeated + self.new.repeated
        progress("comparing")
        compare(reader)
    }

    private mutating func compare(_ reader: AddressReader) {
        let judge = AddressJudge(reader: reader)
        for index in old.rows.indices where old.isCompared(index) {
            guard let other = new.find(old.keys[index]) else {
                changes.append(Entry(change: .removed, old: index, new: nil))
                continue
            }
            let platform = String(decoding: old.platform(index), as: UTF8.self)
            if let change = judge.homepage(old.field(.homepage, index), new.field(.homepage, other), platform) {
                changes.append(Entry(change: change, old: index, new: other))
            }
            if let change = judge.repository(old.field(.repository, index), new.field(.repository, other), platform) {
                changes.append(Entry(change: change, old: index, new: other))
            }
        }
        for index in new.rows.indices where new.isCompared(index) && old.find(new.keys[index]) == nil {
            changes.append(Entry(change: .added, old: nil, new: index))
        }
        changes.sort(by: goesBefore)
        summarise()
    }

    /// By platform, name and kind of change.
    private func goesBefore(_ left: Entry, _ right: Entry) -> Bool {
        let (one, two) = (subject(left), subject(right))
        if one.platform != two.platform { return one.platform.lexicographicallyPrecedes(two.platform) }
        if one.name != two.name { return one.name.lexicographicallyPrecedes(two.name) }
        return left.change.rawValue < right.change.rawValue
    }

    func subject(_ entry: Entry) -> (platform: ArraySlice<UInt8>, name: ArraySlice<UInt8>) {
        if let new = entry.new { return (self.new.platform(new), self.new.field(.name, new)) }
        let old = entry.old ?? 0
        return (self.old.platform(old), self.old.field(.name, old))
    }

    private mutating func summarise() {
        var found: [ArraySlice<UInt8>: Summary] = [:]
        let counts = (old: old.packagesByPlatform(), new: new.packagesByPlatform())
        for platform in Set(counts.old.keys).union(counts.new.keys) {
            var summary = Summary(ecosystem: String(decoding: platform, as: UTF8.self))
            summary.old = counts.old[platform] ?? 0
            summary.new = counts.new[platform] ?? 0
            found[platform] = summary
        }
        for entry in changes { found[subject(entry).platform]?.changes[entry.change, default: 0] += 1 }
        summaries = found.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
    }
}

/// Tells how two addresses of a package differ.
private struct AddressJudge {
    let reader: AddressReader

    typealias Change = ListDifference.Change

    func homepage(_ old: ArraySlice<UInt8>, _ new: ArraySlice<UInt8>, _ platform: String) -> Change? {
        guard old != new else { return nil }
        let rule = ShorthandRule(platform: platform)
        switch (reader.isMissing(old.span, shorthand: rule), reader.isMissing(new.span, shorthand: rule)) {
        case (true, true): return nil
        case (true, false): return .homepageAdded
        case (false, true): return .homepageRemoved
        case (false, false):
            guard let before = canonical(old, rule), before == canonical(new, rule) else { return .homepageChanged }
            return .homepageRespelled
        }
    }

    func repository(_ old: ArraySlice<UInt8>, _ new: ArraySlice<UInt8>, _ platform: String) -> Change? {
        guard old != new else { return nil }
        let rule = ShorthandRule(platform: platform)
        switch (reader.isMissing(old.span, shorthand: rule), reader.isMissing(new.span, shorthand: rule)) {
        case (true, true): return nil
        case (true, false): return .repositoryAdded
        case (false, true): return .repositoryRemoved
        case (false, false):
            guard let before = canonical(old, rule), let after = canonical(new, rule) else { return .repositoryChanged }
            return before == after ? .repositoryRespelled : .repositoryMoved
        }
    }

    private func canonical(_ address: ArraySlice<UInt8>, _ rule: ShorthandRule) -> [UInt8]? {
        guard case .repository(let repository) = reader.read(address.span, shorthand: rule) else { return nil }
        return repository.bytes
    }
}
