import GoMiner
import MinerHarness
import PackageMining
import Testing

@Suite("Asking several proxies")
struct ProxyWayTests {
    private static let found = Resolution(.resolved, homepage: "https://g.test/x", repository: "https://g.test/x")

    private func module(_ number: Int = 1) -> Package {
        Package(id: PackageID(rawValue: number), name: "a.com/m\(number)", newest: Release(version: "v1.0.0"))
    }

    private func resolve(
        _ proxies: String, _ answer: @escaping @Sendable (String) throws -> Response
    ) async throws -> (Resolution, asked: [String]) {
        let session = StubSession(answer)
        let resolution = try await GoMiner(proxyURL: proxies).resolve(module(), through: session)
        return (resolution, session.requests)
    }

    @Test("after a comma the next one is asked on 404 and 410 only", arguments: [404, 410])
    func passesOnAbsence(status: Int) async throws {
        let (found, asked) = try await resolve("https://p.test,https://q.test/") {
            $0.contains("q.test") ? .info("v1.0.0", "https://g.test/x") : .text("gone", status: status)
        }
        #expect(found == Self.found)
        #expect(asked == ["https://p.test/a.com/m1/@latest", "https://q.test/a.com/m1/@latest"])
    }

    @Test("after a comma a refusal is the answer, and an error an error")
    func stopsAtErrors() async throws {
        let (refused, asked) = try await resolve("https://p.test,https://q.test") { _ in .text("", status: 403) }
        #expect(refused == Resolution(.forbidden))
        #expect(asked.count == 1)
        await #expect(throws: WireError.self) {
            try await resolve("https://p.test,https://q.test") { _ in .text("", status: 500) }
        }
    }

    @Test("after | the next one is asked on any error", arguments: [403, 400, 404, 500])
    func passesOnErrors(status: Int) async throws {
        let (found, _) = try await resolve("https://p.test|https://q.test") {
            $0.contains("q.test") ? .info("v1.0.0", "https://g.test/x") : .text("", status: status)
        }
        #expect(found == Self.found)
    }

    @Test("one that could not ask where a module comes from leaves it open where the next one does not have it")
    func leavesOpen() async throws {
        let trouble = Response.text("not found: git: Could not resolve host: git.example.org", status: 410)
        let error = await #expect(throws: WireError.self) {
            try await resolve("https://p.test,https://q.test") {
                $0.contains("q.test") ? .text("not found", status: 404) : trouble
            }
        }
        #expect(
            error?.description == "unreachable: status 410, and the proxy could not ask: could not resolve host")
        let (found, _) = try await resolve("https://p.test,https://q.test") {
            $0.contains("q.test") ? .info("v1.0.0", "https://g.test/x") : trouble
        }
        #expect(found == Self.found)
    }

    @Test("an answer that is kept on its way for minutes is not asked for again")
    func asksKeptOnce() async throws {
        for (field, count) in [("public, max-age=1800", 1), ("max-age=59", 3), ("no-store", 3), ("max-age=x", 3)] {
            let session = StubSession { _ in
                Response(
                    status: 404, url: "https://p.test/", headers: [Header("cache-control", field)],
                    body: Array("not found: fetch timed out".utf8))
            }
            await #expect(throws: WireError.self) {
                try await GoMiner(proxyURL: "https://p.test").resolve(module(), through: session)
            }
            #expect(session.requests.count == count, "\(field)")
        }
    }

    /// Looks so many modules up, one after another; returns how many of them had the first proxy asked.
    private func lookUp(
        _ count: Int, _ list: String = "https://p.test|https://q.test",
        _ answer: @escaping @Sendable (Int, String) throws -> Response
    ) async throws -> Int {
        let miner = try GoMiner(proxyURL: list)
        var askedOfFirst = 0
        for number in 1...count {
            let session = StubSession { try answer(number, $0) }
            #expect(try await miner.resolve(module(number), through: session) == Self.found)
            askedOfFirst += session.requests.contains { $0.hasPrefix("https://p.test") } ? 1 : 0
        }
        return askedOfFirst
    }

    @Test("one that fails for all is passed over after a while, and tried again now and then", arguments: [500, 403])
    func passesOver(status: Int) async throws {
        let asked = try await lookUp(220) { _, url in
            url.contains("q.test") ? .info("v1.0.0", "https://g.test/x") : .text("", status: status)
        }
        #expect(asked == ProxyHealth.mostFailures + 200 / ProxyHealth.trial)
    }

    @Test("one that heals is asked for all again, and one that lacks some modules is never passed over")
    func takesBack() async throws {
        let healed = try await lookUp(170) { number, url in
            url.contains("q.test") || number > 60 ? .info("v1.0.0", "https://g.test/x") : .text("", status: 500)
        }
        // Twenty failures, then the fiftieth that would have passed it over, and all behind that.
        #expect(healed == 20 + 1 + 100)
        let lacking = try await lookUp(60) { _, url in
            url.contains("q.test") ? .info("v1.0.0", "https://g.test/x") : .text("not found", status: 404)
        }
        #expect(lacking == 60)
    }

    @Test("one passed over is asked after all where the next one cannot be")
    func asksAfterAll() async throws {
        let asked = try await lookUp(40) { number, url in
            url.contains("q.test") == (number <= 30) ? .info("v1.0.0", "https://g.test/x") : .text("", status: 500)
        }
        #expect(asked == 20 + 10)
    }
}

extension Response {
    /// What a proxy tells of a version.
    static func info(_ version: String, _ origin: String? = nil) -> Response {
        .text(#"{"Version":"\#(version)"\#(origin.map { #","Origin":{"VCS":"git","URL":"\#($0)"}"# } ?? "")}"#)
    }
}
