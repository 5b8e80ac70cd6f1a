package import Foundation
import PackageMining

/// What one host, or a lane of it, is given to do: its queue, its pace, its breaker.
package struct HostGate {
    /// The host, and behind it the lane, where it is that of one.
    let name: String
    private(set) var pace: LearntPace
    private(set) var breaker: Breaker
    private(set) var inFlight = 0

    /// Why its last request failed, for whoever wonders what a run waits for.
    var lastFailure: String?

    /// What holds for the whole host.
    let bounds: HostBounds

    /// When it launched last: of two lanes the one that has waited longer goes first.
    package private(set) var lastLaunch = -Double.infinity

    /// Whether it is that of a host that may be anybody's: asked for one thing at a time, and given up soon.
    let isStrangers: Bool

    private var atFull = false
    private var queue: [Transfer] = []
    private var head = 0

    package init(_ name: String, in bounds: HostBounds, outageLimit: Double, isStrangers: Bool = false) {
        self.name = name
        self.bounds = bounds
        self.isStrangers = isStrangers
        pace = LearntPace(largest: isStrangers ? 1 : bounds.atOnce)
        breaker = Breaker(
            outageLimit: outageLimit, longestRow: isStrangers ? StrangersHost.attempts : Breaker.longestRow)
    }

    /// Whether nothing waits here.
    var isEmpty: Bool { head >= queue.count }

    package mutating func enqueue(_ transfer: Transfer) {
        queue.append(transfer)
    }

    /// The next transfer that may be launched now.
    package mutating func launch(at now: Double) -> Transfer? {
        atFull = inFlight >= Int(pace.allowed)
        guard bounds.allowLaunch(at: now), breaker.allowsLaunch(at: now),
            pace.allowsLaunch(inFlight: inFlight, at: now), let transfer = dequeue()
        else { return nil }
        inFlight += 1
        bounds.launched(at: now)
        lastLaunch = now
        transfer.epoch = pace.epoch
        transfer.isProbe = breaker.launched()
        return transfer
    }

    /// The next transfer that shall not wait any longer: because the host has been silent for too long, or is silent or
    /// rests for long and something else will be asked. One that has not been tried yet stays when it may ask whether
    /// the host is back. A host that has banned us is asked nothing at all.
    package mutating func giveUp(at now: Double) -> Transfer? {
        if bounds.ban != nil { return dequeue() }
        let rests = pace.pausedUntil - now > Self.longestRestBesideSubstitute
        guard breaker.isOpen || rests, let transfer = dequeue() else { return nil }
        let isSubstituted = transfer.order.hasSubstitute
        if isSubstituted, rests { return transfer }
        let isLost = breaker.isOpen && (isSubstituted || breaker.hasGivenUp(at: now))
        if isLost, transfer.order.isRetry || !breaker.allowsLaunch(at: now) { return transfer }
        head -= 1
        return nil
    }

    /// How long a request waits whose host asks for patience and that has a substitute, in seconds: as long as the
    /// session's own back-off at most.
    static let longestRestBesideSubstitute = 30.0

    /// Takes note of how a launched transfer ended. Returns whether a failure is charged to the request.
    package mutating func ended(_ transfer: Transfer, as ending: Ending, retryAfter: Double?, at now: Double) -> Bool {
        inFlight -= 1
        bounds.ended()
        switch ending {
        case .withdrawn:
            if transfer.isProbe { breaker.probeWithdrawn() }
            return true
        case .alive:
            breaker.sawLife()
            return true
        case .success:
            breaker.sawLife()
            pace.succeeded(atFull: atFull, at: now)
            return true
        case .refusal, .limit:
            // A Retry-After of 0 is no leave to go on: npm's search has it on each refusal.
            let retryAt = retryAfter.flatMap { $0 > 0 ? now + $0 : nil }
            pace.refused(epoch: transfer.epoch, retryAt: retryAt, at: now)
            return breaker.failed(
                times: transfer.order.failures + 1, wasProbe: transfer.isProbe, retryAt: retryAt, at: now)
        case .silence:
            return breaker.failed(times: transfer.order.failures + 1, wasProbe: transfer.isProbe, at: now)
        }
    }

    /// The host has said that nothing more may be asked until then.
    package mutating func rest(until end: Double) {
        pace.rest(until: end)
        lastFailure = "its limit of requests is used up"
    }

    /// Rests where the hour has only just begun, by the time of day. Requests that are under way come to their end.
    package mutating func restIfHourBegins(at now: Double, date: () -> Date) {
        if bounds.hourlyRest == 0 { return }
        let left = bounds.hourlyRest - date().timeIntervalSince1970.truncatingRemainder(dividingBy: 3_600)
        guard left > 0 else { return }
        pace.rest(until: now + left)
        lastFailure = "it is left alone when an hour begins"
    }

    /// When a transfer that waits now may be launched, if nothing else happens before.
    package func nextLaunch() -> Double? {
        guard head < queue.count else { return nil }
        let earliest = max(pace.pausedUntil, bounds.nextStart)
        if bounds.isFull { return nil }
        if breaker.isOpen { return breaker.isProbing ? nil : max(breaker.nextProbe, earliest) }
        return inFlight < Int(pace.allowed) ? earliest : nil
    }

    func isPaused(at now: Double) -> Bool {
        breaker.isOpen || now < pace.pausedUntil
    }

    /// Who it is, and why it is left alone.
    var trouble: String {
        lastFailure.map { "\(name): \($0)" } ?? name
    }

    private mutating func dequeue() -> Transfer? {
        while head < queue.count {
            if head > 1024, head * 2 > queue.count {
                queue.removeFirst(head)
                head = 0
            }
            let transfer = queue[head]
            head += 1
            if !transfer.hasEnded { return transfer }
        }
        queue.removeAll(keepingCapacity: true)
        head = 0
        return nil
    }
}

/// What the end of a transfer says about its host.
package enum Ending {
    /// An answer as it should be.
    case success
    /// The host is there, and this one request went wrong.
    case alive
    /// 503, or a time-out: too much was asked.
    case refusal
    /// 429, or a 403 that stands for it: more was asked than the host bears, by its own count.
    case limit
    /// No connection, or one that broke before the head of an answer; or an error of the server in place of an answer
    /// that the run cannot do without.
    case silence
    /// The transfer was stopped from here.
    case withdrawn
}
