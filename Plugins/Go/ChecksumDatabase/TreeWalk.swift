import ChecksumDatabase
import PackageMining

/// The way through the tree of a checksum database: its head, and then every record, held to the head's root.
///
/// A tile is kept only where its records have the hash that the tree has for them, so that all that is stored is
/// verified. The hashes of data tiles come from tiles of level 1, a 256th of the data, and are themselves held to the
/// signed root before anything is held to them.
struct TreeWalk<Cursor: Codable & Sendable>: Sendable {
    let requests: DatabaseRequests

    /// Whether only names are wanted. A walk goes on where a tile cannot be had, but for one for the first names of all.
    let ofNames: Bool
    let sink: PageSink<Cursor>
    let cursor: @Sendable (TreeCursor) -> Cursor

    /// So many tiles of a group are asked for at once, and stored together.
    private static var tilesAtOnce: Int { 16 }

    func walk(from cursor: TreeCursor) async throws {
        switch cursor {
        case .opening(let opening): try await open(opening)
        case .groups(let groups): try await walk(groups)
        }
    }

    /// Asks for the newest head, holds it to be the earlier one with records added, and finds what is to be asked for.
    private func open(_ opening: TreeOpening) async throws {
        // What it was to find is stored.
        if opening.head != nil { return }
        let head = try await requests.head()
        var opened = opening
        opened.head = head
        if let earlier = opening.earlier, head.size < earlier.size || head.size == earlier.size && head != earlier,
            !(head.isEmpty && earlier.isEmpty)
        {
            throw TreeProofs.fork(from: earlier, to: head, requests)
        }
        let isNews = opening.earlier.map { $0.size < head.size } ?? true
        let spans = isNews || !opening.missing.isEmpty ? try await spans(of: head, opening) : []
        if !sink.mayFork, let all = TreeGroups(joining: spans) {
            try await sink.push(Page(), next: cursor(.groups(all)))
            return try await walk(all)
        }
        try await sink.push(Page(), next: cursor(.opening(opened)), forks: spans.map { cursor(.groups($0)) })
    }

    /// A span for each group of which records are wanted.
    private func spans(of head: TreeHead, _ opening: TreeOpening) async throws -> [TreeGroups] {
        var proofs = try TreeProofs(of: head, requests)
        let roots = try await proofs.groupRoots()
        let known = opening.earlier?.size ?? 0
        if let earlier = opening.earlier, (1..<head.size).contains(known) {
            try await proofs.holdToGrowth(from: earlier, groupRoots: roots)
        }
        // Nothing of the last tile is new where it was there as a whole, or nothing was added.
        let next = known == head.size ? (known + Tile.width - 1) / Tile.width : known / Tile.width
        let again = Dictionary(grouping: opening.missing.filter { $0 < next }) { $0 / Tile.width }
        return roots.indices.compactMap { group in
            let span = TreeGroups(
                head, group: group, roots: [roots[group]], again: again[group] ?? [],
                from: max(next, group * Tile.width))
            return span.tiles(atMost: 1).isEmpty ? nil : span
        }
    }

    private func walk(_ groups: TreeGroups) async throws {
        var groups = groups
        while let root = groups.roots.first {
            let group = groups.group
            var proofs = try TreeProofs(of: groups.head, requests)
            let tileRoots = try await proofs.tileRoots(ofGroup: group, root: root)
            while groups.group == group, !groups.roots.isEmpty { try await take(&groups, tileRoots) }
        }
    }

    private func take(_ groups: inout TreeGroups, _ tileRoots: [TreeHash]) async throws {
        let numbers = groups.tiles(atMost: Self.tilesAtOnce)
        let shape = groups.shape
        let answers = await answers(to: numbers.map { (shape.dataTile($0), tileRoots[$0 % Tile.width]) })
        var page = Page(ofNames: ofNames)
        page.tell(answers: 0, entries: 0)
        for case .success(let tile) in answers { page.append(contentsOf: tile) }
        let failures = zip(numbers, answers).compactMap { number, answer in
            if case .failure(let error) = answer { (number, error) } else { nil }
        }
        let isTrial = !ofNames && !sink.mayFork
        let isCut =
            isTrial && !failures.isEmpty
            || failures.contains { !$0.1.isOfTile(othersCame: failures.count < numbers.count) }
        if isCut {
            groups.move(behind: numbers, missing: [], again: failures.map(\.0))
        } else {
            groups.move(behind: numbers, missing: failures.map { TreeGroups.Missing($0.0, $0.1) })
        }
        try await sink.push(page, next: cursor(.groups(groups)))
        if isCut, let first = failures.first { throw first.1.ofWalk }
    }

    /// The answers in the order of the tiles. What fails in one tile does not stop the others.
    private func answers(to tiles: [(Tile, TreeHash)]) async -> [Result<Page, any Error>] {
        await withTaskGroup(of: (Int, Result<Page, any Error>).self) { group in
            for (index, (tile, root)) in tiles.enumerated() {
                group.addTask { (index, await answer(to: tile, root: root)) }
            }
            var answers = [Result<Page, any Error>](repeating: .success(Page()), count: tiles.count)
            for await (index, answer) in group { answers[index] = answer }
            return answers
        }
    }

    private func answer(to tile: Tile, root: TreeHash) async -> Result<Page, any Error> {
        do {
            return .success(try await requests.page(tile, root: root, ofNames: ofNames))
        } catch {
            return .failure(error)
        }
    }
}

extension TreeGroups.Missing {
    fileprivate init(_ number: Int, _ error: any Error) {
        let wire = error as? WireError
        self.init(tile: number, url: wire?.url ?? "", reason: wire?.description ?? "\(error)", isBroken: error.isBroken)
    }
}

extension Error {
    /// Whether a tile's answer was none that it can have.
    fileprivate var isBroken: Bool {
        guard let error = self as? WireError else { return false }
        return error.category == .malformed || error.category == .tooLarge
    }

    /// Whether it says something of the tile, and not of the database, the way to it or the run.
    fileprivate func isOfTile(othersCame: Bool) -> Bool {
        guard let error = self as? WireError, error.category != .cancelled else { return false }
        return isBroken || error.status != nil || othersCame
    }

    /// What ends a walk that cannot do without the tile.
    fileprivate var ofWalk: any Error {
        guard let error = self as? WireError else { return self }
        if isBroken { return BrokenProof(at: error.url, error.reason) }
        return error.status == nil ? error : WithheldParts([WithheldParts.Part(at: error.url, "\(error)")])
    }
}
