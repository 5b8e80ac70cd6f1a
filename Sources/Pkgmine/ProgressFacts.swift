package import PackageMining

/// A run at one moment, with the speeds since the moment before.
package struct ProgressFacts {
    package let run: RunProgress.Snapshot
    package let session: SessionActivity
    let entriesPerSecond: Double
    let pagesPerSecond: Double
    let lookUpsPerSecond: Double
    package let requestsPerSecond: Double

    package init(
        run: RunProgress.Snapshot, session: SessionActivity, entriesPerSecond: Double, pagesPerSecond: Double = 0,
        lookUpsPerSecond: Double, requestsPerSecond: Double
    ) {
        self.pagesPerSecond = pagesPerSecond
        self.run = run
        self.session = session
        self.entriesPerSecond = entriesPerSecond
        self.lookUpsPerSecond = lookUpsPerSecond
        self.requestsPerSecond = requestsPerSecond
    }

    /// The time that the step will still take, in seconds, where that can be told.
    package var remainingSeconds: Double? {
        switch run.step {
        case .list: entriesLeft(run.entries)
        case .audit: entriesLeft(run.auditedEntries)
        case .resolve:
            lookUpsPerSecond > 0 ? Double(max(0, run.toLookUp - run.lookedUp)) / lookUpsPerSecond : nil
        case .number, .publish, .done: nil
        }
    }

    private func entriesLeft(_ read: Int) -> Double? {
        guard let toRead = run.entriesToRead, entriesPerSecond > 0 else { return nil }
        return Double(max(0, toRead - read)) / entriesPerSecond
    }
}
