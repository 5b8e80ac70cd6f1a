import PackageMining
import Synchronization

extension Conformance {
    /// A run is cancelled while the registry owes it an answer, at six places from its first request to its last.
    func cancellationAttacks() async throws -> [Attack] {
        let requests = try await probe().counts.values.reduce(0, +)
        let places = Set((0..<6).map { 1 + $0 * max(0, requests - 1) / 5 })
        return places.sorted().map { place in
            Attack("cancelled at request \(place) of \(requests)") { try await self.cancel(at: place) }
        }
    }

    private func cancel(at place: Int) async throws -> String? {
        let hold = Hold(at: place)
        return try await Stage.open(smallPages(), delay: { _ in await hold.arrive() }) { stage in
            guard let taken = try await cancelledRun(of: stage, at: hold) else { return nil }
            hold.release()
            if taken > Hold.patience { return "the run went on for \(taken)" }
            return try await stage.runToTheEnd().map { "when it was resumed: \($0)" }
        }
    }
}

/// How long a run went on behind its cancellation; nil where it had ended before.
private func cancelledRun<Fixture>(of stage: Stage<Fixture>, at hold: Hold) async throws -> Duration? {
    try await withThrowingTaskGroup(of: Bool.self) { group in
        group.addTask {
            defer { hold.release() }
            var process = Stage<Fixture>.Process()
            process.concurrency = 4
            process.attemptTimeout = .seconds(60)
            try await stage.run(process)
            return true
        }
        group.addTask {
            await hold.isReached()
            return false
        }
        var cancelled: ContinuousClock.Instant?
        while let isEnd = try await group.next() {
            if isEnd { return cancelled?.duration(to: .now) }
            cancelled = .now
            group.cancelAll()
        }
        return nil
    }
}

/// A registry that keeps its answers back from a certain request on, for a while or until it is released.
private final class Hold: Sendable {
    /// How long a cancelled run may go on. A second is meant; a machine that makes many attacks at once gets four.
    static let patience = Duration.seconds(4)

    private struct State {
        var remaining: Int
        var isReleased = false
    }

    private let state: Mutex<State>
    private let reached: AsyncStream<Void>
    private let reach: AsyncStream<Void>.Continuation

    init(at request: Int) {
        state = Mutex(State(remaining: request))
        (reached, reach) = AsyncStream.makeStream(of: Void.self)
    }

    /// Waits twice as long as a cancelled run may go on, or not at all before the place that is meant.
    func arrive() async {
        let mustWait = state.withLock { state in
            state.remaining -= 1
            return state.remaining <= 0 && !state.isReleased
        }
        guard mustWait else { return }
        reach.finish()
        // Cut short when its server stops: then nobody waits for the answer any more.
        try? await Task.sleep(for: Self.patience * 2)
    }

    func isReached() async {
        for await _ in reached {}
    }

    func release() {
        state.withLock { $0.isReleased = true }
        reach.finish()
    }
}
