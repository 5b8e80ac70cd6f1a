import PackageMining
import Synchronization

/// A session whose answers a test computes, and that remembers what was asked. It tries three times.
final class StubSession: RegistrySession {
    private let answer: @Sendable (String) throws -> Response
    private let log = Mutex<[(url: String, failures: Int)]>([])

    init(_ answer: @escaping @Sendable (String) throws -> Response) {
        self.answer = answer
    }

    var asked: [String] { log.withLock { $0.map(\.url) } }

    /// How many failed attempts each request came with: so long the real session waits before it asks.
    var failures: [Int] { log.withLock { $0.map(\.failures) } }

    func fetch<Answer: Sendable>(
        _ request: Request, read: @Sendable (Response) throws -> Answer
    ) async throws -> Answer {
        for _ in 1...2 {
            do {
                return try attempt(request, read)
            } catch let error as WireError where error.isWorthRetrying {
                continue
            }
        }
        return try attempt(request, read)
    }

    func download(
        _ request: Request, receive: @Sendable ([UInt8]) async throws -> Void
    ) async throws -> Response {
        throw WireError(.refused, url: request.url, "this registry has no files")
    }

    func activity() -> SessionActivity {
        var activity = SessionActivity()
        activity.requests = asked.count
        return activity
    }

    private func attempt<Answer>(_ request: Request, _ read: (Response) throws -> Answer) throws -> Answer {
        log.withLock { $0.append((request.url, request.failures)) }
        return try read(answer(request.url))
    }
}

extension Response {
    static func text(_ body: String, status: Int = 200) -> Response {
        Response(status: status, url: "https://registry.test/", body: Array(body.utf8))
    }
}
