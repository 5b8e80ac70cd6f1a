/// What a session has done so far, and what it waits for.
public struct SessionActivity: Hashable, Sendable {
    /// Requests sent, each attempt counted.
    public var requests = 0
    /// How many of them were second and later attempts.
    public var retries = 0
    /// Bytes received, as they came over the wire.
    public var receivedBytes = 0
    public var inFlight = 0
    /// The hosts that are left alone for the moment.
    public var pausedHosts: [String] = []

    public init() {}
}
