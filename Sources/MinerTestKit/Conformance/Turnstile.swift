import PackageMining
import Synchronization

/// Counts what a registry is asked, in virtual time, and refuses what comes faster than it bears.
final class Turnstile: Sendable {
    private struct State {
        var last = -Double.infinity
        var inService = 0
        var refused: Set<String> = []
        var firstRefusal: String?
    }

    private let pace: Pace
    private let state = Mutex(State())

    init(_ pace: Pace) {
        self.pace = pace
    }

    /// Why the first request that came too fast was one that did; nil where none did.
    var firstRefusal: String? { state.withLock(\.firstRefusal) }

    /// A request arrives.
    func enter(_ request: LoopbackRequest, at now: Double) {
        state.withLock { state in
            if let reason = tooFast(state, at: now) {
                state.refused.insert(key(of: request))
                state.firstRefusal = state.firstRefusal ?? "\(printable(request.target)) came \(reason)"
            }
            state.last = now
            state.inService += 1
        }
    }

    /// Its answer is about to be sent.
    func leave() {
        state.withLock { $0.inService -= 1 }
    }

    /// The answer to a request that came too fast; nil for any other.
    func refusal(of request: LoopbackRequest) -> LoopbackAnswer? {
        state.withLock { $0.refused.contains(key(of: request)) } ? .text(429, "too many requests") : nil
    }

    private func tooFast(_ state: State, at now: Double) -> String? {
        let interval = pace.interval / .seconds(1)
        // Sums of intervals are off by their last digit.
        if now - state.last < interval - 1e-6 {
            return "\(inSeconds(now - state.last)) behind the one before it, where \(inSeconds(interval)) is borne"
        }
        if let most = pace.atOnce, state.inService >= most { return "beside \(most) others, where \(most) are borne" }
        return nil
    }

    private func key(of request: LoopbackRequest) -> String { "\(request.attempt) \(request.target)" }

    private func inSeconds(_ seconds: Double) -> String { "\((seconds * 1_000).rounded() / 1_000) s" }
}
