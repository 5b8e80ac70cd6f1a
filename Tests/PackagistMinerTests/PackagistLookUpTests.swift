import MinerHarness
import PackageMining
import PackagistMiner
import Testing

@Suite("Packagist's metadata files")
struct PackagistLookUpTests {
    private let registry = Packagist()
    private let miner = PackagistMiner(repositoryURL: Packagist.url)

    private func resolve(_ name: String = "a/b") async throws -> Resolution {
        let release = Release(version: "", repository: "https://r.test")
        return try await miner.resolve(Package(id: 1, name: name, newest: release), through: registry)
    }

    private func links(_ homepage: String?, by file: String, _ modified: Packagist.Time) -> Resolution {
        let response = Response(
            status: 200, url: "", headers: [Header("Last-Modified", Packagist.date(modified))])
        return .links(homepage: homepage, repository: "https://r.test")
            .told(by: "https://packagist.test/p2/\(file).json", Validators(of: response))
    }

    @Test("no tagged version: that of the branches counts; none at all: no homepage, and the repository stays")
    func branches() async throws {
        registry.file("a/b", nil, 1)
        registry.file("a/b~dev", "https://dev.test", 2)
        #expect(try await resolve() == links("https://dev.test", by: "a/b~dev", 2))
        registry.file("a/b~dev", nil, 3)
        #expect(try await resolve() == links(nil, by: "a/b~dev", 3))
        registry.change { $0.files["a/b~dev"] = nil }
        #expect(try await resolve() == .links(homepage: nil, repository: "https://r.test"))
    }

    @Test("a file that is there without versions is not one that is gone")
    func gone() async throws {
        #expect(try await resolve() == Resolution(.gone, repository: "https://r.test"))
        #expect(registry.files() == ["/p2/a/b.json", "/p2/a/b~dev.json"])
        registry.file("a/b~dev", "https://dev.test", 2)
        #expect(try await resolve() == links("https://dev.test", by: "a/b~dev", 2))
        registry.file("a/b~dev", nil, 2)
        #expect(try await resolve() == links(nil, by: "a/b~dev", 2))
    }

    @Test(
        "what is no metadata of the package is not taken for none",
        arguments: [
            "<!DOCTYPE html>", "{}", #"{"packages":[]}"#, #"{"packages":{"c/d":[]}}"#, #"{"packages":{"a/b":[null]}}"#,
            #"{"packages":{"a/b":{}}}"#,
        ])
    func foreign(body: String) async throws {
        registry.change { $0.files["a/b"] = .init(body: body) }
        let error = try await #require(throws: WireError.self) { try await resolve() }
        #expect(error.isWorthRetrying)
    }

    @Test("a refusal is not an answer", arguments: [(403, Outcome.forbidden), (451, .withheld)])
    func refused(status: Int, outcome: Outcome) async throws {
        registry.change { $0.files["a/b"] = .init(body: "", status: status) }
        #expect(try await resolve() == Resolution(outcome, repository: "https://r.test"))
    }

    @Test("a package whose file cannot be had is named, and is listed with the repository that the list tells")
    func failed() async throws {
        registry.package("a/b", homepage: "https://h.test")
        registry.package("c/d", homepage: "https://h.test")
        registry.change { $0.files["a/b"] = .init(body: "<html>") }
        let folder = try MinedFolder()
        #expect(
            try await folder.run(miner, through: registry) == [
                "1 a/b nan https://git.test/a/b", "2 c/d https://h.test https://git.test/c/d",
            ])
        #expect(try folder.problems(of: miner)?.hasPrefix("failed,a/b,") == true)
    }

    @Test("a homepage that is known stays while its file cannot be had, or is gone only now")
    func keepsKnown() async throws {
        registry.package("a/b", homepage: "https://h.test")
        let folder = try MinedFolder()
        let first = try await folder.run(miner, through: registry)
        for file in [Packagist.File(body: "<html>"), .init(body: "", status: 403), .init(body: "", status: 404)] {
            registry.change { state in
                state.now += 10
                state.actions.append(("update", "a/b", state.now))
                state.files["a/b"] = file
            }
            #expect(try await folder.run(miner, through: registry) == first)
            #expect(try folder.problems(of: miner)?.contains("a/b") == true)
        }
    }

    @Test("names that no URL can hold are listed and not asked for", arguments: ["../b", "a/..", "/b", "a/", "."])
    func invalid(name: String) async throws {
        #expect(try await resolve(name) == Resolution(.invalidName, repository: "https://r.test"))
        #expect(registry.files() == [])
    }

    @Test("a root that does not say where metadata is, is told", arguments: ["{}", #"{"metadata-url":"/p2"}"#])
    func root(body: String) async throws {
        registry.change { $0.root = body }
        let error = try await #require(throws: WireError.self) { try await resolve() }
        #expect(error.description == "malformed: packages.json has no metadata-url with %package% in it")
        #expect(!error.isWorthRetrying)
    }
}
