import RecordReaders
import Testing

@Suite("EDN")
struct EDNTests {
    private func read(_ text: String) throws -> EDN? { try EDN(Array(text.utf8)[...]) }

    @Test("A text has the characters that Clojure escapes, and brackets and semicolons like others")
    func texts() throws {
        #expect(try read(#""a \"q\" \n\t\r\f\b \\ ; [({ é""#)?.text == "a \"q\" \n\t\r\u{0C}\u{08} \\ ; [({ é")
        #expect(try read("\"e\u{301}\"")?.text?.unicodeScalars.count == 2)
        #expect(try read(#""""#)?.text?.isEmpty == true)
    }

    @Test("A map's values are found by its keywords, whatever forms stand beside them")
    func maps() throws {
        let map = try read(
            #"""
            {:n nil, :b true :i -1.5e3M "s" "t" \( \) \newline \space, sym/bol :k/w, (1 (2)) [3 [4]] #{5} {:a #{}}
             :date #inst "2022-03-21T10:28:24.523-00:00" #_ :gone #_ (9 #_ 9) :x ##NaN :scm {:url "u"}} ; :z "end"
            """#.replacing("\n", with: ""))
        #expect(map?[":scm"]?[":url"] == .text("u"))
        #expect(map?[":date"]?.text == "2022-03-21T10:28:24.523-00:00")
        #expect(map?[":n"] == .token("nil"))
        #expect(map?[":x"] == .token("##NaN"))
        #expect(map?[":z"] == nil)
        #expect(map?[":gone"] == nil)
        #expect(map?[":scm"]?[":connection"] == nil)
    }

    @Test("A vector has its forms in order; a symbol may have a slash")
    func vectors() throws {
        let vector = try read(#"[org.trpr/batch-HA "1.0"],,"#)
        #expect(vector == .forms([.token("org.trpr/batch-HA"), .text("1.0")], closedBy: "]"))
        #expect(vector?[":a"] == nil)
    }

    @Test("A line of white space, commas and comments has no form", arguments: ["", " ,\t", "; {:a 1}", "#_ {:a 1}"])
    func none(text: String) throws {
        #expect(try read(text) == nil)
    }

    @Test(
        "What is no EDN is refused, with the reason",
        arguments: [
            (#"{:a "b"#, "a text has no end"), (#""\q""#, "no character is escaped so"), (#""\"#, "a text has no end"),
            ("[1", "no ']' stands where one should"), ("[1)", "no ']' stands where one should"),
            ("[1] [2]", "more stands behind the form"), ("]", "more stands behind the form"),
            ("1 ]", "more stands behind the form"), ("{:a}", "a map has a key without a value"),
        ])
    func refused(text: String, reason: String) throws {
        let error = try #require(throws: RecordError.self) { try read(text) }
        #expect(error.reason == reason)
    }

    // A text of millions of bytes is no argument: what tells of tests would write it down many times.
    @Test("Forms a million deep in each other are refused, with the reason", arguments: ["[", "#_ "])
    func depth(opening: String) throws {
        let text = String(repeating: opening, count: 1_000_000)
        let error = try #require(throws: RecordError.self) { try read(text) }
        #expect(error.reason == "forms are in each other more than 64 deep")
    }

    @Test("Bytes that are no UTF-8 are refused")
    func noText() throws {
        let error = try #require(throws: RecordError.self) { try EDN([0x22, 0xFF, 0x22]) }
        #expect(error.reason == "it is no UTF-8")
    }
}
