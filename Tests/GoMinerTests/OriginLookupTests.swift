import GoMiner
import MinerHarness
import PackageMining
import Testing

@Suite("Looking a module up")
struct OriginLookupTests {
    private func resolve(
        _ package: Package = Package(id: 1, name: "a.com/B", newest: Release(version: "v1.0.0")),
        answers: [String: Response]
    ) async throws -> (Resolution, asked: [String]) {
        let session = StubSession { url in
            answers[String(url.dropFirst("https://p.test/".count))] ?? .text("not found: \(url)", status: 404)
        }
        let resolution = try await GoMiner(proxyURL: "https://p.test").resolve(package, through: session)
        return (resolution, session.requests.map { String($0.dropFirst("https://p.test/a.com/!b/".count)) })
    }

    private func told(_ newest: String, older: [String] = [], last: String? = nil) -> Package {
        Package(
            id: 1, name: "a.com/B", newest: Release(version: newest), older: older.map { Release(version: $0) },
            lastTold: last.map { Release(version: $0) })
    }

    private func info(_ version: String, _ origin: String? = nil) -> Response { .info(version, origin) }

    private static let links = Resolution(.resolved, homepage: "https://g.test/x", repository: "https://g.test/x")

    @Test("the Origin of the latest version is the repository, and stands for the homepage")
    func takesOrigin() async throws {
        let (found, asked) = try await resolve(answers: ["a.com/!b/@latest": info("v2.0.0", "https://g.test/x")])
        #expect(found == Self.links)
        #expect(asked == ["@latest"])
    }

    @Test("where the latest has none, the version that the index saw last is asked, then the newest by order")
    func asksLastTold() async throws {
        let package = told("v2.1.0", last: "v1.9.0-RC1")
        var answers = [
            "a.com/!b/@latest": info("v2.0.0"), "a.com/!b/@v/v2.1.0.info": info("v2.1.0", "https://g.test/x"),
        ]
        let (newest, asked) = try await resolve(package, answers: answers)
        #expect(newest == Self.links)
        #expect(asked == ["@latest", "@v/v1.9.0-!r!c1.info", "@v/v2.1.0.info"])
        answers["a.com/!b/@v/v1.9.0-!r!c1.info"] = info("v1.9.0-RC1", "https://g.test/x")
        let (last, askedOfLast) = try await resolve(package, answers: answers)
        #expect(last == Self.links)
        #expect(askedOfLast == ["@latest", "@v/v1.9.0-!r!c1.info"])
    }

    @Test("no version is asked for twice, and none that the latest has just described")
    func asksOnce() async throws {
        for package in [told("v2.0.0"), told("v2.0.0", last: "v2.0.0")] {
            let (found, asked) = try await resolve(package, answers: ["a.com/!b/@latest": info("v2.0.0")])
            #expect(found == Resolution(.noRepository))
            #expect(asked == ["@latest"])
        }
        let (_, asked) = try await resolve(
            told("v2.0.0", last: "v2.0.0"), answers: ["a.com/!b/@latest": info("v1.0.0")])
        #expect(asked == ["@latest", "@v/v2.0.0.info"])
    }

    @Test(
        "where another version is refused or not cached, that is the outcome: its Origin was not told",
        arguments: [(403, Outcome.forbidden), (401, .forbidden), (451, .withheld), (400, .rejected)])
    func passesRefusalsOn(status: Int, outcome: Outcome) async throws {
        let (found, _) = try await resolve(answers: [
            "a.com/!b/@latest": info("v2.0.0"), "a.com/!b/@v/v1.0.0.info": .text("", status: status),
        ])
        #expect(found == Resolution(outcome))
    }

    @Test("where there is no latest, the newest version of the index is asked")
    func asksNewest() async throws {
        let (found, asked) = try await resolve(answers: [
            "a.com/!b/@v/v1.0.0.info": info("v1.0.0", "https://g.test/x")
        ])
        #expect(found == Self.links)
        #expect(asked == ["@latest", "@v/v1.0.0.info"])
    }

    @Test("where that is gone, rejected or not cached, older ones are asked, newest first", arguments: [404, 410, 400])
    func asksOlder(status: Int) async throws {
        let (found, asked) = try await resolve(
            told("v3.0.0", older: ["v2.0.0", "v1.0.0", "v0.9.0"], last: "v1.0.0"),
            answers: [
                "a.com/!b/@v/v3.0.0.info": .text("invalid", status: status),
                "a.com/!b/@v/v1.0.0.info": info("v1.0.0", "https://g.test/x"),
            ])
        #expect(found == Self.links.lagging("v3.0.0 is listed and cannot be had: these are v1.0.0's links"))
        #expect(asked == ["@latest", "@v/v3.0.0.info", "@v/v2.0.0.info", "@v/v1.0.0.info"])
    }

    @Test("where no version can be had, the newest one's answer counts")
    func countsNewest() async throws {
        let (found, asked) = try await resolve(
            told("v3.0.0", older: ["v2.0.0", "v1.0.0"]),
            answers: ["a.com/!b/@v/v3.0.0.info": .text("not found: temporarily unavailable", status: 404)])
        #expect(found == Resolution(.notCached))
        #expect(asked.count == 4)
    }

    @Test("a version that is there without an Origin has the one told last asked, and none that is older")
    func asksLastToldOfGone() async throws {
        let (found, asked) = try await resolve(
            told("v3.0.0", older: ["v2.0.0"], last: "v1.5.0"), answers: ["a.com/!b/@v/v3.0.0.info": info("v3.0.0")])
        #expect(found == Resolution(.noRepository))
        #expect(asked == ["@latest", "@v/v3.0.0.info", "@v/v1.5.0.info"])
    }

    @Test("a proxy that refuses to answer is not asked for older versions")
    func stopsAtRefusals() async throws {
        let (found, asked) = try await resolve(
            told("v3.0.0", older: ["v2.0.0"]), answers: ["a.com/!b/@v/v3.0.0.info": .text("", status: 403)])
        #expect(found == Resolution(.forbidden))
        #expect(asked.count == 2)
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
            "a.com/!b/@latest": .text(body, status: status),
            "a.com/!b/@v/v1.0.0.info": .text(body, status: status),
        ])
        #expect(found == Resolution(outcome))
    }

    @Test(
        "A module is known without a repository, with an empty Origin URL, or with one that is no string",
        arguments: [
            #"{"Version":"v1.0.0"}"#, #"{"Version":"v1.0.0","Origin":{"VCS":"git","URL":""}}"#,
            #"{"Version":"v1.0.0","Origin":{"URL":7}}"#, #"{"Version":"v1.0.0","Origin":null,"More":[{}]}"#,
        ])
    func knowsNone(body: String) async throws {
        let (found, _) = try await resolve(answers: ["a.com/!b/@latest": .text(body)])
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
        #expect(session.requests.count == 3)
    }

    @Test("a path that the rules refuse is never asked for")
    func refusesNames() async throws {
        let (found, asked) = try await resolve(
            Package(id: 1, name: "山山.xyz/a", newest: Release(version: "v1.0.0")), answers: [:])
        #expect(found == Resolution(.invalidName))
        #expect(asked == [])
    }
}
