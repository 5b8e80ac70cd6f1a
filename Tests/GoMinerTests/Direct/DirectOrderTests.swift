import GoMiner
import MinerHarness
import PackageMining
import Testing

@Suite("Going direct behind proxies")
struct DirectOrderTests {
    private static let page = Response.text(#"<meta name="go-import" content="v.test/m git https://g.test/m">"#)

    /// Looks `v.test/m` up; the proxies answer with `status`, the page as it should.
    private func resolve(
        _ list: String, status: Int, page: Response = page, text: String = "not found"
    ) async throws -> (Resolution, asked: [String]) {
        let session = StubSession { $0.contains("go-get") ? page : .text(text, status: status) }
        let package = Package(id: 1, name: "v.test/m", newest: Release(version: "v1.0.0"))
        return (try await GoMiner(proxyURL: list).resolve(package, through: session), session.requests)
    }

    @Test("Going direct behind proxies comes after a comma where no proxy has the module", arguments: [404, 410])
    func afterComma(status: Int) async throws {
        let (found, asked) = try await resolve("https://p.test,direct", status: status)
        #expect(found == .direct(repository: "https://g.test/m"))
        #expect(
            asked == [
                "https://p.test/v.test/m/@latest", "https://p.test/v.test/m/@v/v1.0.0.info",
                "https://v.test/m?go-get=1",
            ])
    }

    @Test(
        "Going direct behind proxies does not come after a comma where a proxy refuses or fails",
        arguments: [(403, Outcome.forbidden), (400, .rejected)])
    func notAfterRefusal(status: Int, outcome: Outcome) async throws {
        let (refused, asked) = try await resolve("https://p.test,direct", status: status)
        #expect(refused == Resolution(outcome))
        #expect(!asked.contains { $0.contains("go-get") })
        await #expect(throws: WireError.self) { try await resolve("https://p.test,direct", status: 500) }
    }

    @Test("Going direct behind proxies comes after | whatever the proxy says", arguments: [400, 403, 404, 451, 500])
    func afterPipe(status: Int) async throws {
        let (found, _) = try await resolve("https://p.test|direct", status: status)
        #expect(found == .direct(repository: "https://g.test/m"))
    }

    @Test("Going direct behind proxies comes after a comma where a proxy could not ask where the module comes from")
    func afterTrouble() async throws {
        let (found, _) = try await resolve(
            "https://p.test,direct", status: 404, text: "not found: git: Could not resolve host: g.test")
        #expect(found == .direct(repository: "https://g.test/m"))
    }

    @Test("Going direct behind proxies never comes where a proxy knows the module, with an Origin or without")
    func notForKnown() async throws {
        for origin in ["https://o.test/m", nil] {
            let session = StubSession { _ in .info("v1.0.0", origin) }
            let package = Package(id: 1, name: "v.test/m", newest: Release(version: "v1.0.0"))
            let found = try await GoMiner(proxyURL: "https://p.test|direct").resolve(package, through: session)
            #expect(found.outcome == (origin == nil ? .noRepository : .resolved))
            #expect(!session.requests.contains { $0.contains("go-get") })
        }
    }

    @Test("that finds nothing leaves the proxies' word as it is")
    func leavesWord() async throws {
        let nothing = Response.text("<body>")
        #expect(try await resolve("https://p.test,direct", status: 404, page: nothing).0 == Resolution(.gone))
        #expect(try await resolve("https://p.test|direct", status: 403, page: nothing).0 == Resolution(.forbidden))
        let (notCached, _) = try await resolve(
            "https://p.test,direct", status: 404, page: nothing, text: "not found: temporarily unavailable")
        #expect(notCached == Resolution(.notCached))
        await #expect(throws: WireError.self) {
            try await resolve("https://p.test|direct", status: 500, page: nothing)
        }
    }

    @Test("Going direct behind proxies never comes unless the list says so")
    func neverByDefault() async throws {
        let (gone, asked) = try await resolve(GoMiner.defaultProxyURL, status: 404)
        #expect(gone == Resolution(.gone))
        #expect(!asked.contains { $0.contains("go-get") })
    }
}
