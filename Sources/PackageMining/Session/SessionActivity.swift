/// What a session has done so far and is doing now, for progress and the manifest.
public struct SessionActivity: Hashable, Sendable {
    /// Requests sent, those sent again and those sent after a redirect included.
    public var requests = 0

    /// Requests among them that were sent again after a failed attempt.
    public var retries = 0

    /// Bytes of bodies as they came over the wire, before inflating.
    public var receivedBytes = 0

    /// Requests on the wire now.
    public var inFlight = 0

    /// Hosts that are asked nothing now, because they said so or answer nothing; sorted.
    public var pausedHosts: [String] = []

    public init() {}
}
