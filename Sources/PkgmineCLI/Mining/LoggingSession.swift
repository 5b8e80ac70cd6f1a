import Logging
import PackageMining

/// Logs what is asked of registries, and how it ended.
struct LoggingSession: RegistrySession {
    let inner: any RegistrySession
    let log: Logger

    func fetch<Answer: Sendable>(
        _ request: Request, read: @Sendable (Response) throws -> Answer
    ) async throws -> Answer {
        try await logged(request) {
            try await inner.fetch(request) { response in
                log.trace("\(response.status) \(printable(urlWithoutCredentials(response.url)))")
                return try read(response)
            }
        }
    }

    func download(
        _ request: Request, receive: @Sendable ([UInt8]) async throws -> Void
    ) async throws -> Response {
        try await logged(request) { try await inner.download(request, receive: receive) }
    }

    func activity() -> SessionActivity { inner.activity() }

    private func logged<Result>(_ request: Request, _ body: () async throws -> Result) async throws -> Result {
        let url = printable(urlWithoutCredentials(request.url))
        let began = ContinuousClock.now
        do {
            let result = try await body()
            log.debug("asked \(url): \(began.duration(to: .now))")
            return result
        } catch {
            log.info("asked \(url): \(printable("\(error)"))")
            throw error
        }
    }
}
