import Foundation
package import RegistryHTTP
import Synchronization

/// Time that passes only when nothing else can happen, for a session and the server that it asks.
///
/// It stands while a request or an answer is on its way and while the server works on one. When the session waits, and
/// each of its connections is one on which the server keeps silent on purpose, time jumps to what comes first: a
/// deadline of the session, or the end of a silence. So time-outs, back-off and outages come about in the same order
/// on any machine and under any load, and cost next to nothing.
package final class VirtualTime: LoopbackTime {
    private struct Timer: Sendable {
        let due: Double
        let action: @Sendable () -> Void
    }

    private struct State {
        var now = 0.0
        /// How many silences there are in front of a client's port: two where the system has given a port away anew
        /// before the server has noticed that its former client is gone.
        var silent: [UInt16: Int] = [:]
        /// In the order in which they are due.
        var timers: [Timer] = []
        var hasStopped = false
        var random = SeededRandom(seed: 1)

        mutating func silence(_ port: UInt16) { silent[port, default: 0] += 1 }

        mutating func unsilence(_ port: UInt16) {
            let left = silent[port, default: 0] - 1
            silent[port] = left > 0 ? left : nil
        }
    }

    private let began = Date()
    private let state = Mutex(State())

    /// How long a session looks for bytes before it asks again whether all is silent, in seconds by the day's clock.
    private static let glance = 0.001

    package init() {}

    package var now: Double { state.withLock(\.now) }
    var date: Date { began + now }

    /// The session's view.
    package var source: TimeSource {
        var source = TimeSource(
            now: { self.now }, date: { self.date }, pause: { self.jump($0) },
            random: { self.state.withLock { Double.random(in: 0..<1, using: &$0.random) } })
        source.listen = { seconds, ports in
            let ports = ports()
            let isSilent = self.state.withLock { state in
                ports.allSatisfy { port in UInt16(exactly: port).flatMap { state.silent[$0] } != nil }
            }
            return isSilent ? self.jump(seconds) : min(seconds, Self.glance)
        }
        return source
    }

    /// No time passes any more: what ends from now on has not waited for any.
    package func stop() { state.withLock { $0.hasStopped = true } }
    package func goOn() { state.withLock { $0.hasStopped = false } }

    /// Moves on by so many seconds, or to the first timer in that time, whose action is done before this returns.
    /// Says how long to wait by the day's clock.
    private func jump(_ seconds: Double) -> Double {
        let (action, pause) = state.withLock { state -> ((@Sendable () -> Void)?, Double) in
            if state.hasStopped { return (nil, Self.glance) }
            guard let first = state.timers.first, first.due <= state.now + seconds else {
                state.now += seconds
                return (nil, 0)
            }
            state.now = max(state.now, first.due)
            return (state.timers.removeFirst().action, 0)
        }
        action?()
        return pause
    }
}

// MARK: The server's view

extension VirtualTime {
    package func silenceBegan(inFrontOf port: UInt16) { state.withLock { $0.silence(port) } }
    package func silenceEnded(inFrontOf port: UInt16) { state.withLock { $0.unsilence(port) } }

    package func pass(_ duration: Duration, inFrontOf port: UInt16) async throws {
        let (end, ends) = AsyncStream<Void>.makeStream()
        schedule(after: duration, silencing: port) {
            self.silenceEnded(inFrontOf: port)
            ends.finish()
        }
        for await _ in end {}
        try Task.checkCancellation()
    }

    /// Returns at once.
    package func wait(_ duration: Duration, then action: @escaping @Sendable () -> Void) async {
        schedule(after: duration, action)
    }

    private func schedule(
        after duration: Duration, silencing port: UInt16? = nil, _ action: @escaping @Sendable () -> Void
    ) {
        let seconds = Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
        state.withLock { state in
            let timer = Timer(due: state.now + seconds, action: action)
            let place = state.timers.firstIndex { $0.due > timer.due } ?? state.timers.endIndex
            state.timers.insert(timer, at: place)
            if let port { state.silence(port) }
        }
    }
}
