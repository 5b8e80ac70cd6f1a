extension Comparison {
    /// Reads the lists and compares them.
    ///
    /// Each list is read twice, so that only the rows that take part in an overlap are ever held.
    /// - Throws: ``StudyError`` with file and line where a list is not one.
    public static func of(
        _ lists: [String], options: ComparisonOptions = ComparisonOptions(),
        progress: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws -> Comparison {
        guard !lists.isEmpty else { throw StudyError.wrongUse("name at least one list") }
        let reading = ListReading(lists: lists, options: options, progress: progress)
        let known = try await reading.readKeys()
        let shared = await reading.findShared(known)
        let sorted = await reading.sort(try await reading.collectRows(known, shared), shared, known)
        return Comparison(options, known, shared, sorted)
    }
}

/// The stages of a comparison. Each takes what those before it have made.
private struct ListReading {
    let lists: [String]
    let options: ComparisonOptions
    let progress: @Sendable (String) -> Void

    private var scan: ListScan { ListScan(paths: lists) }

    /// What each row is matched by.
    func readKeys() async throws -> FirstPass {
        var known = FirstPass()
        var told = ReadingProgress(lists, "reading", progress)
        let hash = known.hash
        try await scan.run { chunk throws(RowFault) in
            try FirstPass.read(chunk, options, hash)
        } take: { position, piece in
            told.take(position, rows: piece.keys.count)
            try known.take(position, piece)
        }
        return known
    }

    func findShared(_ known: FirstPass) async -> SharedKeys {
        progress("finding what the \(known.names.count) ecosystems share")
        return await SharedKeys.find(known, parts: scan.width)
    }

    /// The rows that share what they are matched by.
    func collectRows(_ known: FirstPass, _ shared: SharedKeys) async throws -> SecondPass {
        var kept = SecondPass(groups: shared.platforms.count)
        guard !shared.platforms.isEmpty else { return kept }
        var told = ReadingProgress(lists, "collecting from", progress)
        try await scan.run { chunk throws(RowFault) in
            try SecondPass.read(chunk, options, known, shared)
        } take: { position, piece in
            told.take(position, rows: piece.rows.count)
            kept.take(position, piece)
        }
        return kept
    }

    func sort(_ collected: consuming SecondPass, _ shared: SharedKeys, _ known: FirstPass) async -> SortedOverlaps {
        var kept = collected
        progress("sorting \(shared.platforms.count) shared \(options.match == .name ? "names" : "repositories")")
        let ranked = RankedPlatforms(known.names)
        let rows = GroupedRows(kept, groups: shared.platforms.count)
        kept.dropRows()
        let sections = await Section.all(of: shared.platforms, rows, kept, ranked)
        return SortedOverlaps(kept: kept, sections: sections, ranked: ranked)
    }
}

/// What the ecosystems share, in the order in which it is told.
struct SortedOverlaps: Sendable {
    let kept: SecondPass
    let sections: [Section]
    let ranked: RankedPlatforms
}

/// Tells which list is being read.
private struct ReadingProgress {
    private let lists: [String]
    private let verb: String
    private let tell: @Sendable (String) -> Void
    private var list = -1
    private var rows = 0

    init(_ lists: [String], _ verb: String, _ tell: @escaping @Sendable (String) -> Void) {
        self.lists = lists
        self.verb = verb
        self.tell = tell
    }

    mutating func take(_ position: ListChunk.Position, rows count: Int) {
        rows += count
        guard position.list > list else { return }
        list = position.list
        tell("\(verb) \(lists[list])")
    }
}
