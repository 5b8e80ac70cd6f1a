extension Response {
    /// The body of an answer with status 200, and an error that fits for any other.
    ///
    /// For a miner to whom only 200 is an answer.
    public func bodyOfSuccess() throws -> [UInt8] {
        if status == 200 { return body }
        throw statusError()
    }

    /// The error that this status stands for.
    public func statusError() -> WireError {
        switch status {
        case 404, 410: WireError(.absent, url: url, "status \(status)", status: status)
        case 429, 503: WireError(.throttled, url: url, "status \(status)", status: status)
        case 400..<500 where status != 408 && status != 425:
            WireError(.refused, url: url, "status \(status)", status: status)
        case 408, 425, 500...599: WireError(.unreachable, url: url, "status \(status)", status: status)
        default: WireError(.malformed, url: url, "unexpected status \(status)", status: status)
        }
    }
}
