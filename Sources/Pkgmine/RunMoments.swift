/// The moments of a run, as they pass: one each interval, and a last one when the run has ended, well or not.
///
/// Whoever takes longer than the interval gets the newest moment next, and misses those in between: a run waits for
/// nobody who watches it. One loop reads them.
public struct RunMoments: AsyncSequence, Sendable {
    private let stream: AsyncStream<RunMoment>
    private let continuation: AsyncStream<RunMoment>.Continuation

    init() {
        (stream, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    public func makeAsyncIterator() -> AsyncStream<RunMoment>.Iterator { stream.makeAsyncIterator() }

    /// Tells of a run, again and again, as long as `body` takes.
    func tell<Value: Sendable>(
        of run: ProgressOfOne, every interval: Duration, during body: @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                while true {
                    // Without a pause it would take a processor for itself.
                    try await Task.sleep(for: Swift.max(interval, .milliseconds(1)))
                    yield(run)
                }
            }
            defer {
                group.cancelAll()
                yield(run)
                continuation.finish()
            }
            return try await body()
        }
    }

    private func yield(_ run: ProgressOfOne) {
        continuation.yield(RunMoment(ecosystem: run.id, facts: run.facts))
    }
}
