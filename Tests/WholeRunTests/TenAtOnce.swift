import Foundation
import MinerTestKit
import PackageMining
import RegistryHTTP
import Synchronization

/// A registry that bears ten requests at once and refuses those beyond, in a time of its own.
///
/// It answers each request 75 to 125 ms after it came, by a clock that stands still until the client has sent all that
/// it means to send: what is measured is how many requests the client keeps with it, and not how fast the machine is.
final class TenAtOnce: Sendable {
    static let bears = 10

    /// What happened since the counting began.
    struct Count {
        var served = 0
        var refused = 0
        /// Requests in service, times the seconds that they were.
        var occupied = 0.0
        var seconds = 0.0
    }

    private struct Guest {
        let until: Double
        let leave: CheckedContinuation<Void, Never>
    }

    private struct State {
        var now = 0.0
        var guests: [Guest] = []
        var count = Count()
        var random = SeededRandom(seed: 53)
        var isClosed = false
    }

    private let state = Mutex(State())

    var now: Double { state.withLock { $0.now } }
    var count: Count { state.withLock { $0.count } }
    var inService: Int { state.withLock { $0.guests.count } }

    func startCounting() {
        state.withLock { $0.count = Count() }
    }

    /// The session's clock is this registry's own.
    var time: TimeSource {
        TimeSource(
            now: { self.now }, date: { .now },
            pause: { seconds in
                self.state.withLock { state in
                    state.now += seconds
                    state.count.seconds += seconds
                }
                return 0
            }, random: { 0.5 })
    }

    func answer() async -> LoopbackAnswer {
        var isBorne = true
        await withCheckedContinuation { leave in
            let isRefused = state.withLock { state in
                if state.isClosed || state.guests.count >= Self.bears {
                    state.count.refused += 1
                    return true
                }
                let stay = Double.random(in: 0.075...0.125, using: &state.random)
                state.guests.append(Guest(until: state.now + stay, leave: leave))
                return false
            }
            isBorne = !isRefused
            if isRefused { leave.resume() }
        }
        return isBorne ? .text(200, "served") : .text(429, "too many at once")
    }

    /// Lets time pass until the next guest leaves.
    func pass() {
        let leaving = state.withLock { state -> [Guest] in
            guard let next = state.guests.map(\.until).min() else { return [] }
            let passed = max(0, next - state.now)
            state.count.occupied += passed * Double(state.guests.count)
            state.count.seconds += passed
            state.now += passed
            let leaving = state.guests.filter { $0.until <= state.now }
            state.guests.removeAll { $0.until <= state.now }
            state.count.served += leaving.count
            return leaving
        }
        for guest in leaving { guest.leave.resume() }
    }

    /// Everyone leaves, and nobody who comes later stays: a request that was cancelled may still be on its way.
    func close() {
        let leaving = state.withLock { state in
            state.isClosed = true
            defer { state.guests = [] }
            return state.guests
        }
        for guest in leaving { guest.leave.resume() }
    }
}
