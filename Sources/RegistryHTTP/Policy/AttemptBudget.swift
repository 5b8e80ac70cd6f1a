import Foundation
import PackageMining

/// The attempts of one request: what was tried, how it went, and how long to back off.
///
/// The wait before attempt n is anything up to `base · 2^(n-1)`, at most the cap (full jitter), or what Retry-After
/// says, if that is longer. A failure in an outage of the host is not charged, unless the request has been failing for
/// longer than an outage may last.
struct AttemptBudget {
    private let url: String
    private let hasSubstitute: Bool
    private let isWebPage: Bool
    private let attempts: Int
    private let configuration: CurlSession.Configuration
    private var tries = 0
    private var charged = 0
    private var notBefore = 0.0
    private var firstFailure: Double?

    init(_ request: Request, _ configuration: CurlSession.Configuration) {
        url = request.url
        hasSubstitute = request.hasSubstitute || request.stranger != nil
        isWebPage = request.isWebPage
        attempts =
            request.stranger == nil ? configuration.attempts : min(StrangersHost.attempts, configuration.attempts)
        self.configuration = configuration
        tries = request.failures
        charged = request.failures
        if charged > 0 { notBefore = configuration.time.now() + backoff() }
    }

    func order(for request: Request) -> Order {
        var order = Order(
            url: request.url, headers: request.headers, condition: request.condition, bodyLimit: request.bodyLimit,
            notBefore: notBefore, failures: charged, isRetry: tries > 0, isEssential: request.isEssential,
            hasSubstitute: hasSubstitute, lane: request.lane)
        order.stranger = request.stranger
        order.isWebPage = request.isWebPage
        return order
    }

    /// The answer of an attempt, where it has brought one; nothing when it is to be tried again.
    mutating func answer(of attempt: Attempt) throws -> Response? {
        switch attempt.result {
        case .failed(let error):
            if attempt.isOutage { throw again(error, tries: max(1, tries)) }
            try failed(error, isCharged: attempt.isCharged, retryAfter: attempt.retryAfter)
            return nil
        case .answered(let response, _):
            guard isFailure(response) else { return response }
            try failed(response.statusError(), isCharged: attempt.isCharged, retryAfter: attempt.retryAfter)
            return nil
        }
    }

    /// Takes note of a failed attempt; throws when it was the last.
    mutating func failed(_ error: WireError, isCharged: Bool, retryAfter: Double?) throws {
        let now = configuration.time.now()
        let began = firstFailure ?? now
        firstFailure = began
        tries += 1
        if isCharged || now - began > configuration.outageLimit.inSeconds { charged += 1 }
        if error.category == .cancelled || !error.isWorthRetrying { throw again(error, tries: tries) }
        if let retryAfter, retryAfter > longestRetryAfter { throw tooLong(retryAfter, error) }
        if charged >= attempts { throw again(error, tries: tries) }
        notBefore = now + max(isCharged ? backoff() : 0, retryAfter ?? 0)
    }

    /// Bytes have arrived: what failed before counts no more.
    mutating func madeProgress() {
        charged = 0
        firstFailure = nil
    }

    private var longestRetryAfter: Double {
        let longest = configuration.longestRetryAfter.inSeconds
        return hasSubstitute ? min(longest, HostGate.longestRestBesideSubstitute) : longest
    }

    private func isFailure(_ response: Response) -> Bool {
        if isWebPage { return false }
        return response.isRateLimit || response.status == 408 || response.status == 425
            || (500...599).contains(response.status)
    }

    private func backoff() -> Double {
        let doubled = configuration.backoffBase.inSeconds * Double(1 << min(max(0, charged - 1), 16))
        return min(configuration.backoffCap.inSeconds, doubled) * configuration.time.random()
    }

    private func tooLong(_ seconds: Double, _ error: WireError) -> WireError {
        let asked = seconds < 1e9 ? "\(Int(seconds)) s" : "longer than a lifetime"
        let error = WireError(
            .throttled, url: url, "status \(error.status ?? 0), and asks to wait \(asked)", status: error.status,
            mayBeAskedAt: seconds < 1e9 ? configuration.time.date() + seconds : nil)
        return again(error, tries: tries)
    }

    private func again(_ error: WireError, tries: Int) -> WireError {
        WireError(
            error.category, url: url, error.reason, status: error.status, attempts: tries, cause: error.cause,
            mayBeAskedAt: error.mayBeAskedAt)
    }
}
