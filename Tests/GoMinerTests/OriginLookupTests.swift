import GoMiner
import PackageMining
import Testing

@Suite("Looking a module up")
struct OriginLookupTests {
    private func resolve(
        _ name: String = "a.com/B", proxies: String = "https://p.test", version: String = "v1.0.0",
        answers: [String: Response]
    ) async throws -> (Resolution, asked: [String]) {
        let session = StubSession { url in answers[url] ?? .text("not found: \(url)", status: 404) }
        let package = Package(id: 1, name: name, newest: Release(version: version))
        let resolution = try await GoMiner(proxyURL: proxies).resolve(package, through: session)
        return (resolution, session.asked)
    }

    private func info(_ version: String, _ origin: String? = nil) -> Response {
        .text(#"{"Version":"\#(version)"\#(origin.map { #","Origin":{"VCS":"git","URL":"\#($0)"}"# } ?? "")}"#)
    }

    @Test("the Origin of the latest version is the repository, and stands for the homepage")
    func takesOrigin() async throws {
        let (found, asked) = try await resolve(answers: [
            "https://p.test/a.com/!b/@latest": info("v2.0.0", "https://g.test/x")
        ])
        #expect(found == Resolution(.resolved, homepage: "https://g.test/x", repository: "https://g.test/x"))
        #expect(asked == ["https://p.test/a.com/!b/@latest"])
    }

    @Test("where the latest has none, the version that it named is asked")
    func asksNamedVersion() async throws {
        let (found, asked) = try await resolve(answers: [
            "https://p.test/a.com/!b/@latest": info("v2.0.0-RC1"),
            "https://p.test/a.com/!b/@v/v2.0.0-!r!c1.info": info("v2.0.0-RC1", "https://g.test/x"),
        ])
        #expect(found.repository == "https://g.test/x")
        #expect(asked.count == 2)
    }

    @Test(
        "where the named version is refused or not cached, that is the outcome: its Origin was not told",
        arguments: [(403, Outcome.forbidden), (401, .forbidden), (451, .withheld), (400, .rejected)])
    func passesRefusalsOn(status: Int, outcome: Outcome) async throws {
        let (found, _) = try await resolve(answers: [
            "https://p.test/a.com/!b/@latest": info("v2.0.0"),
            "https://p.test/a.com/!b/@v/v2.0.0.info": .text("", status: status),
        ])
        #expect(found == Resolution(outcome))
    }

    @Test("where there is no latest, the newest version of the index is asked")
    func asksNewest() async throws {
        let (found, _) = try await resolve(answers: [
            "https://p.test/a.com/!b/@v/v1.0.0.info": info("v1.0.0", "https://g.test/x")
        ])
        #expect(found.outcome == .resolved)
    }

    @Test(
        "what the proxy says is told apart",
        arguments: [
            (404, "not found: unknown revision", Outcome.gone), (410, "gone", .gone),
            (404, "not found: temporarily unavailable", .notCached), (400, "bad request", .rejected),
            (403, "forbidden", .forbidden), (451, "legal", .withheld),
        ])
    func tellsApart(status: Int, body: String, outcome: Outcome) async throws {
        let (found, _) = try await resolve(answers: [
            "https://p.test/a.com/!b/@latest": .text(body, status: status),
            "https://p.test/a.com/!b/@v/v1.0.0.info": .text(body, status: status),
        ])
        #expect(found == Resolution(outcome))
    }

    @Test(
        "known without a repository, with an empty Origin URL, or with one that is no string",
        arguments: [
            #"{"Version":"v1.0.0"}"#, #"{"Version":"v1.0.0","Origin":{"VCS":"git","URL":""}}"#,
            #"{"Version":"v1.0.0","Origin":{"URL":7}}"#, #"{"Version":"v1.0.0","Origin":null,"More":[{}]}"#,
        ])
    func knowsNone(body: String) async throws {
        let (found, _) = try await resolve(answers: ["https://p.test/a.com/!b/@latest": .text(body)])
        #expect(found == Resolution(.noRepository))
    }

    @Test(
        "what cannot be an answer is asked again, and then a failure of this package",
        arguments: [
            (200, "{"), (200, ""), (200, "<html>"), (200, #"{"Origin":{}}"#), (404, "not found: fetch timed out"),
            (500, "oops"),
        ])
    func retries(status: Int, body: String) async throws {
        let session = StubSession { _ in .text(body, status: status) }
        let package = Package(id: 1, name: "a.com/b", newest: Release(version: "v1.0.0"))
        await #expect(throws: WireError.self) { try await GoMiner().resolve(package, through: session) }
        #expect(session.asked.count == 3)
    }

    @Test("a path that the rules refuse is never asked for")
    func refusesNames() async throws {
        let (found, asked) = try await resolve("山山.xyz/a", answers: [:])
        #expect(found == Resolution(.invalidName))
        #expect(asked == [])
    }

    @Test("after a comma the next proxy is asked on 404 and 410 only")
    func passesOnAbsence() async throws {
        let (found, asked) = try await resolve(
            proxies: "https://p.test,https://q.test/",
            answers: ["https://q.test/a.com/!b/@latest": info("v1.0.0", "https://g.test/x")])
        #expect(found.outcome == .resolved)
        #expect(asked == ["https://p.test/a.com/!b/@latest", "https://q.test/a.com/!b/@latest"])
        let (refused, _) = try await resolve(
            proxies: "https://p.test,https://q.test",
            answers: ["https://p.test/a.com/!b/@latest": .text("", status: 403)])
        #expect(refused == Resolution(.forbidden))
    }

    @Test("after | the next proxy is asked on any error", arguments: [403, 500])
    func passesOnErrors(status: Int) async throws {
        let (found, _) = try await resolve(
            proxies: "https://p.test|https://q.test",
            answers: [
                "https://p.test/a.com/!b/@latest": .text("", status: status),
                "https://q.test/a.com/!b/@latest": info("v1.0.0", "https://g.test/x"),
            ])
        #expect(found.outcome == .resolved)
    }

    @Test(
        "proxy lists that mean something else than asking a proxy are refused",
        arguments: [
            "off", "direct", "https://p.test,direct", "", " , ", "ftp://p.test", "/etc/passwd",
        ])
    func refusesProxies(text: String) {
        #expect(throws: ProxyList.Unusable.self) { try GoMiner(proxyURL: text) }
    }
}
