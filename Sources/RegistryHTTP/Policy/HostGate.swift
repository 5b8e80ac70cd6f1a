package import PackageMining

/// What one host is given to do: its queue, its pace, its breaker.
package struct HostGate {
    let host: String
    private(set) var pace: LearntPace
    private(set) var breaker: Breaker
    private(set) var inFlight = 0

    /// Why its last request failed, for whoever wonders what a run waits for.
    var lastFailure: String?

    /// How long the host bans whoever asks more than it bears; nil where it does not.
    let banLasts: Double?

    /// The ban that it has pronounced. Nothing is asked of it any more.
    var ban: Ban?

    /// The least time from one launch to the next, in seconds, and the earliest time of the next.
    private let interval: Double
    private var nextStart = 0.0

    private var atFull = false
    private var queue: [Transfer] = []
    private var head = 0

    /// - Parameter bears: what the host's operators say that it bears, which `concurrency` cannot raise.
    package init(host: String, concurrency: Int, bears: Pace = Pace(), outageLimit: Double) {
        self.host = host
        interval = bears.interval.inSeconds
        banLasts = bears.ban?.inSeconds
        pace = LearntPace(largest: min(concurrency, bears.atOnce ?? concurrency))
        breaker = Breaker(outageLimit: outageLimit)
    }

    package mutating func enqueue(_ transfer: Transfer) {
        queue.append(transfer)
    }

    /// The next transfer that may be launched now.
    package mutating func launch(at now: Double) -> Transfer? {
        atFull = inFlight >= Int(pace.allowed)
        guard ban == nil, now >= nextStart, breaker.allowsLaunch(at: now),
            pace.allowsLaunch(inFlight: inFlight, at: now), let transfer = dequeue()
        else { return nil }
        inFlight += 1
        nextStart = now + interval
        transfer.epoch = pace.epoch
        transfer.isProbe = breaker.launched()
        return transfer
    }

    /// The next transfer that shall not wait any longer: because the host has been silent for too long, or is silent
    /// and another one will be asked. One that has not been tried yet stays when it may ask whether the host is back.
    /// A host that has banned us is asked nothing at all.
    package mutating func giveUp(at now: Double) -> Transfer? {
        if ban != nil { return dequeue() }
        guard breaker.isOpen, let transfer = dequeue() else { return nil }
        let isLost = breaker.hasGivenUp(at: now) || transfer.order.hasSubstitute
        if isLost, transfer.order.isRetry || !breaker.allowsLaunch(at: now) { return transfer }
        head -= 1
        return nil
    }

    /// Takes note of how a launched transfer ended. Returns whether a failure is charged to the request.
    package mutating func ended(_ transfer: Transfer, as ending: Ending, retryAfter: Double?, at now: Double) -> Bool {
        inFlight -= 1
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
            let retryAt = retryAfter.map { now + $0 }
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

    /// When a transfer that waits now may be launched, if nothing else happens before.
    package func nextLaunch() -> Double? {
        guard head < queue.count else { return nil }
        let earliest = max(pace.pausedUntil, nextStart)
        if breaker.isOpen { return breaker.isProbing ? nil : max(breaker.nextProbe, earliest) }
        return inFlight < Int(pace.allowed) ? earliest : nil
    }

    func isPaused(at now: Double) -> Bool {
        breaker.isOpen || now < pace.pausedUntil
    }

    /// The host, and why it is left alone.
    var trouble: String {
        lastFailure.map { "\(host): \($0)" } ?? host
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
