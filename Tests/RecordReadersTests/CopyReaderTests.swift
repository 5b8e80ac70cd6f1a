import MinerHarness
import RecordReaders
import Testing

@Suite("The text of COPY")
struct CopyReaderTests {
    private static let gems = CopyReader.Table("public.gems", columns: ["position", "name"])
    private static let links = CopyReader.Table("public.links", columns: ["home"])

    private func rows(_ text: String, _ tables: [CopyReader.Table], by size: Int = 5) throws -> [[String?]] {
        try CopyReader(tables, lineLimit: 1_000).records(of: Array(text.utf8), by: size).map { row in
            [row.table] + row.fields.columns.map { row.fields[$0] }
        }
    }

    /// As pg_dump writes it: tables in an order of its own, and in one a row that reads like a head.
    private static let dump = #"""
        -- PostgreSQL database dump
        \restrict x
        SET client_encoding = 'UTF8';

        COPY public.notes (text) FROM stdin;
        COPY public.gems (name) FROM stdin;
        \\.
        \.

        COPY public.gems (id, name, "position", size) FROM stdin;
        1	rails	0	\N
        2	\N	\\N	7
        3		a\tb\n\r\\\b\f\v\q\101\x4a\x	\N
        \.


        COPY public.links (home) FROM stdin;
        \.

        -- PostgreSQL database dump complete

        """#

    @Test("rows of wanted tables come out the same in whatever pieces the dump arrives", arguments: pieceSizes)
    func pieces(size: Int) throws {
        let rows = try rows(Self.dump, [Self.links, Self.gems], by: size)
        #expect(
            rows == [
                ["public.gems", "0", "rails"], ["public.gems", #"\N"#, nil],
                ["public.gems", "a\tb\n\r\\\u{8}\u{C}\u{B}qAJx", ""],
            ])
    }

    @Test("what a row must have is read, or an error says what it lacks")
    func neededFields() throws {
        let text = "COPY public.gems (id, name, ok) FROM stdin;\n-7\t\"a\"=>NULL\tt\n\\N\t\tf\n1.5\tb\t\\N\n\\.\n"
        let table = CopyReader.Table("public.gems", columns: ["id", "name", "ok"])
        let rows = try CopyReader([table]).records(of: Array(text.utf8), by: 3).map(\.fields)
        #expect(try rows[0].number("id") == -7)
        #expect(try rows[0].neededText("name") == "\"a\"=>NULL")
        #expect(try rows[0].pairs("name").contains("a") && rows[1].pairs("name").pairs.isEmpty)
        #expect(try rows[1].pairs("id").pairs.isEmpty)
        #expect(throws: RecordError(at: "name", "its name is no hstore")) { try rows[2].pairs("name") }
        #expect(rows.map { $0.isTrue("ok") } == [true, false, false])
        #expect(throws: RecordError(at: "id", "it has no id")) { try rows[1].number("id") }
        #expect(throws: RecordError(at: "name", "it has no name")) { try rows[1].neededText("name") }
        #expect(throws: RecordError(at: "id", "its id is no number")) { try rows[2].number("id") }
    }

    @Test("names in quotes are read, and tables of other schemas are others")
    func quotedNames() throws {
        let text = #"""
            COPY other.gems (name) FROM stdin;
            x
            \.
            COPY "My ""S""".t ("a, b", c) FROM stdin;
            1	2
            \.

            """#
        let table = CopyReader.Table(#"My "S".t"#, columns: ["c", "a, b"])
        #expect(try rows(text, [table]) == [[#"My "S".t"#, "2", "1"]])
    }

    @Test(
        "a dump that is not whole, or not as it should be, is refused",
        arguments: [
            ("", "the dump: it has no table public.gems"),
            ("COPY public.gems (name, position) FROM stdin;\na\t1\n", "line 2: a table is cut off"),
            ("COPY public.other (name) FROM stdin;\na\n", "line 2: a table is cut off"),
            (
                "COPY public.gems (name, position) FROM stdin;\na\t1\n\\.",
                "line 3: it is cut off: it has no line feed"
            ),
            ("COPY public.gems (name) FROM stdin;\n\\.\n", "line 1: it has no column position"),
            ("COPY public.gems (name, name) FROM stdin;\n\\.\n", "line 1: two columns have one name"),
            (
                "COPY public.gems (name, position) FROM stdin;\n\\.\nCOPY public.gems (name, position) FROM stdin;\n",
                "line 3: public.gems comes twice"
            ),
            ("COPY public.gems FROM stdin;\n", "line 1: the head of a table cannot be read"),
            ("COPY public.gems (a,b) FROM stdin;\n", "line 1: the head of a table cannot be read"),
            ("COPY public.\"gems (a) FROM stdin;\n", "line 1: the head of a table cannot be read"),
            (
                "COPY public.gems (name, position) FROM stdin;\na\n",
                "line 2: the row has not as many fields as its head, 2"
            ),
            (
                "COPY public.gems (name, position) FROM stdin;\na\tb\tc\n",
                "line 2: the row has not as many fields as its head, 2"
            ),
            ("COPY public.gems (name, position) FROM stdin;\na\tb\\\n", "line 2: a field ends in a backslash"),
        ], [1, 1_000])
    func refusals(sample: (text: String, reason: String), size: Int) {
        let error = #expect(throws: RecordError.self) { try rows(sample.text, [Self.gems], by: size) }
        #expect(error?.description == sample.reason)
    }

    @Test("a line is no longer than its limit, wanted or not", arguments: [1, 1_000])
    func limit(size: Int) {
        let text = Self.dump + String(repeating: "-", count: 1_001)
        #expect(throws: RecordError(at: "line 21", "it is longer than 1000 bytes")) {
            try rows(text, [Self.gems], by: size)
        }
    }
}

@Suite("hstore")
struct HStoreTests {
    @Test("pairs are read with their escapes, and NULL is not the same as no such key")
    func pairs() throws {
        let store = try #require(HStore(#""a"=>"1", "b \"c\" \\"=>"=>, \"", "d"=>NULL, ""=>"""#))
        #expect(store.pairs.map(\.key) == ["a", #"b "c" \"#, "d", ""])
        #expect(store.pairs.map(\.value) == ["1", "=>, \"", nil, ""])
        #expect(store["a"] == "1" && store["d"] == nil && store["e"] == nil)
        #expect(store.contains("d") && !store.contains("e"))
        #expect(HStore("")?.pairs == [])
    }

    @Test(
        "what the database does not write is refused",
        arguments: [
            "a=>1", #""a"=>1"#, #""a"=>"1""b"=>"2""#, #""a"=>"1", "#, #""a"=>"1"#, #""a"=>"1\"#, #""a""#, #""a"=>"#,
            #""a"=>"1","b"=>"2""#, #""a"=>"1", "a"=>"2""#, #""a"=>null"#, #" "a"=>"1""#, #", "a"=>"1""#,
        ])
    func refusals(text: String) {
        #expect(HStore(text) == nil)
    }
}
