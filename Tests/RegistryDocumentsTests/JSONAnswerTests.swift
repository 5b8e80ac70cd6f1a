import MinerHarness
import PackageMining
import RegistryDocuments
import RegistryJSON
import Testing

@Suite("JSON answers")
struct JSONAnswerTests {
    private func session(_ body: String) -> StubSession { StubSession(["http://j.test/a": Array(body.utf8)]) }

    @Test("an answer that lacks what was asked for is worth another attempt")
    func lacksPart() async throws {
        let session = session(#"{"items": 1}"#)
        let error = try await #require(throws: WireError.self) {
            _ = try await session.json(at: "http://j.test/a", having: .object(""), .array("/items"))
        }
        #expect(error.isWorthRetrying && error.reason == "it has no array at '/items'")
        #expect(try await session.json(at: "http://j.test/a")?["/items"]?.integer == 1)
        #expect(try await session.json(at: "http://j.test/absent", having: .array("/items")) == nil)
    }

    @Test("an answer that is a refusal and is wanted for what it says is read, and one of another status is not")
    func refusal() async throws {
        let session = StubSession()
        session.set("http://j.test/a", Array(#"{"time": 1}"#.utf8), status: 400)
        let time = try await session.fetch(Request("http://j.test/a")) {
            try $0.json(status: 400, having: .integer("/time"))["/time"]?.integer
        }
        #expect(time == 1)
        let error = try await #require(throws: WireError.self) {
            try await session.fetch(Request("http://j.test/absent")) { try $0.json(status: 400) }
        }
        #expect(error.description == "absent: status 404")
    }

    @Test("a document that is still as it was known is not sent, and one that is not tells what it is known by")
    func known() async throws {
        let url = "http://j.test/a"
        let session = StubSession()
        session.set(url, Array(#"{"a": "1"}"#.utf8), headers: [Header("ETag", "\"1\"")])
        let known = Validators(of: session.response(at: url))
        guard case .modified(let document, known) = try await session.json(at: url, unless: nil, having: .text("/a"))
        else {
            Issue.record("it was not known")
            return
        }
        #expect(document["/a"]?.text == "1")
        guard case .notModified = try await session.json(at: url, unless: known, having: .text("/a")) else {
            Issue.record("it was known")
            return
        }
        #expect(try await session.json(at: "http://j.test/absent", unless: known) == nil)
    }

    @Test("an answer that is no JSON is worth another attempt")
    func noJSON() async throws {
        let error = try await #require(throws: WireError.self) {
            _ = try await session("<html>").json(at: "http://j.test/a")
        }
        #expect(error.isWorthRetrying && error.reason.hasPrefix("no JSON: "))
    }

    @Test("an entry that cannot be read is named with what it says, and the others stand")
    func lossy() throws {
        let page = try JSONValue(Array(#"{"rows":[{"name":"a"},{"name":7},"b",{"name":""},{"name":"c"}]}"#.utf8))
        var problems: [Problem] = []
        let names = try #require(page.elements(at: "/rows")).compactMap { element in
            element.entry(of: "http://j.test/p", noting: &problems) { try $0.neededText("/name") }
        }
        #expect(names == ["a", "c"])
        let at = "http://j.test/p, element"
        let reason = "it has no text at '/name'"
        #expect(
            problems == [
                Problem(
                    .unreadable, at: "\(at) 1 of '/rows'", #"\#(reason): {"name":7}"#,
                    key: #"http://j.test/p  {"name":7}"#),
                Problem(.unreadable, at: "\(at) 2 of '/rows'", #"\#(reason): "b""#, key: #"http://j.test/p  "b""#),
                Problem(
                    .unreadable, at: "\(at) 3 of '/rows'", #"\#(reason): {"name":""}"#,
                    key: #"http://j.test/p  {"name":""}"#),
            ])
        #expect(page.elements(at: "/missing") == nil)
    }

    @Test("a large array of an answer is read element by element, and what stands beside it is kept")
    func readsElements() throws {
        let body = Array(#"{"rows":[{"id":"a"},{"id":"\u{0}"},{"id":"b"}],"total":3}"#.utf8)
        let read = try Response(status: 200, url: "u", body: body).jsonElements(of: "/rows", keeping: ["/total", "/x"])
        var page = Page()
        let names = read.elements.compactMap { element in
            element.entry(of: "u", noting: &page) { try $0.neededText("/id") }
        }
        #expect(names == ["a", "b"])
        #expect(page.count == 0)
        #expect(read.kept["/total"]?.integer == 3 && read.kept["/x"] == nil)
    }

    @Test(
        "what is no such array is worth another attempt",
        arguments: ["", "{}", "[]", #"{"rows":[{}"#, #"{"rows":7}"#, #"{"rows":[]}x"#])
    func refusesOtherArrays(body: String) throws {
        let response = Response(status: 200, url: "u", body: Array(body.utf8))
        let error = try #require(throws: WireError.self) { _ = try response.jsonElements(of: "/rows") }
        #expect(error.category == .malformed && error.isWorthRetrying)
    }

    @Test("of a large entry that cannot be read the beginning is told")
    func largeEntry() throws {
        let text = "[\"" + String(repeating: "x", count: 1_000_000) + "\"]"
        var problems: [Problem] = []
        for element in try #require(try JSONValue(Array(text.utf8)).elements(at: "")) {
            _ = element.entry(of: "u", noting: &problems) { try $0.neededText("/name") }
        }
        #expect(problems.map(\.detail) == ["it has no text at '/name': \"" + String(repeating: "x", count: 299) + "…"])
        #expect(problems.map(\.key.utf8.count) == ["u  \"".utf8.count + 2_999 + "…".utf8.count])
    }

    @Test("a member that is no JSON is named by its key, in a large object too")
    func lossyStream() throws {
        let text = #"{"packages":{"a":{"v":"1"},"b":{"v":01},"c":{"v":"3"}}}"#
        var problems: [Problem] = []
        let versions = try JSONElements(of: ["/packages"]).records(of: Array(text.utf8), by: 9).compactMap { element in
            element.entry(of: "u", noting: &problems) { try $0.neededText("/v") }
        }
        #expect(versions == ["1", "3"])
        #expect(problems.map(\.subject) == ["u, 'b' of '/packages'"])
        #expect(problems.map(\.detail) == ["no JSON: Problem while parsing a number"])
    }
}
