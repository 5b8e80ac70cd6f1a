public import Foundation
public import PackageMining

/// A document that was asked for with a time, and whether it is from before that.
public struct DatedAnswer<Content: Sendable>: Sendable {
    public let content: Content

    /// How it lags behind the time, in words; nil where it does not, or does not say of when it is.
    public let lag: String?
}

extension RegistrySession {
    /// Asks for a document that is of a time or later, as one is whose registry has told that it changed then.
    ///
    /// A cache may hold what was there before, for seconds or for hours: such a one, by its Last-Modified, is asked for
    /// again, three times in all, with the session's waits between.
    ///
    /// - Parameter time: nil where any will do.
    public func fetch<Content: Sendable>(
        _ request: Request, ofTime time: Date?, read: @Sendable (Response) throws -> Content
    ) async throws -> DatedAnswer<Content> {
        var request = request
        var answer = try await dated(request, time, read)
        while answer.lag != nil, request.failures < 2 {
            request.failures += 1
            answer = try await dated(request, time, read)
        }
        return answer
    }

    private func dated<Content: Sendable>(
        _ request: Request, _ time: Date?, _ read: @Sendable (Response) throws -> Content
    ) async throws -> DatedAnswer<Content> {
        try await fetch(request) { response in
            let state = Validators(of: response) ?? (response.isNotModified ? request.known : nil)
            let content = try read(response)
            guard let time, let state, let modified = state.modified, modified < time else {
                return DatedAnswer(content: content, lag: nil)
            }
            let lag = "\(response.url) is of \(state.lastModified ?? ""), before its last change"
            return DatedAnswer(content: content, lag: lag)
        }
    }
}
