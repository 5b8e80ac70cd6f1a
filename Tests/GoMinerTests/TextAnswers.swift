import MinerHarness
import PackageMining

extension StubSession {
    /// A session that tries three times, as the answer to a URL is computed.
    convenience init(_ answer: @escaping @Sendable (String) throws -> Response) {
        self.init(attempts: 3) { try answer($0.url) }
    }
}

extension Response {
    static func text(_ body: String, status: Int = 200) -> Response {
        Response(status: status, url: "https://registry.test/", body: Array(body.utf8))
    }
}
