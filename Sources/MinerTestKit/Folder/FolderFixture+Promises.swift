import Synchronization

/// What the suite asks of a fixture, as far as its folder allows.
extension FolderFixture {
    public var expected: [ExpectedRow] {
        let state = registry.state.withLock { $0 }
        let packages = state.table.packages(isOrderedByName: isOrderedByName).filter { !RawNames.isOne($0.name) }
        guard let stated = state.expected else { return packages.map(state.expectedRow) }
        return stated.rows + packages.filter { $0.number > stated.lastNumber }.map(state.expectedRow)
    }

    public func grow() {
        registry.state.withLock { $0.grow(registry.folder) }
    }

    public var pageSizes: [Int] { registry.folder.hasPages ? [1, 2, 3] : [] }

    public func setPageSize(_ size: Int) { registry.state.withLock { $0.setPageSize(size) } }

    public func add(names: [String]) -> Bool {
        registry.state.withLock { state in
            guard state.table.has(.new) else { return false }
            state.add(names: names.filter(accepts))
            return true
        }
    }

    public func add(rawNames: [[UInt8]]) -> Bool {
        !isUnicode && registry.state.withLock { $0.table.has(.new) } && add(names: registry.raw.add(rawNames))
    }

    /// What a page says that has no rows, where nothing but that tells the end.
    public func emptyPage(for request: LoopbackRequest) -> LoopbackAnswer? {
        let state = registry.state.withLock { $0 }
        guard !registry.folder.tellsEnd, let (file, scope) = state.pageAsked(by: request) else { return nil }
        return file.answer(to: request, in: scope.of([]), registry.raw)
    }

    public func repeatEntries(_ times: Int) -> Bool {
        guard registry.folder.hasPages, registry.folder.isPagedByNumber else { return false }
        registry.state.withLock { $0.repeatRows(times) }
        return true
    }

    public func shrink(to count: Int?) -> Bool {
        guard registry.folder.shrunk != nil || isListedWhole && !registry.folder.first.table.rows.isEmpty else {
            return false
        }
        registry.state.withLock { $0.shrink(to: count, registry.folder) }
        return true
    }

    /// As long as the list is told whole: pages that are read once do not tell what they no longer have.
    public func remove(_ name: String) -> Bool {
        guard isListedWhole, !registry.folder.first.table.rows.isEmpty else { return false }
        registry.state.withLock { $0.remove(name) }
        return true
    }

    public func change(_ name: String) -> Bool {
        registry.state.withLock { state in
            guard isListedWhole, state.table.has(.changed) else { return false }
            state.change(name)
            return true
        }
    }

    public func addUnreadableEntry() -> Bool {
        registry.state.withLock { state in
            guard state.table.has(.nameless) else { return false }
            state.addNameless()
            return true
        }
    }

    /// A page that begins where the one before has ended may have any length, where nothing in it counts pages.
    public func shortPage(of count: Int, for request: LoopbackRequest) -> LoopbackAnswer? {
        let state = registry.state.withLock { $0 }
        guard !registry.folder.countsPages, let page = state.pageAsked(by: request), page.1.place.isByValue else {
            return nil
        }
        var scope = page.1
        scope.rows = scope.rows.prefix(count)
        return page.0.answer(to: request, in: scope, registry.raw)
    }
}

extension FixtureFolder {
    private var listing: [AnswerFile] { first.files.filter(\.kind.isListing) }

    /// Whether the list has pages that can be made of any size.
    var hasPages: Bool { listing.contains { $0.target.reach == .page } }

    /// Whether the registry says in words that a page is the last, or how many there are.
    var tellsEnd: Bool {
        countsPages || ["more", "next", "count"].contains { word in listing.contains { $0.tells(word) } }
    }

    /// Whether it says how many pages there are, so that none can be shorter than it is.
    var countsPages: Bool { listing.contains { $0.tells("pages") } }

    /// Whether rows that are told again stand in pages of their own: all ways but those by the value of a column.
    var isPagedByNumber: Bool { !listing.contains { $0.name.contains(/\{(after|from):(?!number)/) } }

    /// Whether a column is told by the list, so that it is known of a package that cannot be asked for.
    func isListed(_ column: String) -> Bool { listing.contains { $0.tells(column) } }

    /// Whether a column is told by look-ups.
    func isLookedUp(_ column: String) -> Bool { first.files.contains { !$0.kind.isListing && $0.tells(column) } }
}

extension AnswerFile {
    /// Whether a word stands in its head, its content or a member of that.
    fileprivate func tells(_ word: String) -> Bool { content.tells(word) || head?.tells(word) ?? false }
}

extension AnswerFile.Content {
    fileprivate func tells(_ word: String) -> Bool {
        switch self {
        case .bytes: false
        case .template(let template): template.has(word)
        case .archive(let members): members.contains { $0.content.tells(word) }
        }
    }
}
