/// A session for a registry's list: a package that cannot be looked up is named and the run goes on, but a page that
/// cannot be had ends it.
struct EssentialSession: RegistrySession {
    let session: any RegistrySession

    func fetch<Answer: Sendable>(
        _ request: Request, read: @Sendable (Response) throws -> Answer
    ) async throws -> Answer {
        try await session.fetch(essential(request), read: read)
    }

    func download(
        _ request: Request, receive: @Sendable (_ chunk: [UInt8]) async throws -> Void
    ) async throws -> Response {
        try await session.download(essential(request), receive: receive)
    }

    func activity() -> SessionActivity { session.activity() }

    private func essential(_ request: Request) -> Request {
        var request = request
        request.isEssential = !request.isDispensable
        return request
    }
}
