import Synchronization

/// A session that remembers the last answer that was a refusal, for the error of a service that refuses everything.
final class RefusalNotes: RegistrySession {
    private let session: any RegistrySession
    private let last = Mutex<(url: String, answer: String)?>(nil)

    init(_ session: any RegistrySession) {
        self.session = session
    }

    var lastRefusal: (url: String, answer: String)? { last.withLock(\.self) }

    func fetch<Answer: Sendable>(
        _ request: Request, read: @Sendable (Response) throws -> Answer
    ) async throws -> Answer {
        do {
            return try await session.fetch(request) { response in
                if response.status >= 400 { note(response.url, "status \(response.status)") }
                return try read(response)
            }
        } catch let error as WireError where error.category != .cancelled {
            note(error.url, "\(error)")
            throw error
        }
    }

    func download(
        _ request: Request, receive: @Sendable (_ chunk: [UInt8]) async throws -> Void
    ) async throws -> Response {
        try await session.download(request, receive: receive)
    }

    func activity() -> SessionActivity { session.activity() }

    private func note(_ url: String, _ answer: String) {
        last.withLock { $0 = (urlWithoutCredentials(url), answer) }
    }
}
