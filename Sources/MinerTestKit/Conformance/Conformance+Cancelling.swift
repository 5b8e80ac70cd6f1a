import PackageMining
import Synchronization

extension Conformance {
    /// A run is cancelled while the registry owes it answers, at six places from its first request to its last.
    ///
    /// No clock is looked at. From the cancellation on no answer comes and no time passes, so a run ends only if it
    /// waits for neither.
    func cancellationAttacks() async throws -> [Attack] {
        let requests = try await probe().counts.values.reduce(0, +)
        let places = Set((0..<6).map { 1 + $0 * max(0, requests - 1) / 5 })
        return places.sorted().map { place in
            Attack("cancelled at request \(place) of \(requests)") { try await self.cancel(at: place) }
        }
    }

    private func cancel(at place: Int) async throws -> String? {
        let hold = Hold(at: place)
        return try await open(smallPages(), prelude: { _, _ in await hold.arrive() }) { stage in
            guard try await wasCancelled(stage, at: hold) else { return "the run has ended before that request" }
            hold.release()
            stage.time.goOn()
            return try await stage.runToTheEnd().map { "when it was resumed: \($0)" }
        }
    }
}

/// Runs a process and cancels it at the hold. Returns false where it had ended before.
private func wasCancelled<Fixture>(_ stage: Stage<Fixture>, at hold: Hold) async throws -> Bool {
    try await withThrowingTaskGroup(of: Bool.self) { group in
        group.addTask {
            defer { hold.endWaiting() }
            var process = Stage<Fixture>.Process()
            process.concurrency = 4
            try await stage.run(process)
            return true
        }
        group.addTask {
            await hold.isReached()
            return false
        }
        var wasCancelled = false
        while let isEnd = try await group.next(), !isEnd {
            guard hold.isHolding else { continue }
            wasCancelled = true
            stage.time.stop()
            group.cancelAll()
        }
        return wasCancelled
    }
}

/// A registry that keeps its answers back from a certain request on, until it is released.
private final class Hold: Sendable {
    private struct State {
        var remaining: Int
        var isReleased = false
        var waiting: [AsyncStream<Void>.Continuation] = []
    }

    private let state: Mutex<State>
    private let reached: AsyncStream<Void>
    private let reach: AsyncStream<Void>.Continuation

    init(at request: Int) {
        state = Mutex(State(remaining: request))
        (reached, reach) = AsyncStream.makeStream(of: Void.self)
    }

    /// Waits for the release, or not at all before the place that is meant. Cut short when the server stops.
    func arrive() async {
        let (release, released) = AsyncStream<Void>.makeStream()
        let mustWait = state.withLock { state in
            state.remaining -= 1
            guard state.remaining <= 0, !state.isReleased else { return false }
            state.waiting.append(released)
            return true
        }
        guard mustWait else { return }
        reach.finish()
        for await _ in release {}
    }

    /// Whether answers are being kept back.
    var isHolding: Bool { state.withLock { !$0.waiting.isEmpty } }

    /// Returns when the place is reached, or when nobody will reach it any more.
    func isReached() async {
        for await _ in reached {}
    }

    func endWaiting() { reach.finish() }

    func release() {
        let waiting = state.withLock { state in
            state.isReleased = true
            return state.waiting
        }
        for answer in waiting { answer.finish() }
    }
}
