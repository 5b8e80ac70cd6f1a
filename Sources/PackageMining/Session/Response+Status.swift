extension WireError {
    /// How a look-up ends that was refused for good; see ``Response/refusal()``. Nil for any other error.
    ///
    /// For a document that is downloaded: what is no file is thrown as the error of its status.
    public var refusal: Resolution? {
        switch (category, status) {
        case (.absent, _): Resolution(.gone)
        case (.refused, 401), (.refused, 403): Resolution(.forbidden)
        case (.refused, 451): Resolution(.withheld)
        default: nil
        }
    }
}

extension Response {
    /// The body of an answer with status 200, and an error that fits for any other.
    ///
    /// For a miner to whom only 200 is an answer.
    public func bodyOfSuccess() throws -> [UInt8] {
        if status == 200 { return body }
        throw statusError()
    }

    /// The type of the body, in lower case and without parameters: `text/html`.
    public var mediaType: String? {
        header("Content-Type").map { $0.prefix { $0 != ";" }.lowercased().filter { $0 != " " && $0 != "\t" } }
    }

    /// - Throws: for a body of another type than these, which is not what was asked for.
    public func hold(toTypes types: [String]) throws {
        if let mediaType, types.contains(mediaType) { return }
        throw malformed("it is \(mediaType ?? "of no type"), not \(types.joined(separator: " or "))")
    }

    /// How a look-up ends that was refused for good, as the status tells: the package is gone (404, 410), withheld
    /// (451), or the registry does not answer us (401, 403). Nil where there is an answer (200).
    ///
    /// - Throws: a ``WireError`` for any other status.
    public func refusal() throws -> Resolution? {
        if status == 200 { return nil }
        let error = statusError()
        guard let refusal = error.refusal else { throw error }
        return refusal
    }

    /// The error of an answer that cannot be what was asked for. It is worth another attempt.
    public func malformed(_ reason: String, cause: (any Error)? = nil) -> WireError {
        WireError(.malformed, url: url, reason, status: status, cause: cause)
    }

    /// The error of an answer that is what was asked for and lacks something for good, as a feed without a catalogue
    /// does: it is told at the first look.
    public func lacks(_ reason: String) -> WireError {
        WireError(.malformed, url: url, reason, status: status, isFinal: true)
    }

    /// Whether more was asked than the registry bears: 429, or the 403 that GitHub answers in its place, which says when
    /// to come back (https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api).
    package var isRateLimit: Bool {
        guard status == 403 else { return status == 429 }
        return header("Retry-After") != nil
            || header("X-RateLimit-Remaining") == "0" && header("X-RateLimit-Reset") != nil
    }

    /// The error that this status stands for.
    public func statusError() -> WireError {
        switch status {
        case _ where isRateLimit: WireError(.throttled, url: url, "status \(status)", status: status)
        case 404, 410: WireError(.absent, url: url, "status \(status)", status: status)
        case 503: WireError(.throttled, url: url, "status \(status)", status: status)
        case 400..<500 where status != 408 && status != 425:
            WireError(.refused, url: url, "status \(status)", status: status)
        case 408, 425, 500...599: WireError(.unreachable, url: url, "status \(status)", status: status)
        default: WireError(.malformed, url: url, "unexpected status \(status)", status: status)
        }
    }
}
