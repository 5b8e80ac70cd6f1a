import MinerHarness
import PackageMining
import RegistryDocuments
import RegistryJSON
import Testing

@Suite("JSON documents")
struct JSONDocumentTests {
    private let document = #"""
        {"name": "a\u0000b", "count": 3, "share": 0.5, "isOld": true, "none": null, "@id": {"a~b/c": "deep"}, "items": [
        {"v": {"id": "1"}, "isOld": false}, {"v": {}, "n": -7}, "text", []], "empty": []}
        """#

    @Test(
        "texts are found at their places; numbers and words as JSON writes them",
        arguments: [
            ("name", "a\u{0}b"), ("count", "3"), ("share", "0.5"), ("isOld", "true"), ("none", nil), ("items", nil),
            ("@id/a~0b~1c", "deep"), ("items/0/v/id", "1"), ("items/9/v/id", nil), ("missing/id", nil),
        ])
    func texts(path: String, text: String?) throws {
        #expect(try JSONDocument(Array(document.utf8)).text(path) == text)
    }

    @Test("rows have the texts that were asked for, and nil where an element has none")
    func rows() throws {
        let rows = try #require(try JSONDocument(Array(document.utf8)).rows("items", of: ["v/id", "isOld", "n"]))
        #expect(
            rows.map { [$0["v/id"], $0["isOld"], $0["n"], $0["other"]] } == [
                ["1", "false", nil, nil], [nil, nil, "-7", nil], [nil, nil, nil, nil], [nil, nil, nil, nil],
            ])
        #expect(try JSONDocument(Array(document.utf8)).rows("empty", of: ["a"])?.count == 0)
        #expect(try JSONDocument(Array(document.utf8)).rows("name", of: ["a"])?.count == nil)
    }

    @Test("what is no JSON, or cut off, is an error", arguments: ["", "{", "<html>", "{} x", "\u{FEFF}x"])
    func unreadable(text: String) {
        #expect(throws: JSONError.self) { try JSONDocument(Array(text.utf8)) }
    }

    @Test("an answer that lacks the array that was asked for is worth another attempt")
    func lacksArray() async throws {
        let session = StubSession(["http://j.test/a": Array(#"{"items": 1}"#.utf8)])
        let error = try await #require(throws: WireError.self) {
            _ = try await session.json(at: "http://j.test/a", having: "items")
        }
        #expect(error.isWorthRetrying && error.reason == "it has no items")
        #expect(try await session.json(at: "http://j.test/a")?.text("items") == "1")
        #expect(try await session.json(at: "http://j.test/absent", having: "items") == nil)
    }

    @Test("a document that is still as it was known is not sent, and one that is not tells what it is known by")
    func known() async throws {
        let url = "http://j.test/a"
        let session = StubSession()
        session.set(url, Array(#"{"a": "1"}"#.utf8), headers: [Header("ETag", "\"1\"")])
        let known = Validators(of: session.response(at: url))
        guard case .modified(let document, known) = try await session.json(at: url, unless: nil) else {
            Issue.record("it was not known")
            return
        }
        #expect(document.text("a") == "1")
        guard case .notModified = try await session.json(at: url, unless: known) else {
            Issue.record("it was known")
            return
        }
        #expect(try await session.json(at: "http://j.test/absent", unless: known) == nil)
    }
}
