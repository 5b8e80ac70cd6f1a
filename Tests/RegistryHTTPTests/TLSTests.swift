import Foundation
import PackageMining
import RegistryHTTP
import TLSFront
import Testing

@Suite("TLS", .enabled(if: TLSFront.isThere, "needs nginx and openssl"))
struct TLSTests {
    private static let locations = """
        location /version { return 200 $server_protocol; }
        location /down { return 302 http://127.0.0.1:9/; }
        """

    @Test("an unknown authority is refused at once; with caFile the registry is asked over HTTP/2")
    func authority() async throws {
        let front = try TLSFront(name: "IP:127.0.0.1", answering: Self.locations)
        defer { front.stop() }
        let stranger = try quickSession()
        let error = try await wireError { _ = try await stranger.text("https://127.0.0.1:\(front.port)/version") }
        #expect(error?.category == .refused)
        #expect(error?.attempts == 1)
        let friend = try quickSession { $0.caFile = front.authority }
        #expect(try await friend.text("https://127.0.0.1:\(front.port)/version") == "HTTP/2.0")
    }

    @Test("a redirect from https to http is refused")
    func downgrade() async throws {
        let front = try TLSFront(name: "IP:127.0.0.1", answering: Self.locations)
        defer { front.stop() }
        let session = try quickSession { $0.caFile = front.authority }
        let error = try await wireError { _ = try await session.text("https://127.0.0.1:\(front.port)/down") }
        #expect(error?.category == .refused)
        #expect(error?.reason == "a redirect from https to http://127.0.0.1:9/")
    }
}
