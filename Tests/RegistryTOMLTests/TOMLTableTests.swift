import RecordReaders
import RegistryTOML
import Testing

@Suite("TOML documents")
struct TOMLTableTests {
    private func read(_ text: String) throws -> TOMLTable { try TOMLTable(Array(text.utf8)) }

    /// As Julia's registry has them: several lines of text, keys that begin with a digit, inline tables.
    private static let registry = #"""
        name = "General"
        description = """
        Official [general] registry. a.b = "c"
        """
        count = 2
        [packages]
        0004c1f4-53c5 = { name = "TuringGLM", path = "T/TuringGLM" }
        00 = { path = 'C:\x', name = "é\u00e9\t", yanked = true, since = 2020-10-07, authors = ["a"] }
        [metadata.deprecated]
        reason = "old"
        """#

    @Test("texts are found by their path of keys, and what is no text reads as none")
    func texts() throws {
        let registry = try read(Self.registry)
        #expect(registry.text("name") == "General")
        #expect(registry.text("description") == "Official [general] registry. a.b = \"c\"\n")
        #expect(registry.text("packages", "0004c1f4-53c5", "path") == "T/TuringGLM")
        #expect(registry.text("packages", "00", "name") == "éé\t")
        #expect(registry.text("packages", "00", "path") == #"C:\x"#)
        #expect(registry.text("metadata", "deprecated", "reason") == "old")
        for path in ["count", "packages", "missing"] { #expect(registry.text(path) == nil) }
        #expect(registry.text("name", "x") == nil)
        #expect(registry.text() == nil)
    }

    @Test("the members of a table come with their keys, by the UTF-8 of these")
    func members() throws {
        let packages = try #require(try read(Self.registry).table("packages"))
        #expect(packages.members.map(\.key) == ["00", "0004c1f4-53c5"])
        #expect(packages.members.map { $0.table?.text("path") } == [#"C:\x"#, "T/TuringGLM"])
        #expect(packages.members[0].table?.members.map(\.key) == ["name", "path"])
        #expect(try read("").members.isEmpty)
    }

    @Test("keys that Swift takes for equal are two, and each is found")
    func keysByBytes() throws {
        let table = try read("\"\u{e9}\" = \"one\"\n\"e\u{301}\" = \"two\"\n[\"a.b\"]\n\"c d\" = 'x'")
        #expect(table.text("\u{e9}") == "one")
        #expect(table.text("e\u{301}") == "two")
        #expect(table.text("a.b", "c d") == "x")
        #expect(table.members.count == 3)
    }

    @Test(
        "what is no TOML is an error that says where",
        arguments: [
            ("a = 'x'\nb = ", "line 2, byte 5", "no value stands where one should"),
            ("a = 1\na = 2", "line 2, byte 1", "'a' is there already, or is no table"),
            ("<html>", "line 1, byte 1", "no key stands where one should"),
            ("[}", "line 1, byte 2", "no key stands where one should"),
            ("[[a]\n", "line 1, byte 4", "no ']]' stands where one should"),
            ("[a]\nb = \"x", "line 2, byte 7", "a text does not end"),
            ("a = 'x\ny'", "line 1, byte 7", "a control character stands in a text"),
            ("a = 'x' b = 'y'", "line 1, byte 9", "something stands behind a value"),
            ("a = x", "line 1, byte 5", "no value stands where one should"),
            ("a = 01", "line 1, byte 5", "no value stands where one should"),
            ("a = {b = 1,}", "line 1, byte 12", "no key stands where one should"),
            ("a = \"\\q\"", "line 1, byte 6", "a backslash stands before what it does not escape"),
            ("a = \"\\ud800\"", "line 1, byte 6", "an escape means no character"),
            ("# \u{0}", "line 1, byte 3", "a control character stands in a comment"),
        ])
    func unreadable(text: String, place: String, reason: String) {
        #expect(throws: RecordError(at: place, reason)) { try read(text) }
    }

    @Test(
        "a table is defined once, by whichever way",
        arguments: [
            "[a]\n[a]", "[a.b]\nc = 1\n[a]\nb = 2", "a.b = 1\n[a]", "a = {b = 1}\n[a.c]", "a = {b = 1}\na.c = 2",
            "[a]\n[[a]]", "[[a]]\n[a]", "a = []\n[[a]]", "a = 1\na.b = 2", "[x]\na.b = 1\n[x.a]", "a = {b = 1, b = 2}",
        ])
    func twice(text: String) {
        let error = #expect(throws: RecordError.self) { try read(text) }
        #expect(error?.reason.hasSuffix("is there already, or is no table") == true)
    }

    @Test("a table may be told of in parts, and out of order")
    func parts() throws {
        let table = try read("[a.b.c]\nx = '1'\n[a]\ny = '2'\nd.e = '3'\nd.f = '4'\n[a.b]\nz = '5'\n[a.d.g]\nw = '6'")
        #expect(table.text("a", "b", "c", "x") == "1")
        #expect(table.text("a", "y") == "2")
        #expect(table.table("a", "d")?.members.map(\.key) == ["e", "f", "g"])
        #expect(table.text("a", "b", "z") == "5")
        #expect(table.text("a", "d", "g", "w") == "6")
    }

    @Test("lists of tables are passed over, and what belongs to them")
    func lists() throws {
        let table = try read(
            "[[a]]\nb = 'x'\n[a.c]\nd = 'y'\n[[a]]\nb = 'z'\n[e]\nf = [\"g\", # h\n  {i = 1}, ]\nj = 'k'")
        #expect(table.members.map(\.key) == ["e"])
        #expect(table.text("e", "j") == "k")
    }

    @Test("texts of several lines have their line ends as TOML says")
    func longTexts() throws {
        let table = try read("a = \"\"\"\r\nx\r\ny \\  \n\n   z\"\"\"\"\"\nb = '''x\\\n'''\nc = \"\"\"\"\"\"")
        #expect(table.text("a") == "x\ny z\"\"")
        #expect(table.text("b") == "x\\\n")
        #expect(table.text("c") == "")
    }

    @Test("numbers, dates and words are known by their shape")
    func scalars() throws {
        let values = """
            0 -17 +99 1_000 0xDEAD_beef 0o755 0b1101 3.14 -0.01 5e+22 6.26e-34 9_224.445_1 inf -nan true false 1979-05-27
            07:32:00 00:32:00.999 1979-05-27T07:32:00Z 1979-05-27T00:32:00.9-07:00 1979-05-27t07:32:00
            """
        for value in values.split(whereSeparator: \.isWhitespace) { #expect(try read("a = \(value)").members.isEmpty) }
        #expect(try read("a = 1979-05-27 07:32:00 # b").members.isEmpty)
        for value in "1__0 _1 1_ 01 0x 0xg -0x1 1. .5 1.e5 1e True nan1 1979-5-27 07:32 1979-05-27T 79-05-27".split(
            separator: " ")
        {
            #expect(throws: RecordError.self) { try read("a = \(value)") }
        }
    }

    @Test("bytes that are not UTF-8 are an error", arguments: [[0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80]])
    func notUTF8(bytes: [UInt8]) {
        #expect(throws: RecordError.self) { try TOMLTable(Array("a = \"".utf8) + bytes + Array("\"".utf8)) }
    }

    @Test("a text may have a NUL by its escape, and does not end at it")
    func nul() throws {
        #expect(try read(#"a = "x\u0000y""#).text("a") == "x\u{0}y")
        #expect(throws: RecordError.self) { try read("a = \"x\u{0}y\"") }
    }

    private static func key(_ parts: Int) -> String { Array(repeating: "a", count: parts).joined(separator: ".") }

    private static func nested(_ depth: Int) -> String {
        "x = " + String(repeating: "{ a = ", count: depth) + "'x'" + String(repeating: "}", count: depth)
    }

    private static func list(_ depth: Int) -> String {
        "x = " + String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }

    @Test("tables and arrays may be 32 deep in each other, and a key may have 32 parts")
    func deep() throws {
        for text in [Self.key(32) + " = 1", "[\(Self.key(32))]", "[[\(Self.key(32))]]", Self.nested(32), Self.list(32)]
        {
            #expect(try read(text).members.count <= 1)
        }
        let key = Self.key(32)
        let worst = String(repeating: "{ \(key) = ", count: 32) + "'x'" + String(repeating: "}", count: 32)
        #expect(try read("[\(key)]\n\(key) = \(worst)").members.count == 1)
    }

    @Test("deeper ones are refused before they are built", arguments: [33, 100_000])
    func bombs(depth: Int) {
        let key = Self.key(depth)
        // No arguments themselves: what tells of tests would write these texts down many times.
        for text in [key + " = 1", "[\(key)]", Self.nested(depth), Self.list(depth), "x = {\(key) = 1}"] {
            let error = #expect(throws: RecordError.self, "\(text.prefix(10))") { try read(text) }
            #expect(error?.place.hasPrefix("line 1, ") == true, "\(text.prefix(10))")
            #expect(error?.reason.contains("more than 32") == true, "\(text.prefix(10))")
        }
    }

    @Test("brackets and dots in texts and comments are neither depth nor keys")
    func notDeep() throws {
        let brackets = String(repeating: "[{.", count: 100)
        let numbers = Array(repeating: "1.5", count: 100).joined(separator: ", ")
        let text = #"""
            # \#(brackets)
            a = "\#(brackets)\"\#(brackets)"   # \#(brackets)
            b = '\#(brackets)'
            c = """
            \#(brackets)"\"""\#(brackets)"""""
            d = '''\#(brackets)'\#(brackets)'''
            e = [\#(numbers)]
            f = 'x'
            """#
        let table = try read(text)
        #expect(table.text("f") == "x")
        #expect(table.text("c")?.hasSuffix("[{.\"\"") == true)
        #expect(table.members.count == 5)
    }
}
