public import PackageMining
import Synchronization

/// A session that answers from memory: what is at each URL, and what was asked for.
public final class StubSession: RegistrySession {
    private let answers: Mutex<[String: Response]>
    private let onceAsked = Mutex<[String: @Sendable (StubSession) -> Void]>([:])
    private let asked = Mutex<[Request]>([])
    private let chunkSize: Int

    public init(_ bodies: [String: [UInt8]] = [:], chunkSize: Int = 1_000) {
        answers = Mutex(
            Dictionary(
                uniqueKeysWithValues: bodies.map { ($0.key, Response(status: 200, url: $0.key, body: $0.value)) }))
        self.chunkSize = chunkSize
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

    /// From which bytes on a file was asked for, in the order of the requests.
    public func offsets(of url: String) -> [Int64] {
        asked.withLock { $0.filter { $0.url == url }.map(\.offset) }
    }

    public func fetch<Answer: Sendable>(
        _ request: Request, read: @Sendable (Response) throws -> Answer
    ) async throws -> Answer {
        try read(answer(to: request))
    }

    public func download(
        _ request: Request, receive: @Sendable (_ chunk: [UInt8]) async throws -> Void
    ) async throws -> Response {
        let response = answer(to: request)
        guard response.status == 200 else { return response }
        for start in stride(from: Int(request.offset), to: response.body.count, by: chunkSize) {
            try await receive(Array(response.body[start..<min(start + chunkSize, response.body.count)]))
        }
        return Response(status: 200, url: response.url, headers: response.headers)
    }

    public func activity() -> SessionActivity {
        var activity = SessionActivity()
        activity.requests = requests.count
        return activity
    }

    private func answer(to request: Request) -> Response {
        asked.withLock { $0.append(request) }
        let answer = response(at: request.url)
        onceAsked.withLock { $0.removeValue(forKey: request.url) }?(self)
        if let known = request.known, known == Validators(of: answer) { return Response(status: 304, url: answer.url) }
        return answer
    }
}
