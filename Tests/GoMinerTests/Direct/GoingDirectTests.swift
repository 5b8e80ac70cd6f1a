import GoMiner
import MinerHarness
import PackageMining
import Testing

@Suite("Going direct")
struct GoingDirectTests {
    @Test(
        "Going direct finds the repository that the go command would fetch from, and none where it would not",
        arguments: DirectCase.all)
    func findsAsGoDoes(one: DirectCase) async throws {
        let session = StubSession { try one.answer(to: $0) }
        let resolution = try await resolve(one.module, through: session)
        if one.isOfProxy {
            let asked = session.requests.first { !$0.hasSuffix("?go-get=1") }
            #expect(asked == "\(one.found ?? "")/\(one.module)/@latest")
        } else if let found = one.found {
            #expect(resolution == .direct(repository: found))
            #expect(resolution.outcome == .resolvedDirectly)
        } else {
            // A redirect that the go command does not follow is a page that could not be had.
            #expect(resolution.repository == nil && (resolution.outcome == .gone || one.title.contains("redirect")))
        }
    }

    private func resolve(_ module: String, through session: StubSession) async throws -> Resolution {
        let package = Package(id: 1, name: module, newest: Release(version: "v1.0.0"))
        return try await GoMiner(proxyURL: "direct").resolve(package, through: session)
    }

    private func page(_ contents: String...) -> Response {
        .text(contents.map { "<meta name=\"go-import\" content=\"\($0)\">" }.joined() + "<body>")
    }

    @Test("Going direct asks nobody where the path tells the repository")
    func asksNobody() async throws {
        let session = StubSession { _ in .text("") }
        #expect(
            try await resolve("github.com/u/r/v2", through: session)
                == .direct(repository: "https://github.com/u/r"))
        // A host in the middle of a path is no host.
        #expect(try await resolve("v.test/c~d/e.f/g.git", through: session) == Resolution(.gone))
        #expect(session.requests.isEmpty)
    }

    @Test("Going direct asks the page at the path, and the page of its prefix, each once for all modules")
    func asksEachPageOnce() async throws {
        let session = StubSession { _ in page("v.test git https://g.test/m") }
        let miner = try GoMiner(proxyURL: "direct")
        for (number, name) in ["v.test/a", "v.test/b", "v.test/a"].enumerated() {
            let package = Package(id: PackageID(rawValue: number + 1), name: name, newest: Release(version: "v1.0.0"))
            #expect(try await miner.resolve(package, through: session).repository == "https://g.test/m")
        }
        #expect(
            session.requests == ["https://v.test/a?go-get=1", "https://v.test/?go-get=1", "https://v.test/b?go-get=1"])
    }

    @Test("Going direct takes an Origin from a proxy that the page names, and never the proxy's address")
    func asksProxyOfPage() async throws {
        let origin = StubSession { url in
            url.contains("p.test") ? .info("v1.0.0", "https://g.test/o") : page("v.test/m mod https://p.test/x")
        }
        #expect(try await resolve("v.test/m", through: origin) == .direct(repository: "https://g.test/o"))
        let none = StubSession { $0.contains("p.test") ? .info("v1.0.0") : page("v.test/m mod https://p.test/x") }
        #expect(try await resolve("v.test/m", through: none) == Resolution(.noRepository))
        let absent = StubSession { url in
            url.contains("p.test") ? .text("not found", status: 404) : page("v.test/m mod https://p.test/x/")
        }
        #expect(try await resolve("v.test/m", through: absent) == Resolution(.gone))
    }

    @Test(
        "Going direct names a host that could not be asked, and asks it again in the next run",
        arguments: [500, 503, 429, 408])
    func namesHost(status: Int) async throws {
        let session = StubSession { Response(status: status, url: $0) }
        let resolution = try await resolve("v.test/m", through: session)
        #expect(resolution.outcome == .failed)
        #expect(resolution.problem?.hasPrefix("https://v.test/m?go-get=1 could not be asked: ") == true)
        let silent = StubSession { throw WireError(.unreachable, url: $0, "no connection") }
        #expect(
            try await resolve("v.test/m", through: silent).problem
                == "https://v.test/m?go-get=1 could not be asked: unreachable: no connection")
    }

    @Test("Going direct does not take the beginning of a head for the whole")
    func needsWholeHead() async throws {
        let meta = Array(#"<meta name="go-import" content="v.test/m git https://g.test/m">"#.utf8)
        for (body, isFound) in [(meta, false), (meta + Array("<p".utf8), false), (meta + Array("<body>x".utf8), true)] {
            let session = StubSession { Response(status: 200, url: $0, body: body, isCut: true) }
            let resolution = try await resolve("v.test/m", through: session)
            #expect(resolution.outcome == (isFound ? .resolvedDirectly : .failed))
        }
    }
}
