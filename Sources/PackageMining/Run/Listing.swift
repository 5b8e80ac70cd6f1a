import Foundation

/// Steps 1 and 2 of a run: the registry's list is walked, span by span, and kept, page by page.
struct Listing<Miner: EcosystemMiner> {
    let miner: Miner
    let session: any RegistrySession
    let checkpoint: any Checkpoint
    let options: MiningOptions
    let progress: RunProgress
    let now: @Sendable () -> Date

    /// Walkers beyond this number would hold more pages in memory than they gain in time: with 100 ms a page, 32 bring
    /// 640,000 entries of the Go index a second, about what the store takes.
    private static var mostWalkers: Int { 32 }

    /// How a listing ended.
    enum End {
        case whole
        /// At the limit, before the end of the list.
        case limited
        /// The list was walked to its end and not taken.
        case refused(ListChange)
    }

    func run(_ run: OpenRun) async throws -> End {
        let end = try await walk(checkpoint.unfinishedSpans())
        guard case .whole = end else { return end }
        let walked = try await walkedCursors()
        // What an earlier process could not have is asked for once more.
        if run.hasSpans, miner.missing(in: walked) == nil { return end }
        try await checkpoint.addSpans(miner.spans(of: run.facts, after: walked).map(encode))
        return try await whole(walk(checkpoint.unfinishedSpans()))
    }

    /// - Throws: for a list of which a part could not be had.
    private func whole(_ end: End) async throws -> End {
        if case .whole = end, let missing = try await miner.missing(in: walkedCursors()) { throw missing }
        return end
    }

    /// The last cursors of the spans that were walked to their end.
    func walkedCursors() async throws -> [Miner.Cursor] {
        var walked: [Miner.Cursor] = []
        for cursor in try await checkpoint.walkedCursors() { walked.append(try await decode(cursor)) }
        return walked
    }

    private func walk(_ spans: [StoredSpan]) async throws -> End {
        let queue = SpanQueue(spans)
        for span in spans { expect(try await decode(span.cursor)) }
        // The first packages are known for sure only where one walker goes from the beginning on. What an earlier run
        // left in several parts is walked to its end.
        let limit = spans.count > 1 ? nil : options.limit
        let walkers = limit == nil ? max(1, min(options.concurrency, Self.mostWalkers)) : 1
        do {
            return try await withThrowingTaskGroup(of: ListChange?.self) { group in
                var end = End.whole
                for _ in 0..<walkers { group.addTask { try await walkSpans(of: queue, limit: limit) } }
                do {
                    // Not waitForAll, which would wait for idle walkers before it passes an error on.
                    while let refused = try await group.next() {
                        if let refused { end = .refused(refused) }
                    }
                } catch {
                    group.cancelAll()
                    await queue.close()
                    throw error
                }
                return end
            }
        } catch is LimitReached {
            return .limited
        }
    }

    /// - Returns: the change for which the list was not taken, where the last span of all ended here.
    private func walkSpans(of queue: SpanQueue, limit: Int?) async throws -> ListChange? {
        var refused: ListChange?
        while let span = await queue.next() {
            try Task.checkCancellation()
            try await miner.list(
                from: await decode(span.cursor), through: EssentialSession(session: session),
                into: sink(of: span.id, queue: queue, limit: limit))
            refused = try await checkpoint.finishSpan(span.id, acceptsShrinking: options.acceptsShrinking)
            await queue.finish()
        }
        return refused
    }

    private func sink(of span: StoredSpan.ID, queue: SpanQueue, limit: Int?) -> PageSink<Miner.Cursor> {
        PageSink(mayFork: limit == nil, acceptsShrinking: options.acceptsShrinking) {
            try await checkpoint.beginSnapshot(of: span)
        } count: {
            try await checkpoint.countTold(of: span)
        } keepUntold: { isThere in
            try await keepUntold(of: span, where: isThere)
        } store: { page, cursor, forks in
            await queue.add(try await keep(page, of: span, next: cursor, forks: forks, limit: limit))
            try Task.checkCancellation()
        } now: {
            now()
        }
    }

    private func keepUntold(
        of span: StoredSpan.ID, where isThere: @Sendable (Package) async throws -> Bool
    ) async throws {
        var after: PackageID?
        while true {
            let untold = try await checkpoint.untoldPackages(after: after, limit: 100)
            guard let last = untold.last else { return }
            after = last.id
            var kept: [PackageID] = []
            for package in untold.compactMap(miner.package) where try await isThere(package) { kept.append(package.id) }
            if !kept.isEmpty { try await checkpoint.tellAgain(kept, of: span) }
            try Task.checkCancellation()
        }
    }

    private func keep(
        _ page: Page, of span: StoredSpan.ID, next cursor: Miner.Cursor, forks: [Miner.Cursor], limit: Int?
    ) async throws -> [StoredSpan] {
        let kept = try await checkpoint.keep(page, of: span, next: encode(cursor), forks: forks.map(encode))
        progress.kept(page, newPackages: kept.newPackages)
        forks.forEach(expect)
        if let limit, let last = page.lastPlace,
            try await checkpoint.holdsPackages(limit, before: last)
        {
            throw LimitReached()
        }
        return kept.forks
    }

    private func expect(_ cursor: Miner.Cursor) {
        if let remaining = miner.remaining(in: cursor) { progress.expect(remaining) }
    }

    private func encode(_ cursor: Miner.Cursor) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(cursor)
    }

    func decode(_ cursor: Data) async throws -> Miner.Cursor {
        do {
            return try JSONDecoder().decode(Miner.Cursor.self, from: cursor)
        } catch {
            let text = printable(String(decoding: cursor, as: UTF8.self))
            throw await checkpoint.error(ofCursor: "the cursor \(text) is none of \(Miner.self): \(summary(error))")
        }
    }

    private func summary(_ error: any Error) -> String {
        guard let error = error as? DecodingError else { return "\(error)" }
        return switch error {
        case .keyNotFound(let key, _): "it has no \(key.stringValue)"
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            ([context.codingPath.map(\.stringValue).joined(separator: "."), context.debugDescription])
                .filter { !$0.isEmpty }.joined(separator: ": ")
        @unknown default: "\(error)"
        }
    }
}

/// The first packages are complete: what is stored lies behind their last place.
private struct LimitReached: Error {}
