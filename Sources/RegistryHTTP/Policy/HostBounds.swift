package import PackageMining

/// What a host bears as its operators say, and how much of that is in use: by all its lanes together.
///
/// It belongs to the loop's thread, as the gates do that share it.
package final class HostBounds {
    /// The most requests in flight.
    let atOnce: Int

    /// How long the host bans whoever asks more than it bears; nil where it does not.
    let banLasts: Double?

    /// For how long from each full hour on it is left alone, in seconds.
    let hourlyRest: Double

    /// The ban that it has pronounced. Nothing is asked of it any more.
    var ban: Ban?

    /// The least time from one launch to the next, in seconds, and the earliest time of the next.
    private let interval: Double
    private(set) var nextStart = 0.0
    private var inFlight = 0

    /// - Parameter bears: what its operators say, which `concurrency` cannot raise.
    package init(concurrency: Int, bears: Pace = Pace()) {
        atOnce = min(concurrency, bears.atOnce ?? concurrency)
        interval = bears.interval.inSeconds
        banLasts = bears.ban?.inSeconds
        hourlyRest = bears.hourlyRest.inSeconds
    }

    var isFull: Bool { inFlight >= max(1, atOnce) }

    func allowLaunch(at now: Double) -> Bool { ban == nil && now >= nextStart && !isFull }

    func launched(at now: Double) {
        inFlight += 1
        nextStart = now + interval
    }

    func ended() { inFlight -= 1 }
}
