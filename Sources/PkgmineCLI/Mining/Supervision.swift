import PackageMining
import Pkgmine

/// A run, or several, at the console: with a display, until the end or the first signal, which stops it in order; see
/// `Signals` for a second one.
struct Supervision<Report: Sendable>: Sendable {
    let result: Result<Report, any Error>

    /// The signal that came meanwhile.
    let signal: Int32?

    private enum Event: Sendable {
        case ended(Result<Report, any Error>)
        case signal(Int32)
        case displayEnded
    }

    init(shownBy display: ProgressDisplay, run: @escaping @Sendable () async throws -> Report) async throws {
        let signals = Signals()
        // Who presses again is met as long as the run has not stopped.
        defer { withExtendedLifetime(signals) {} }
        (result, signal) = try await withThrowingTaskGroup(of: Event.self) { group in
            group.addTask { .ended(await ending(of: run)) }
            group.addTask { await signals.first().map(Event.signal) ?? .displayEnded }
            group.addTask {
                await display.run()
                return .displayEnded
            }
            var signal: Int32?
            while let event = try await group.next() {
                switch event {
                case .signal(let number):
                    signal = number
                    group.cancelAll()
                case .ended(let result):
                    group.cancelAll()
                    try await group.waitForAll()
                    try display.finish()
                    return (result, signal)
                case .displayEnded: continue
                }
            }
            throw CancellationError()
        }
    }
}
