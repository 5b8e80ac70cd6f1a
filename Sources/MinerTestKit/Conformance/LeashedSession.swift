import PackageMining
import Synchronization

/// The session of a process on a leash.
final class LeashedSession: RegistrySession {
    /// Nil when the process was given up: what is left of it must hold no connection and no thread.
    private let session: Mutex<(any RegistrySession)?>
    private let leash: Leash
    private let bodyLimit: Int
    private let pauses: Pauses?

    /// - Parameter bodyLimit: no body is taken that is larger, whatever the miner says that it takes.
    init(
        _ session: any RegistrySession, _ leash: Leash, bodyLimit: Int = .max, measuring pauses: Pauses? = nil
    ) {
        self.session = Mutex(session)
        self.bodyLimit = bodyLimit
        self.leash = leash
        self.pauses = pauses
    }

    func fetch<Answer: Sendable>(
        _ request: Request, read: @Sendable (Response) throws -> Answer
    ) async throws -> Answer {
        pauses?.begins(.request)
        defer { pauses?.ends(.request) }
        var request = request
        request.bodyLimit = min(request.bodyLimit, bodyLimit)
        return try await open().fetch(request, read: read)
    }

    func download(
        _ request: Request, receive: @Sendable ([UInt8]) async throws -> Void
    ) async throws -> Response {
        pauses?.begins(.request)
        defer { pauses?.ends(.request) }
        return try await open().download(request, receive: receive)
    }

    func activity() -> SessionActivity { session.withLock { $0?.activity() } ?? SessionActivity() }

    func close() { session.withLock { $0 = nil } }

    private func open() async throws -> any RegistrySession {
        try await leash.step()
        guard let session = session.withLock(\.self) else { throw CancellationError() }
        return session
    }
}
