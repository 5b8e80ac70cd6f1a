import Synchronization

/// How long a walk does nothing between two of its calls, by the day's clock, where it makes one after another.
final class Pauses: Sendable {
    enum Call: Hashable, Sendable { case request, page }

    private struct Between: Hashable {
        let last: Call
        let next: Call
    }

    private struct State {
        var last: (call: Call, end: ContinuousClock.Instant)?
        var shortest: [Between: (count: Int, pause: Duration)] = [:]
        var isOver = false
    }

    private let state = Mutex(State())

    func begins(_ next: Call) {
        let now = ContinuousClock.now
        state.withLock { state in
            guard !state.isOver, let last = state.last else { return }
            let (count, pause) = state.shortest[Between(last: last.call, next: next), default: (0, .seconds(3600))]
            state.shortest[Between(last: last.call, next: next)] = (count + 1, min(pause, last.end.duration(to: now)))
        }
    }

    func ends(_ call: Call) {
        state.withLock { $0.last = (call, .now) }
    }

    /// The list was walked to its end.
    func walkEnds() { state.withLock { $0.isOver = true } }

    /// The longest pause that was made each time, between two calls of which there were three pairs or more.
    var longestOfAll: Duration {
        state.withLock { $0.shortest.values.filter { $0.count >= 3 }.map(\.pause).max() ?? .zero }
    }
}
