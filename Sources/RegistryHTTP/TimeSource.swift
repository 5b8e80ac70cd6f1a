public import Foundation

/// The clocks and the chance that a session goes by. Tests put their own here, so that none of them waits.
public struct TimeSource: Sendable {
    /// Seconds on a clock that does not run backwards.
    public var now: @Sendable () -> Double

    /// The time of day, for a Retry-After that names a date.
    public var date: @Sendable () -> Date

    /// Told how many seconds the session means to wait with nothing in flight; says how many it shall.
    public var pause: @Sendable (Double) -> Double

    /// Told how many seconds the session means to wait for bytes, and the local ports of the connections that it waits
    /// for them on; says how many it shall. A deadline may pass meanwhile, where the clock says so.
    public var listen: @Sendable (_ seconds: Double, _ ports: () -> [Int]) -> Double = { seconds, _ in seconds }

    /// A number from 0 up to 1, for the jitter.
    public var random: @Sendable () -> Double

    public init(
        now: @escaping @Sendable () -> Double, date: @escaping @Sendable () -> Date,
        pause: @escaping @Sendable (Double) -> Double, random: @escaping @Sendable () -> Double
    ) {
        self.now = now
        self.date = date
        self.pause = pause
        self.random = random
    }

    public static var system: TimeSource {
        let began = ContinuousClock.now
        return TimeSource(
            now: { (ContinuousClock.now - began).inSeconds }, date: { Date() }, pause: { $0 },
            random: { Double.random(in: 0..<1) })
    }
}

extension Duration {
    package var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}
