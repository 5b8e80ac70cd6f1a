/// Whether a host answers at all, and what to do while it does not.
///
/// Eight failures in a row open the breaker; four do when they were all of one request, so that a walk that asks one
/// page at a time outlives an outage too. While it is open, requests wait, and one at a time is tried, after 1 s and
/// then after twice as long each time, up to 15 s. A sign of life closes it.
///
/// A failure is a broken or refused connection, a time-out, 429 or 503. Any other status is a sign of life, a 500 too,
/// and so is an answer that breaks off behind its head: the host is there and something is wrong with this one
/// request. Were it counted, the last twenty packages of a run, each with a 500 for ever, would look like an outage.
/// A 5xx is counted where the request is essential, as one for a page of a list is.
///
/// Failures that open the breaker or happen while it is open are not charged to the request: an outage costs time and
/// no package. When the outage is longer than its limit, waiting requests fail; later ones fail at once, but for one
/// at each interval that asks whether the host is back. A host that says when to come back is not silent until then.
package struct Breaker {
    static let longestRow = 8
    static let longestRowOfOne = 4

    let outageLimit: Double
    private let longestRow: Int
    private var row = 0
    private var rowBegan = 0.0
    private var hasAskedForPatience = false
    private var interval = 1.0
    package private(set) var isOpen = false
    private(set) var isProbing = false
    package private(set) var nextProbe = 0.0

    package init(outageLimit: Double, longestRow: Int = Breaker.longestRow) {
        self.outageLimit = outageLimit
        self.longestRow = longestRow
    }

    package func allowsLaunch(at now: Double) -> Bool {
        !isOpen || (!isProbing && now >= nextProbe)
    }

    package func hasGivenUp(at now: Double) -> Bool {
        isOpen && now - rowBegan >= outageLimit
    }

    /// Says whether this launch is the probe.
    package mutating func launched() -> Bool {
        isProbing = isProbing || isOpen
        return isOpen
    }

    /// The probe ended without telling anything: it was cancelled.
    mutating func probeWithdrawn() {
        isProbing = false
    }

    package mutating func sawLife() {
        self = Breaker(outageLimit: outageLimit, longestRow: longestRow)
    }

    /// A failure of a request that has now failed `times` times. Returns whether it is charged to the request.
    ///
    /// - Parameter retryAt: when to come back, where the host has said so.
    package mutating func failed(times: Int, wasProbe: Bool, retryAt: Double? = nil, at now: Double) -> Bool {
        if row == 0 { rowBegan = now }
        if let retryAt, !hasAskedForPatience {
            hasAskedForPatience = true
            rowBegan = max(rowBegan, retryAt)
        }
        row += 1
        if wasProbe {
            isProbing = false
            interval = min(15, interval * 2)
            nextProbe = now + interval
        } else if !isOpen, row >= longestRow || min(row, times) >= Self.longestRowOfOne {
            isOpen = true
            nextProbe = now + interval
        }
        return !isOpen
    }
}
