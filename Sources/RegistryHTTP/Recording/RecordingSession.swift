public import Foundation
public import PackageMining

/// A session that keeps how every request ended, for ``ReplayingSession``.
///
/// The layout of the folder, plain enough to be written by hand:
/// - `recording.json`: `{"format":1,"tool":"pkgmine 1.0","began":"2026-01-31T12:00:00Z"}`.
/// - `exchanges.ndjson`: a JSON object a line, one for each request, in the order in which they ended:
///   `{"url":"https://…","nth":1,"status":200,"headers":[{"name":"ETag","value":"…"}],"body":"text"}`.
///   A body that is not UTF-8 is `bodyBase64`; `headers` may be left out. `finalURL` is where redirects led to. A
///   request that failed for good has `"error":{"category":"unreachable","reason":"…","attempts":6}` instead.
/// - `download-000001.bin`, …: the bytes of downloads, named by `bodyFile` of their lines.
///
/// Credentials in URLs and the fields that carry any are left out; cancelled requests are not kept. The folder is
/// readable by its owner only. A last line that was cut is dropped when the folder is opened again.
public final class RecordingSession: RegistrySession {
    private let session: any RegistrySession
    private let file: RecordingFile

    /// When the recording began: the start of the run that is recorded.
    public var began: Date { file.began }

    /// What was mended when an older recording was opened to go on with it.
    public var notice: String? { file.notice }

    public init(_ session: any RegistrySession, in folder: URL, tool: String, began: Date) throws {
        self.session = session
        file = try RecordingFile(folder, tool: tool, began: began)
    }

    public func activity() -> SessionActivity {
        session.activity()
    }

    /// What is kept is the answer of the last attempt, also when `read` throws for good: a replay runs `read` again.
    public func fetch<Answer: Sendable>(
        _ request: Request, read: @Sendable (Response) throws -> Answer
    ) async throws -> Answer {
        let last = LastAnswer()
        let answer: Answer
        do {
            answer = try await session.fetch(request) { response in try last.read(response, read) }
        } catch {
            if last.wasRefused {
                try keep(request, last.response)
            } else if let error = error as? WireError, error.category != .cancelled {
                try file.append(request) { $0.set(error) }
            }
            throw error
        }
        try keep(request, last.response)
        return answer
    }

    public func download(
        _ request: Request, receive: @Sendable (_ chunk: [UInt8]) async throws -> Void
    ) async throws -> Response {
        let body = try file.beginBody()
        defer { body.close() }
        do {
            let response = try await session.download(request) { chunk in
                try body.write(chunk)
                try await receive(chunk)
            }
            try file.append(request) { exchange in
                exchange.set(response)
                exchange.body = nil
                exchange.bodyFile = body.name
            }
            return response
        } catch let error as WireError where error.category != .cancelled {
            try file.append(request) { $0.set(error) }
            throw error
        }
    }

    private func keep(_ request: Request, _ response: Response?) throws {
        guard let response else { return }
        try file.append(request) { $0.set(response) }
    }
}
