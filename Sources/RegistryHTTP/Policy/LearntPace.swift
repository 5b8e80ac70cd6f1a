/// How many requests a host may have in flight, learnt from how it answers.
///
/// The rule:
/// - It starts with 16 in flight (or the largest number allowed, if that is lower). While no request was refused, each
///   success adds one: the number doubles with each round.
/// - A refusal (429, 503, a time-out) cuts the number to 0.7 of itself, once an epoch: requests that were launched
///   before the last cut say nothing about the number after it, and do not cut again.
/// - The number at which the host refused is remembered as its ceiling. The pace climbs back quickly to 0.9 of the
///   ceiling, and stays there for 30 s.
/// - Then it probes: a sixteenth more (at least one) every 2 s, until the next refusal. Twice the ceiling without a
///   refusal means that the host has changed; the ceiling is forgotten.
/// - A refusal that says when to come back pauses the host until then. A refusal at one in flight that does not
///   pauses it for half a second, and twice as long with each that follows, up to 30 s.
///
/// Only successes at the full number raise it: a host that was never asked for 20 at once has not shown that it bears
/// them. Times are seconds on any clock that does not run backwards.
package struct LearntPace {
    let largest: Double
    package private(set) var allowed: Double
    private(set) var ceiling: Double?
    private(set) var pausedUntil = 0.0

    /// Counts the cuts; a request carries the epoch that it was launched in.
    package private(set) var epoch = 0

    private var nextProbe = 0.0
    private var pause = 0.5

    package init(largest: Int) {
        self.largest = Double(max(1, largest))
        allowed = min(16, self.largest)
    }

    package func allowsLaunch(inFlight: Int, at now: Double) -> Bool {
        now >= pausedUntil && inFlight < Int(allowed)
    }

    /// A request has succeeded. `atFull`: as many as allowed were in flight when requests were last launched.
    package mutating func succeeded(atFull: Bool, at now: Double) {
        pause = 0.5
        guard atFull, now >= pausedUntil else { return }
        guard let ceiling else { return allowed = min(largest, allowed + 1) }
        let shelf = max(1, ceiling * 0.9)
        if allowed < shelf {
            climb(to: shelf, at: now)
        } else if now >= nextProbe {
            probe(beyond: ceiling, at: now)
        }
    }

    /// The host has said that nothing more may be asked until then.
    package mutating func rest(until end: Double) {
        pausedUntil = max(pausedUntil, end)
    }

    /// A request launched in `epoch` was refused, or has timed out.
    package mutating func refused(epoch: Int, retryAt: Double?, at now: Double) {
        if let retryAt { pausedUntil = max(pausedUntil, retryAt) }
        guard epoch == self.epoch else { return }
        self.epoch += 1
        if allowed < 2, retryAt == nil { rest(at: now) }
        ceiling = allowed
        allowed = max(1, allowed * 0.7)
        nextProbe = now + 30
    }

    private mutating func climb(to shelf: Double, at now: Double) {
        allowed = min(shelf, largest, allowed + 0.5)
        if allowed >= shelf { nextProbe = now + 30 }
    }

    private mutating func probe(beyond ceiling: Double, at now: Double) {
        allowed = min(largest, allowed + max(1, (allowed / 16).rounded()))
        nextProbe = now + 2
        if allowed > ceiling * 2 { self.ceiling = nil }
    }

    private mutating func rest(at now: Double) {
        pausedUntil = max(pausedUntil, now + pause)
        pause = min(30, pause * 2)
    }
}
