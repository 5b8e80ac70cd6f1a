public import PackageMining

/// A registry in memory that is a session too: the one way in which tests answer without a server.
public protocol InMemoryRegistry: RegistrySession {
    /// What the registry answers. What this throws the session throws.
    func answer(to request: Request) async throws -> Response

    /// How often a request is tried whose answer is not what was asked for.
    var attempts: Int { get }

    /// The bytes of a file that are handed over at a time.
    var chunkSize: Int { get }
}

extension InMemoryRegistry {
    public var attempts: Int { 1 }
    public var chunkSize: Int { 1_000 }

    public func fetch<Answer: Sendable>(
        _ request: Request, read: @Sendable (Response) throws -> Answer
    ) async throws -> Answer {
        for _ in 1..<attempts {
            do {
                return try read(try await answer(to: request))
            } catch let error as WireError where error.isWorthRetrying {
                continue
            }
        }
        return try read(try await answer(to: request))
    }

    public func download(
        _ request: Request, receive: @Sendable (_ chunk: [UInt8]) async throws -> Void
    ) async throws -> Response {
        let response = try await answer(to: request)
        guard response.status == 200 else { return response }
        for start in stride(from: Int(request.offset), to: response.body.count, by: chunkSize) {
            try await receive(Array(response.body[start..<min(start + chunkSize, response.body.count)]))
        }
        return Response(status: 200, url: response.url, headers: response.headers)
    }

    public func activity() -> SessionActivity { SessionActivity() }
}
