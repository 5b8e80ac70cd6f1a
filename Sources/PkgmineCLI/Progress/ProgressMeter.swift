import Foundation
package import PackageMining

/// A run at one moment, with the speeds since the moment before.
package struct ProgressFacts {
    let run: RunProgress.Snapshot
    let session: SessionActivity
    let entriesPerSecond: Double
    let pagesPerSecond: Double
    let lookUpsPerSecond: Double
    let requestsPerSecond: Double

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
    var remainingSeconds: Double? {
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

/// Works out speeds, smoothed over about ten readings.
struct ProgressMeter {
    private var last: (at: ContinuousClock.Instant, entries: Int, pages: Int, lookUps: Int, requests: Int)?
    private var entries = Smoothed()
    private var pages = Smoothed()
    private var lookUps = Smoothed()
    private var requests = Smoothed()

    mutating func measure(_ run: RunProgress.Snapshot, _ session: SessionActivity) -> ProgressFacts {
        let now = ContinuousClock.now
        if let last {
            let seconds = max(0.001, Double(last.at.duration(to: now) / .milliseconds(1)) / 1_000)
            entries.add(Double(run.entries + run.auditedEntries - last.entries) / seconds)
            pages.add(Double(run.pages + run.auditedPages - last.pages) / seconds)
            lookUps.add(Double(run.lookedUp - last.lookUps) / seconds)
            requests.add(Double(session.requests - last.requests) / seconds)
        }
        last = (now, run.entries + run.auditedEntries, run.pages + run.auditedPages, run.lookedUp, session.requests)
        return ProgressFacts(
            run: run, session: session, entriesPerSecond: entries.value, pagesPerSecond: pages.value,
            lookUpsPerSecond: lookUps.value, requestsPerSecond: requests.value)
    }
}

private struct Smoothed {
    private(set) var value = 0.0
    private var isFirst = true

    mutating func add(_ reading: Double) {
        value = isFirst ? reading : value * 0.8 + reading * 0.2
        isFirst = false
    }
}
