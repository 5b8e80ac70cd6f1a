import RegistryJSON
import Testing

@Suite("JSON documents")
struct JSONValueTests {
    private static let document = #"""
        {"name": "a\u0000b", "count": 3, "share": 0.5, "large": 18446744073709551615, "isOld": true, "isNew": false,
        "none": null, "@id": {"a~b/c": "deep"}, "items": [{"id": "1"}, 7, "text", [], {}], "empty": ""}
        """#

    private func read(_ text: String) throws -> JSONValue { try JSONValue(Array(text.utf8)) }

    @Test(
        "a text is written as it reads back",
        arguments: ["", "plain", "a/b", "say \"hi\" \\", "line\nfeed\u{0}\u{1F}", "é e\u{301} 𝄞 \u{2028}"])
    func writesText(text: String) throws {
        let written = jsonText(text)
        let read = try #require(try JSONValue(Array("[\(written)]".utf8))["/0"]?.text)
        #expect(read.utf8.elementsEqual(text.utf8))
        #expect(!written.unicodeScalars.contains { $0.value < 32 })
    }

    @Test(
        "a text is found at its place, and what is no text reads as none",
        arguments: [
            ("/name", "a\u{0}b"), ("/@id/a~0b~1c", "deep"), ("/items/0/id", "1"), ("/items/2", "text"), ("/empty", ""),
            ("/count", nil), ("/isOld", nil), ("/none", nil), ("/items", nil), ("/@id", nil), ("", nil),
            ("/items/9", nil), ("/items/9/id", nil), ("/missing", nil), ("/name/0", nil), ("name", nil),
        ])
    func texts(pointer: String, text: String?) throws {
        #expect(try read(Self.document)[pointer]?.text == text)
    }

    @Test("numbers, words and null are told apart")
    func scalars() throws {
        let document = try read(Self.document)
        let values = try ["/count", "/share", "/large", "/isOld", "/isNew", "/none", "/name"].map {
            try #require(document[$0])
        }
        #expect(values.map(\.integer) == [3, nil, nil, nil, nil, nil, nil])
        #expect(values.map(\.bool) == [nil, nil, nil, true, false, nil, nil])
        #expect(values.map(\.isNull) == [false, false, false, false, false, true, false])
    }

    @Test("documents of every shape are read: an array of objects, of texts, an object by name, a text alone")
    func shapes() throws {
        #expect(try read(#"[{"n":"a"},{"n":"b"}]"#).elements?.map { $0["/n"]?.text } == ["a", "b"])
        #expect(try read(#"["a",1,null]"#).elements?.map(\.text) == ["a", nil, nil])
        #expect(try read(#""a""#).text == "a")
        #expect(try read("[]").elements?.count == 0)
        #expect(try read("{}").members?.count == 0)
        #expect(try read("{}").elements == nil)
        #expect(try read("[]").members == nil)
    }

    @Test("members come in the order of the document, each with its key")
    func members() throws {
        let links = try #require(try read(#"{"Z":"1","a/b":"2","":"3","~0":"4"}"#).members)
        #expect(links.map(\.key) == ["Z", "a/b", "", "~0"])
        #expect(links.map { $0.value.text ?? "" } == ["1", "2", "3", "4"])
    }

    @Test("a member is found by its key, whatever stands in it")
    func memberByKey() throws {
        let names = try read(#"{"vendor/name":"1","a~1b":"2"}"#)
        #expect(names.member("vendor/name")?.text == "1")
        #expect(names.member("a~1b")?.text == "2")
        #expect(names.member("vendor")?.text == nil)
        #expect(try read("[1]").member("0") == nil)
    }

    @Test("of a key that is there twice the first holds, and both are members")
    func duplicates() throws {
        let document = try read(#"{"a":"first","b":"","a":"second"}"#)
        #expect(document["/a"]?.text == "first")
        #expect(document.member("a")?.text == "first")
        #expect(document.members?.map { $0.value.text } == ["first", "", "second"])
    }

    @Test(
        "what is no JSON, or of which nothing true can be told, is an error",
        arguments: [
            "", " ", "{", "<html>", "{} x", "\u{FEFF}{}", "[1,]", "[,1]", "{\"a\"}", "{\"a\":}", "[01]", "[\"\n\"]",
            "nul",
            #"["\ud800"]"#, #"["\udc00"]"#, #"["\ud800\u0041"]"#, #"["\x"]"#, "[12345678901234567890123]", "[1e999]",
        ])
    func unreadable(text: String) {
        #expect(throws: JSONError.self) { try read(text) }
    }

    @Test("bytes that are not UTF-8 are an error", arguments: [[0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80]])
    func notUTF8(bytes: [UInt8]) {
        #expect(throws: JSONError.self) { try JSONValue(Array("[\"".utf8) + bytes + Array("\"]".utf8)) }
    }

    @Test("a document is read 1,024 deep, and a deeper one is an error")
    func depth() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(try read(nested(1_024)).elements?.count == 1)
        #expect(throws: JSONError.self) { try read(nested(1_025)) }
        #expect(throws: JSONError.self) { try read(String(repeating: "{\"a\":", count: 1_000_000)) }
    }

    @Test("a document that lacks a part is not the one that was asked for, and the error says which")
    func parts() throws {
        let document = try read(Self.document)
        try document.need([.text("/name"), .array("/items"), .object("/@id"), .integer("/count"), .object("")])
        let lacking: [(JSONPart, String)] = [
            (.text("/empty"), "it has no text at '/empty'"), (.text("/count"), "it has no text at '/count'"),
            (.array("/@id"), "it has no array at '/@id'"), (.object("/info"), "it has no object at '/info'"),
            (.integer("/share"), "it has no whole number at '/share'"),
        ]
        for (part, reason) in lacking {
            #expect(throws: JSONError(reason)) { try document.need([.text("/name"), part]) }
        }
    }
}
