import Foundation
import PackageMining
import RegistrySession
import Testing

@Suite("TLS", .enabled(if: NginxServer.isThere, "needs nginx and openssl"))
struct TLSTests {
    @Test("an unknown authority is refused at once; with caFile the registry is asked over HTTP/2")
    func authority() async throws {
        let nginx = try NginxServer()
        defer { nginx.stop() }
        let stranger = try quickSession()
        let error = try await wireError { _ = try await stranger.text(nginx.url + "/version") }
        #expect(error?.category == .refused)
        #expect(error?.attempts == 1)
        let friend = try quickSession { $0.caFile = nginx.authority }
        #expect(try await friend.text(nginx.url + "/version") == "HTTP/2.0")
    }

    @Test("a redirect from https to http is refused")
    func downgrade() async throws {
        let nginx = try NginxServer()
        defer { nginx.stop() }
        let session = try quickSession { $0.caFile = nginx.authority }
        let error = try await wireError { _ = try await session.text(nginx.url + "/down") }
        #expect(error?.category == .refused)
        #expect(error?.reason == "a redirect from https to http://127.0.0.1:9/")
    }
}
