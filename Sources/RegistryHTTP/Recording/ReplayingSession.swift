public import Foundation
public import PackageMining
import Synchronization

/// A session that answers from a recording and from nowhere else.
///
/// The k-th request for a URL gets the k-th exchange recorded for it, and each one beyond the last gets the last. An
/// exchange that the recording does not hold is an error. The layout of the folder is told at ``RecordingSession``.
public final class ReplayingSession: RegistrySession {
    /// When the recorded run began.
    public let began: Date

    /// What of the recording could not be used.
    public var notice: String? { index.notice }

    private struct State {
        var asked: [String: Int] = [:]
        var activity = SessionActivity()
    }

    private let folder: URL
    private let content: Data
    private let index: ExchangeIndex
    private let state = Mutex(State())

    public init(_ folder: URL) throws {
        self.folder = folder
        began = try RecordingFacts.read(in: folder).began
        content = try Data(
            contentsOf: folder.appendingPathComponent(RecordingFacts.exchanges), options: .mappedIfSafe)
        index = try ExchangeIndex(content)
    }

    public func activity() -> SessionActivity {
        state.withLock { $0.activity }
    }

    public func fetch<Answer: Sendable>(
        _ request: Request, read: @Sendable (Response) throws -> Answer
    ) async throws -> Answer {
        let exchange = try next(request)
        if let error = exchange.failure() { throw error }
        let response = try exchange.response()
        if response.body.count > request.bodyLimit {
            throw WireError(.tooLarge, url: request.url, "the body is larger than \(request.bodyLimit) bytes")
        }
        try check(response, request)
        return try read(response)
    }

    public func download(
        _ request: Request, receive: @Sendable (_ chunk: [UInt8]) async throws -> Void
    ) async throws -> Response {
        let exchange = try next(request)
        if let error = exchange.failure() { throw error }
        let response = try exchange.response()
        try check(response, request)
        if response.isNotModified {
            // Nothing was sent.
        } else if let name = exchange.bodyFile {
            try await handOver(name, request, receive)
        } else if response.body.count > request.offset {
            try await receive(Array(response.body[Int(request.offset)...]))
        }
        return Response(status: response.status, url: response.url, headers: response.headers)
    }

    /// A list that begins anew knows nothing, and cannot be replayed from a run that knew more.
    private func check(_ response: Response, _ request: Request) throws {
        guard response.isNotModified, request.condition == nil else { return }
        throw WireError(.refused, url: request.url, "the recording says 304, and nothing is known", status: 304)
    }

    private func next(_ request: Request) throws -> RecordedExchange {
        try Task.checkCancellation()
        let url = urlWithoutCredentials(request.url)
        guard let places = index.places[url] else {
            throw WireError(.refused, url: url, "the recording in \(folder.path) does not hold \(url)")
        }
        let place = state.withLock { state in
            let nth = state.asked[url, default: 0]
            state.asked[url] = nth + 1
            state.activity.requests += 1
            return places[min(nth, places.count - 1)]
        }
        return try JSONDecoder().decode(RecordedExchange.self, from: content[place])
    }

    /// The bytes of a download's file, which may only be one of the names that a recording gives.
    private func handOver(
        _ name: String, _ request: Request, _ receive: @Sendable ([UInt8]) async throws -> Void
    ) async throws {
        guard name.hasPrefix("download-"), name.hasSuffix(".bin"), !name.contains("/") else {
            throw WireError(.refused, url: request.url, "\(printable(name)) is no download of a recording")
        }
        // A link would lead out of the recording.
        let opened = open(folder.appendingPathComponent(name).path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard opened >= 0 else {
            throw RecordingError("\(name) of the recording cannot be read: \(String(cString: strerror(errno)))")
        }
        let file = FileHandle(fileDescriptor: opened, closeOnDealloc: true)
        while let chunk = try file.read(upToCount: ByteStream.chunk), !chunk.isEmpty {
            try await receive([UInt8](chunk))
        }
    }
}
