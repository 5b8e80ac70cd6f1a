import PackageMining

/// What a walk does between its first request and its last.
extension Conformance {
    /// Waiting is the session's, whose time is virtual here: what waits by the day's clock is the miner itself.
    var pauseAttack: Attack {
        Attack("the walk does nothing but ask and hand over", alone: true) {
            var shortest = Duration.seconds(3600)
            // On a machine under load anything may take long, once.
            for _ in 0..<3 where shortest >= longestPause {
                shortest = try await self.open(self.smallPages()) { stage in
                    let pauses = Pauses()
                    var process = Stage<Fixture>.Process()
                    process.concurrency = 1
                    process.pauses = pauses
                    try await stage.run(process)
                    return pauses.longestOfAll
                }
            }
            return shortest < longestPause ? nil : "between two of its calls it waits for \(shortest) each time"
        }
    }

    /// In smaller pages a list takes more requests, but not until its first entries are safe.
    func compareFirstPages(_ sizes: [Int]) async throws -> String? {
        guard let small = try await requestsToFirstEntry(sizes.min()),
            let large = try await requestsToFirstEntry(sizes.max()), small > large + 2
        else { return nil }
        return "\(small) requests are made before anything is handed over, and \(large) where pages are larger"
    }

    private func requestsToFirstEntry(_ pageSize: Int?) async throws -> Int? {
        try await open(fixture(pageSize)) { stage in
            let observer = StoreObserver { stage.asked(\.isListing).count }
            var process = Stage<Fixture>.Process()
            process.concurrency = 1
            process.interference.observer = observer
            try await stage.run(process)
            return observer.requestsToFirstEntry
        }
    }
}

/// Longer than a page of a small registry is read and stored in, and shorter than any wait that is worth it.
private let longestPause = Duration.milliseconds(20)
