import PackageMining

/// What the registry of a folder tells of at the moment.
struct FolderState: Sendable {
    private(set) var table: PackageTable

    /// What the folder says of the list, and the number of the last row that it speaks of.
    private(set) var expected: (rows: [ExpectedRow], lastNumber: Int)?

    private let raw: RawNames
    private let askedOnly: Set<String>
    private let hasLookUps: Bool
    private var files: [AnswerFile]
    private var stand: [AnswerFile] = []
    private var pageSize = 4
    private var repetitions = 1
    private var kept: Int?

    /// The answers that are for one request each, by what such a request has, with the rows that they are filled from.
    private var answers: [[[UInt8]]: (file: AnswerFile, rows: [PackageRow]?)] = [:]
    private var sums: [String: DocumentFacts] = [:]

    init(_ folder: FixtureFolder, _ raw: RawNames) {
        table = folder.table
        self.raw = raw
        files = folder.first.files
        askedOnly = Set(["homepage", "repository"].filter { folder.isLookedUp($0) && !folder.isListed($0) })
        hasLookUps = files.contains { !$0.kind.isListing }
        take(folder.first.expected)
        arrange()
    }

    mutating func grow(_ folder: FixtureFolder) {
        table.beginListing()
        if let later = folder.later {
            table.append(later.table.rows)
            files = later.files + files
            take(later.expected)
        } else if table.has(.new) {
            table.add(names: (1...3).map { "new-\($0)" })
        }
        arrange()
    }

    mutating func add(names: [String]) {
        table.add(names: names)
        arrange()
    }

    mutating func addNameless() {
        table.addNameless()
        arrange()
    }

    mutating func remove(_ name: String) {
        table.remove(name)
        arrange()
    }

    mutating func change(_ name: String) {
        table.change(name)
        arrange()
    }

    mutating func repeatRows(_ times: Int) { repetitions = times }

    mutating func setPageSize(_ size: Int) { pageSize = size }

    mutating func shrink(to count: Int?, _ folder: FixtureFolder) {
        kept = count
        stand = count == nil ? [] : folder.shrunk?.files ?? []
        arrange()
    }

    private mutating func take(_ rows: [ExpectedRow]?) {
        if let rows { expected = (rows, table.rows.count) }
    }

    /// Finds anew which request each answer is for.
    private mutating func arrange() {
        answers = [:]
        sums = [:]
        let files = stand + files
        for file in files {
            guard let label = file.label, sums[label] == nil else { continue }
            let body = file.body(in: scope(), raw)
            sums[label] = DocumentFacts(sha256: file.checksum(of: body), size: body.count)
        }
        for file in files where file.target.reach == .one { keep(file, file.target.key(in: scope()), nil) }
        for file in files where file.target.reach == .document {
            let rows = Dictionary(grouping: table.rows.filter { !table.isRemoved($0) }) {
                file.target.key(in: scope().of([$0]))
            }
            for (key, rows) in rows { keep(file, key, rows) }
        }
    }

    /// What was there first stays: answers of one request alone, and those that are later, stand in front.
    private mutating func keep(_ file: AnswerFile, _ key: [[UInt8]], _ rows: [PackageRow]?) {
        if answers[key] == nil { answers[key] = (file, rows) }
    }

    private func scope(base: String = "") -> TemplateScope { TemplateScope(told, base: base, sums: sums) }

    private var told: ToldRows { ToldRows(table.told(kept), repetitions: repetitions, pageSize: pageSize) }
}

// MARK: - What is asked for

extension FolderState {
    /// The answer that a request is for, and what it is filled from.
    func asked(by request: LoopbackRequest) -> (AnswerFile, TemplateScope)? {
        guard let answer = answers[AnswerTarget.key(of: request)] else { return pageAsked(by: request) }
        let scope = scope(base: base(of: request))
        return (answer.file, answer.rows.map(scope.of) ?? scope)
    }

    func pageAsked(by request: LoopbackRequest) -> (AnswerFile, TemplateScope)? {
        for file in stand + files {
            guard let wish = file.target.page(of: request) else { continue }
            return (file, wish.scope(of: told, base: base(of: request), sums: sums))
        }
        return nil
    }

    /// What a request is for. Nothing answers those for packages that are not there: they are told by their beginning.
    func kind(of request: LoopbackRequest) -> RequestKind {
        if let (file, _) = asked(by: request) { return file.kind }
        let near = files.filter { request.decodedPath.hasPrefix($0.target.beginning) && $0.target.beginning != "/" }
        return near.max { $0.target.beginning.utf8.count < $1.target.beginning.utf8.count }?.kind ?? .listing
    }

    private func base(of request: LoopbackRequest) -> String { "http://\(request.header("Host") ?? "")" }

    /// What the list must say of a package: no URL can ask for some names.
    func expectedRow(of package: PackageRow) -> ExpectedRow {
        if table.isRemoved(package) { return ExpectedRow(package.name, outcome: .withdrawn) }
        let isAskable = urlSegment(package.name) != nil || !hasLookUps
        func link(_ column: String) -> String? {
            if package[column].isEmpty || askedOnly.contains(column) && !isAskable { return nil }
            return package[column]
        }
        return ExpectedRow(
            package.name, homepage: link("homepage"), repository: link("repository"),
            outcome: isAskable ? nil : .invalidName)
    }
}
