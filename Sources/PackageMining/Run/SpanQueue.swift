/// The spans that wait for a walker.
///
/// A walker that finds none waits, since another one may split its span; when no span waits and none is walked, all
/// are told that the listing is complete.
actor SpanQueue {
    private var waiting: [StoredSpan]
    private var walked = 0
    private var idle: [CheckedContinuation<StoredSpan?, Never>] = []
    private var isClosed = false

    init(_ spans: [StoredSpan]) {
        waiting = spans.reversed()
    }

    /// The next span to walk; nil when there is none left.
    func next() async -> StoredSpan? {
        if isClosed { return nil }
        if let span = waiting.popLast() {
            walked += 1
            return span
        }
        if walked == 0 { return nil }
        return await withCheckedContinuation { idle.append($0) }
    }

    func add(_ spans: [StoredSpan]) {
        waiting.insert(contentsOf: spans.reversed(), at: 0)
        while !idle.isEmpty, let span = waiting.popLast() {
            walked += 1
            idle.removeLast().resume(returning: span)
        }
    }

    func finish() {
        walked -= 1
        if walked == 0, waiting.isEmpty { releaseIdle() }
    }

    /// Sends every walker home: the run is being stopped.
    func close() {
        isClosed = true
        releaseIdle()
    }

    private func releaseIdle() {
        for walker in idle { walker.resume(returning: nil) }
        idle = []
    }
}
