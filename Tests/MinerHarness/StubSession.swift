public import PackageMining
import Synchronization

/// A registry that answers what a test has written down or computes, and remembers what it was asked for.
public final class StubSession: InMemoryRegistry {
    private let answers: Mutex<[String: Response]>
    private let onceAsked = Mutex<[String: @Sendable (StubSession) -> Void]>([:])
    private let asked = Mutex<[Request]>([])
    private let computed: (@Sendable (Request) async throws -> Response)?
    public let attempts: Int
    public let chunkSize: Int

    /// Answers with these bodies at these URLs, and with 404 at all others.
    public init(_ bodies: [String: [UInt8]] = [:], chunkSize: Int = 1_000) {
        answers = Mutex(
            Dictionary(
                uniqueKeysWithValues: bodies.map { ($0.key, Response(status: 200, url: $0.key, body: $0.value)) }))
        computed = nil
        attempts = 1
        self.chunkSize = chunkSize
    }

    /// Answers what `compute` makes of a request.
    public init(attempts: Int = 1, computing compute: @escaping @Sendable (Request) async throws -> Response) {
        answers = Mutex([:])
        computed = compute
        self.attempts = attempts
        chunkSize = 1_000
    }

    public func set(_ url: String, _ body: [UInt8], status: Int = 200, headers: [Header] = []) {
        answers.withLock { $0[url] = Response(status: status, url: url, headers: headers, body: body) }
    }

    /// The same, and what happens when it is asked for the next time.
    public func set(
        _ url: String, _ body: [UInt8], status: Int, thenOnce event: @escaping @Sendable (StubSession) -> Void
    ) {
        set(url, body, status: status)
        onceAsked.withLock { $0[url] = event }
    }

    /// What it answers there, without being asked.
    public func answer(at url: String) -> [UInt8] { response(at: url).body }

    /// The same, whole.
    public func response(at url: String) -> Response {
        answers.withLock { $0[url] } ?? Response(status: 404, url: url)
    }

    /// The URLs that were asked for, in their order.
    public var requests: [String] { asked.withLock { $0.map(\.url) } }

    /// What was known to the requests that knew something, in their order.
    public var known: [Validators] { asked.withLock { $0.compactMap(\.known) } }

    /// How many failed attempts each request came with: so long the real session waits before it asks.
    public var failures: [Int] { asked.withLock { $0.map(\.failures) } }

    /// From which bytes on a file was asked for, in the order of the requests.
    public func offsets(of url: String) -> [Int64] {
        asked.withLock { $0.filter { $0.url == url }.map(\.offset) }
    }

    public func activity() -> SessionActivity {
        var activity = SessionActivity()
        activity.requests = requests.count
        return activity
    }

    public func answer(to request: Request) async throws -> Response {
        asked.withLock { $0.append(request) }
        if let computed { return try await computed(request) }
        let answer = response(at: request.url)
        onceAsked.withLock { $0.removeValue(forKey: request.url) }?(self)
        if let known = request.known, known == Validators(of: answer) { return Response(status: 304, url: answer.url) }
        return answer
    }
}
