import Foundation
import PackageMining

/// How long a host asks to be left alone, in seconds.
struct AskedWait {
    /// What Retry-After says.
    let retryAfter: Double?

    /// Until its limit of requests begins anew, where that is used up.
    let reset: Double?

    init(_ judgement: Judgement, now: Date) {
        retryAfter = judgement.retryAfter.flatMap { secondsToWait(retryAfter: $0, now: now) }
        reset = judgement.reset.flatMap { secondsToWait(reset: $0, now: now) }
    }

    /// The longest of the times, however long it is.
    var longest: Double? { [retryAfter, reset].compactMap(\.self).max() }

    /// The same, as far as a session waits.
    func bounded(by configuration: CurlSession.Configuration) -> Double? {
        [
            retryAfter.map { min($0, configuration.longestRetryAfter.inSeconds) },
            reset.map { min($0, configuration.longestRest.inSeconds) },
        ].compactMap(\.self).max()
    }
}
