import PackageMining
import Synchronization

/// What the loopback server was asked. Can be read at any time.
public final class Journal: Sendable {
    private struct State {
        var requests = 0
        var counts: [String: Int] = [:]
        var statuses: [Int: Int] = [:]
        var faults: [Fault: Int] = [:]
        var connections = 0
        var inFlight = 0
        var largestInFlight = 0
        var log: [LoopbackRequest] = []
    }

    /// How many requests are kept with their headers; later ones are only counted.
    public static let logLimit = 10_000

    private let state = Mutex(State())

    /// All requests.
    public var requests: Int { state.withLock { $0.requests } }

    /// The different targets (path and query) that were asked for.
    public var distinct: Int { state.withLock { $0.counts.count } }

    /// How often each target was asked for.
    public var counts: [String: Int] { state.withLock { $0.counts } }

    /// How often each status was given, as far as an answer got to have one.
    public var statuses: [Int: Int] { state.withLock { $0.statuses } }

    /// How often each fault was played.
    public var faults: [Fault: Int] { state.withLock { $0.faults } }

    /// Connections that were accepted.
    public var connections: Int { state.withLock { $0.connections } }

    /// Requests whose answer is under way.
    public var inFlight: Int { state.withLock { $0.inFlight } }

    /// The most requests that were ever under way at once.
    public var largestInFlight: Int { state.withLock { $0.largestInFlight } }

    /// The first ``logLimit`` requests, with their headers.
    public var log: [LoopbackRequest] { state.withLock { $0.log } }

    /// How many requests had a target of that kind.
    public func requests(where isWanted: (String) -> Bool) -> Int {
        counts.reduce(0) { isWanted($1.key) ? $0 + $1.value : $0 }
    }

    /// Forgets everything but the requests under way.
    public func reset() {
        state.withLock { state in
            let inFlight = state.inFlight
            state = State()
            state.inFlight = inFlight
            state.largestInFlight = inFlight
        }
    }

    func connected() {
        state.withLock { $0.connections += 1 }
    }

    /// Counts a request, and returns which one for its target it is and how many are under way with it.
    func began(_ request: LoopbackRequest) -> (attempt: Int, inFlight: Int) {
        state.withLock { state in
            state.requests += 1
            state.inFlight += 1
            state.largestInFlight = max(state.largestInFlight, state.inFlight)
            if state.log.count < Self.logLimit { state.log.append(request) }
            state.counts[request.target, default: 0] += 1
            return (state.counts[request.target, default: 0], state.inFlight)
        }
    }

    func answered(_ status: Int, fault: Fault?) {
        state.withLock { state in
            state.statuses[status, default: 0] += 1
            if let fault { state.faults[fault, default: 0] += 1 }
        }
    }

    func ended() {
        state.withLock { $0.inFlight -= 1 }
    }
}
