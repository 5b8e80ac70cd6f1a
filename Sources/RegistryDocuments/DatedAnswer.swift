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

    /// Looks a package up in a document that is of a time or later, and that is sent only if it has changed since it told
    /// the links that are known.
    ///
    /// - Parameter read: makes the resolution of an answer that is no refusal; nil where another document has to tell.
    public func lookUp(
        _ package: Package, in request: Request, ofTime time: Date?, read: @Sendable (Response) throws -> Resolution?
    ) async throws -> DatedAnswer<Resolution?> {
        var request = request
        let known = package.known.flatMap { $0.url == request.url ? $0 : nil }
        request.known = known?.validators
        return try await fetch(request, ofTime: time) { [url = request.url] response in
            if let known, response.isNotModified {
                let same = Resolution.links(homepage: known.homepage, repository: known.repository)
                return same.told(by: url, known.validators)
            }
            if let refusal = try response.refusal() { return refusal }
            return try read(response)?.told(by: url, Validators(of: response)?.byTime)
        }
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
