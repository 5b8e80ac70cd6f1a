import PackageMining

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
