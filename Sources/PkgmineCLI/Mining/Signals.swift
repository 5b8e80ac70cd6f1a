// Sources are safe to share between threads; the module does not say so on Linux.
@preconcurrency import Dispatch
import Foundation
import Synchronization

/// Ctrl-C and SIGTERM, as the run meets them.
///
/// The first one is handed over, and the run stops in order. Whoever presses again, or waits longer than a run may
/// take to stop, gets an exit at once: a state bears that at any moment, as it bears kill -9.
final class Signals: Sendable {
    private let stream: AsyncStream<Int32>
    private let sources: [any DispatchSourceSignal]

    private static let longestStop = DispatchTimeInterval.milliseconds(4_500)

    init() {
        let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
        self.stream = stream
        let queue = DispatchQueue(label: "pkgmine.signals")
        let count = Counter()
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                if count.next() > 1 { _exit(128 + number) }
                continuation.yield(number)
                queue.asyncAfter(deadline: .now() + Signals.longestStop) { _exit(128 + number) }
            }
            source.activate()
            return source
        }
    }

    deinit {
        for source in sources { source.cancel() }
    }

    /// The first signal; nil when the run ends without one.
    func first() async -> Int32? {
        for await number in stream { return number }
        return nil
    }
}

/// Counts the signals of both kinds together.
private final class Counter: Sendable {
    private let count = Mutex(0)

    func next() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }
}
