import PackageMining
import RegistryHTTP
import Testing

@Suite("Redirects")
struct RedirectTests {
    @Test("Redirects are followed, and the answer says where it came from")
    func followed() async throws {
        let server = try ScriptedServer { request, _ in
            request.hasPrefix("GET /old ") ? answer(301, ["Location: /new"]) : answer(200, [], Array("ok".utf8))
        }
        #expect(try await quickSession().fetch(Request("\(server.url)/old")) { $0.url } == "\(server.url)/new")
    }

    @Test(
        "Redirects to anything but http and https are refused",
        arguments: ["file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/"])
    func elsewhere(target: String) async throws {
        let server = try ScriptedServer { _, _ in answer(302, ["Location: \(target)"]) }
        let session = try quickSession()
        let error = try await wireError { _ = try await session.text(server.url) }
        #expect(error?.category == .refused)
        #expect(error?.reason == "a redirect to \(target)")
    }

    @Test("Redirects in a loop end after ten")
    func loop() async throws {
        let server = try ScriptedServer { _, _ in answer(302, ["Location: /"]) }
        let session = try quickSession()
        let error = try await wireError { _ = try await session.text(server.url) }
        #expect(error?.category == .refused)
        #expect(error?.reason == "more than 10 redirects")
        #expect(server.requests.count == 11)
    }

    @Test("Redirects from https to http are refused")
    func downgrade() {
        let order = Order(url: "https://example.org/a", headers: [], bodyLimit: 1)
        let response = Response(status: 302, url: order.url)
        #expect(throws: WireError.self) { try Redirect.follow(order, response, to: "http://example.org/a") }
    }

    @Test("Redirects to another host do not take secrets along")
    func secrets() throws {
        let order = Order(url: "https://a.example", headers: [Header("Authorization", "x")], bodyLimit: 1)
        let next = try Redirect.follow(order, Response(status: 302, url: order.url), to: "https://b.example/")
        #expect(next.headers.isEmpty)
    }
}
