public import MinerTestKit

/// A Go registry that is up.
public struct GoService: Sendable {
    public let registry: GoRegistry
    public let server: LoopbackServer

    /// Where the index is, as `--index-url` takes it.
    public var indexURL: String { server.baseURL + "/index" }

    /// Where the proxy is, as `--proxy-url` takes it.
    public var proxyURL: String { server.baseURL + "/proxy" }

    /// Where the proxy is with cached content only.
    public var cachedOnlyURL: String { proxyURL + "/cached-only" }

    public var journal: Journal { server.journal }

    public init(registry: GoRegistry, server: LoopbackServer) {
        self.registry = registry
        self.server = server
    }
}

extension GoRegistry {
    /// Serves index and proxy while `body` runs.
    public func serve<Result>(
        port: UInt16 = 0, misbehaving misbehaviour: Misbehaviour = .none, body: (GoService) async throws -> Result
    ) async throws -> Result {
        try await LoopbackServer.run(port: port, misbehaving: misbehaviour, handler: { self.answer(to: $0) }) {
            try await body(GoService(registry: self, server: $0))
        }
    }

    /// The answer to a request, without a server.
    public func answer(to request: LoopbackRequest) -> LoopbackAnswer {
        let path = request.path
        if path == "/index" { return indexAnswer(to: request) }
        for base in ["/proxy/cached-only/", "/proxy/"] where path.hasPrefix(base) {
            return proxyAnswer(to: request.decodedPath.dropFirst(base.count))
        }
        return .text(404, "404 page not found")
    }
}

/// Which kind of request of the Go protocols a request is.
public enum GoRequest {
    public static let isIndex: @Sendable (LoopbackRequest) -> Bool = { $0.path == "/index" }
    public static let isLatest: @Sendable (LoopbackRequest) -> Bool = { $0.path.hasSuffix("/@latest") }
    public static let isInfo: @Sendable (LoopbackRequest) -> Bool = { $0.path.hasSuffix(".info") }
    public static let isProxy: @Sendable (LoopbackRequest) -> Bool = { $0.path.hasPrefix("/proxy/") }
}
