/// The way to the registries that all miners share: one pool of connections, one pace for each host.
///
/// What it promises:
/// - An answer is complete, or an error is thrown: never a cut body.
/// - Refusals (429, 503), server errors (408, 425, 5xx), time-outs and broken connections are tried again, with
///   back-off and at the pace that the host bears, under one budget a request. Where a list is walked, server errors
///   are waited out as an outage is.
/// - Any other status is an answer, and is handed to `read`: 304 too, where the request has ``Request/known``. To one
///   that has none, a 304 is a failed attempt.
public protocol RegistrySession: Sendable {
    /// Asks, and returns what `read` makes of the answer.
    ///
    /// An answer that cannot be what was asked for is a failed attempt like a broken connection: when `read` throws a
    /// ``WireError`` that ``WireError/isWorthRetrying``, the request is tried again under the same budget.
    func fetch<Answer: Sendable>(
        _ request: Request, read: @Sendable (Response) throws -> Answer
    ) async throws -> Answer

    /// Asks for a large file and hands over its bytes in order as they arrive, at the speed at which `receive` takes
    /// them. A download that breaks goes on by range where the server can and tells by a strong validator that the file
    /// is the same, so that `receive` sees each byte once.
    ///
    /// Returns when the file is complete. The first chunk begins at `request.offset`. Only the bytes of a file are
    /// handed over: where the answer is another than 200 or 206, `receive` is not called.
    func download(
        _ request: Request, receive: @Sendable (_ chunk: [UInt8]) async throws -> Void
    ) async throws -> Response

    /// What the session has done so far, for progress and the manifest.
    func activity() -> SessionActivity
}
