import MinerHarness
import PackageMining
import PubMiner
import Synchronization
import Testing

/// What pub.dev does not say aloud: a test each.
@Suite("pub.dev, in detail")
struct PubMinerTests {
    private let api = PubAPI()

    @Test("names, pages that lose some, and what is told by name make one list, each link as it was written")
    func oddities() async throws {
        let session = StubSession()
        for file in try Places.files(of: "pub/oddities/api") {
            let path = file.path.replacing(".json", with: "")
            let host = path == "packages-page-2" ? "https://pub.dartlang.test" : "https://pub.test"
            session.set("\(host)/api/\(path.replacing("packages-page-", with: "packages?page="))", file.bytes)
        }
        let folder = try MinedFolder()
        _ = try await folder.run(api.miner, through: session)
        #expect(try folder.text("Pub.csv") == Places.fixtureText("pub/oddities/expected.csv"))
        #expect(try folder.problems(of: api.miner) == nil)
    }

    @Test("names are asked for before and behind the pages, and what no page had by its name, and nothing else")
    func order() async throws {
        api.change { state in
            state.names = ["a", "b", "lost"]
            state.pages = [["b 1"], ["a 1"]]
            state.documents = ["packages/lost": PubAPI.document("lost", "7")]
        }
        #expect(
            try await MinedFolder().run(api.miner, through: api) == [
                PubAPI.row(1, "a", "1"), PubAPI.row(2, "b", "1"), PubAPI.row(3, "lost", "7"),
            ])
        #expect(
            api.requests() == [
                "package-names", "packages?page=1", "packages?page=2", "packages?page=3", "packages?page=3 again",
                "package-names", "packages/lost",
            ])
    }

    @Test("a package that is published while pages are read, and jumps to one that was read, is asked for by name")
    func jumps() async throws {
        api.change { state in
            state.names = ["a", "b", "c"]
            state.pages = [["c 1"], ["b 1"], ["a 1"]]
            state.documents = ["packages/a": PubAPI.document("a", "2")]
            // Before the second page.
            state.events[3] = { $0.pages = [["a 2"], ["c 1"], ["b 1"]] }
        }
        #expect(
            try await MinedFolder().run(api.miner, through: api) == [
                PubAPI.row(1, "a", "2"), PubAPI.row(2, "b", "1"), PubAPI.row(3, "c", "1"),
            ])
    }

    @Test("what any of the two answers of names or a page has is listed")
    func union() async throws {
        api.change { state in
            state.names = ["first"]
            state.pages = [["paged 1"]]
            state.documents = [
                "packages/first": PubAPI.document("first", "1"), "packages/last": PubAPI.document("last", "1"),
            ]
            state.events[2] = { $0.names = ["last"] }
        }
        #expect(
            try await MinedFolder().run(api.miner, through: api) == [
                PubAPI.row(1, "first", "1"), PubAPI.row(2, "last", "1"), PubAPI.row(3, "paged", "1"),
            ])
    }

    @Test(
        "pages end where the registry says so: in a refusal, in nothing, without a next one, with one that was read",
        arguments: [
            (400, #"{"message":"no content"}"#), (200, #"{"packages":[],"next_url":null}"#),
            (200, #"{"packages":[],"next_url":"https://pub.test/api/packages?page=1"}"#),
        ])
    func ends(status: Int, body: String) async throws {
        api.change { state in
            state.names = ["a"]
            state.pages = [["a 1"]]
            state.answers[2] = (status, body)
        }
        #expect(try await MinedFolder().run(api.miner, through: api) == [PubAPI.row(1, "a", "1")])
        #expect(
            api.requests() == [
                "package-names", "packages?page=1", "packages?page=2", "packages?page=2 again", "package-names",
            ])
    }

    @Test("a page that has nothing is not the end where another follows")
    func emptyPage() async throws {
        api.change { state in
            state.names = ["a", "b"]
            state.pages = [["b 1"], [], ["a 1"]]
        }
        #expect(
            try await MinedFolder().run(api.miner, through: api) == [PubAPI.row(1, "a", "1"), PubAPI.row(2, "b", "1")])
        #expect(api.requests().filter { $0.hasPrefix("packages/") }.isEmpty)
    }

    @Test("a server that knows of no pages, and answers with the first one for ever, is asked twice")
    func samePage() async throws {
        api.change { state in
            state.names = ["a", "b"]
            state.documents = ["packages/b": PubAPI.document("b", "1")]
            state.answers[1] = (
                200,
                #"{"next_url":"\#(PubAPI.url)/packages?page=2","packages":[\#(PubAPI.document("a", "1"))]}"#
            )
            state.answers[2] = state.answers[1]
        }
        #expect(
            try await MinedFolder().run(api.miner, through: api) == [PubAPI.row(1, "a", "1"), PubAPI.row(2, "b", "1")])
    }

    @Test("names that are told in parts are all listed")
    func partsOfNames() async throws {
        api.change { state in
            state.names = ["a"]
            state.nextNames = #""\#(PubAPI.url)/package-names?more""#
            state.pages = [["b 1", "a 1"]]
            state.documents["package-names?more"] = #"{"packages":["b"],"nextUrl":null}"#
        }
        let folder = try MinedFolder()
        let list = [PubAPI.row(1, "a", "1"), PubAPI.row(2, "b", "1")]
        #expect(try await folder.run(api.miner, through: api) == list)
        #expect(try await folder.run(api.miner, through: api) == list)
    }

    @Test(
        "names whose parts lead back, or nowhere that can be read, are no end, and the list from before stays",
        arguments: [#""https://pub.test/api/package-names""#, #""https://pub.test/api/package-names?more""#, "5", "{}"])
    func lostNames(next: String) async throws {
        api.change { state in
            state.names = ["a", "b"]
            state.pages = [["b 1", "a 1"]]
        }
        let folder = try MinedFolder()
        _ = try await folder.run(api.miner, through: api)
        let list = try folder.text("Pub.csv")
        api.change { state in
            state.names = ["a"]
            state.nextNames = next
            state.documents["package-names?more"] = #"{"packages":["a"],"nextUrl":\#(next)}"#
        }
        let error = try await #require(throws: WireError.self) { _ = try await folder.run(api.miner, through: api) }
        #expect(error.category == .malformed)
        #expect(error.isFinal == error.reason.hasPrefix("its link leads in a circle"))
        #expect(error.reason.hasPrefix("its link leads") == next.hasPrefix("\""))
        #expect(try folder.text("Pub.csv") == list)
    }

    @Test(
        "a row without a version is asked for by its name; what names nothing is a problem, and those beside it stand")
    func unreadable() async throws {
        api.change { state in
            state.names = ["a", "b", #"{"name":7}"#]
            state.pages = [[#"{"name":"b","latest":null}"#, #"{"latest":{"version":"1"}}"#, "a 1"]]
            state.documents = ["packages/b": PubAPI.document("b", "1")]
        }
        let folder = try MinedFolder()
        #expect(
            try await folder.run(api.miner, through: api) == [PubAPI.row(1, "a", "1"), PubAPI.row(2, "b", "1")])
        #expect(
            try folder.problems(of: api.miner) == """
                unreadable,"https://pub.test/api/package-names, element 2 of '/packages'",\
                "it has no text at '/name': {""name"":7}"
                unreadable,"https://pub.test/api/packages?page=1, element 1 of '/packages'",\
                "it has no text at '/name': {""latest"":{""version"":""1""}}"
                """)
    }

    @Test("a package is asked for in the second version of the API, as clients of it should")
    func asksInVersion() async throws {
        let headers = Mutex<[Header]>([])
        let session = StubSession { request in
            headers.withLock { $0 += request.headers }
            return Response(status: 404, url: request.url)
        }
        let package = Package(id: 1, name: "a", newest: Release(version: ""))
        #expect(try await api.miner.resolve(package, through: session) == Resolution(.gone))
        #expect(headers.withLock { $0 } == [Header("Accept", "application/vnd.pub.v2+json")])
    }

    @Test(
        "what is no document of the package is not taken for one",
        arguments: [
            "<html>", "{}", #"{"name":"a"}"#, #"{"name":"a","latest":{"version":"1"}}"#, PubAPI.document("A", "1"),
        ])
    func foreign(body: String) async throws {
        api.change { $0.documents["packages/a"] = body }
        let package = Package(id: 1, name: "a", newest: Release(version: ""))
        let error = try await #require(throws: WireError.self) { try await api.miner.resolve(package, through: api) }
        #expect(error.isWorthRetrying)
    }

    @Test(
        "what is no list of packages is none, and the list from before stays",
        arguments: [
            "{}", "null", "<html>", "", #"{"packages":{"a":"b"}}"#, #"{"packages":["a"],"next_url":5}"#,
        ])
    func noList(body: String) async throws {
        api.change { $0.answers[1] = (200, body) }
        let error = try await #require(throws: WireError.self) {
            try await MinedFolder().run(api.miner, through: api)
        }
        #expect(error.category == .malformed)
    }
}
