import Foundation
import RegistrySession

/// Session time that passes fifty times as fast as the day's, so that back-off and outages cost a test little.
enum FastTime {
    static let factor = 50.0

    static var source: TimeSource {
        let began = ContinuousClock.now
        return TimeSource(
            now: {
                let passed = began.duration(to: .now).components
                return (Double(passed.seconds) + Double(passed.attoseconds) * 1e-18) * factor
            },
            date: { Date() }, pause: { $0 / factor }, random: { Double.random(in: 0..<1) })
    }
}
