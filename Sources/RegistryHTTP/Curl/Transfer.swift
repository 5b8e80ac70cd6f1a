package import PackageMining

/// What is asked for in one attempt.
package struct Order: Sendable {
    package var url: String
    package var headers: [Header]
    /// The field without which 304 is no answer.
    package var condition: Header?
    var bodyLimit: Int
    /// Not before this time, because the request backs off.
    var notBefore = 0.0
    /// How often the request has failed before.
    var failures = 0
    package var isRetry = false
    var isEssential = false
    var hasSubstitute = false
    var lane = ""
    package var stranger: StrangersHost?
    var isWebPage = false

    package init(
        url: String, headers: [Header], condition: Header? = nil, bodyLimit: Int, notBefore: Double = 0,
        failures: Int = 0, isRetry: Bool = false, isEssential: Bool = false, hasSubstitute: Bool = false,
        lane: String = ""
    ) {
        self.url = url
        self.headers = headers
        self.condition = condition
        self.bodyLimit = bodyLimit
        self.notBefore = notBefore
        self.failures = failures
        self.isRetry = isRetry
        self.isEssential = isEssential
        self.hasSubstitute = hasSubstitute
        self.lane = lane
    }

    /// The fields beyond those that the session sends itself.
    var fields: [Header] { condition.map { headers + [$0] } ?? headers }
}

/// One attempt: an order on its way through the queue of its host and over the wire, and the one who waits for it.
///
/// `@unchecked Sendable`: apart from `isCancelled` and `isPosted`, which only its mailbox touches under its lock, the
/// variables belong to the thread of the loop from the moment of posting. Posting takes the lock of the mailbox, and so
/// does the thread when it takes the transfer out, which orders what was written before. The waiting task sees only the
/// `Attempt` that it is resumed with.
package final class Transfer: @unchecked Sendable {
    let order: Order
    let host: String
    /// For whom it is.
    let sharer: Sharer

    /// The gate that it goes through: its host's, or that of a lane of it. What is asked of a host as a stranger's is one.
    var gate: String {
        let lane = order.stranger == nil ? order.lane : "as a stranger's"
        return lane.isEmpty ? host : "\(host) \(lane)"
    }

    /// Where a download's bytes go; none for a fetch, which collects its body.
    let stream: ByteStream?

    var isCancelled = false
    var isPosted = false

    var continuation: UnsafeContinuation<Attempt, Never>?
    var hasEnded = false
    var epoch = 0
    var isProbe = false
    var handle: EasyHandle?

    package init(_ order: Order, stream: ByteStream? = nil, for sharer: Sharer = Sharer()) {
        self.order = order
        self.sharer = sharer
        self.stream = stream
        host = hostKey(of: order.url)
    }

    func end(with attempt: Attempt) {
        if hasEnded { return }
        hasEnded = true
        stream?.end()
        continuation?.resume(returning: attempt)
        continuation = nil
    }
}

/// How an attempt came out.
package struct Attempt: Sendable {
    package enum Result: Sendable {
        case answered(Response, location: String?)
        case failed(WireError)
    }

    package var result: Result

    /// Whether a failure counts under the budget of the request; not while its host is in an outage.
    var isCharged = true

    /// Whether the host has been silent for too long to wait any longer.
    var isOutage = false

    /// What the answer's Retry-After says.
    var retryAfter: Double?
}

/// Scheme, name and port, in small letters: what has a pace and a breaker of its own.
func hostKey(of url: String) -> String {
    let plain = urlWithoutCredentials(url)
    var slashes = 0
    let host = plain.utf8.prefix { byte in
        if byte == UInt8(ascii: "/") { slashes += 1 }
        return slashes < 3 && byte != UInt8(ascii: "?") && byte != UInt8(ascii: "#")
    }
    return String(decoding: host.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
}
