import MinerHarness
import RecordReaders
import Testing

@Suite("CSV by its header")
struct CSVReaderTests {
    private func rows(
        _ text: String, _ columns: [String] = ["name", "id"], by size: Int = 5, fieldLimit: Int = 100
    ) throws -> [[String?]] {
        try CSVReader(columns: columns, fieldLimit: fieldLimit).records(of: Array(text.utf8), by: size).map { row in
            columns.map { row[$0] }
        }
    }

    @Test("columns are found by name, and rows are the same in whatever pieces they arrive", arguments: pieceSizes)
    func pieces(size: Int) throws {
        let text = "id,readme,name\n1,\"a \"\"b\"\",\r\n\nc\",\"x\n\"\n2,,\n3,\\n,\"\"\n\"4\",\"\",é\n"
        #expect(try rows(text, by: size) == [["x\n", "1"], [nil, "2"], ["", "3"], ["é", "4"]])
        #expect(try rows(text, ["readme"], by: size) == [["a \"b\",\r\n\nc"], [nil], ["\\n"], [""]])
    }

    @Test("a field is its exact text, or an error that says which is none")
    func exactText() throws {
        let bytes = Array("id,name\n,é\n\"\",".utf8) + [0xE9, 0x0A]
        let rows = try CSVReader(columns: ["id", "name"]).records(of: bytes, by: 3)
        #expect(try rows.map { try $0.text("id") } == [nil, ""])
        #expect(try rows[0].text("name") == "é")
        let error = #expect(throws: RecordError.self) { try rows[1].text("name") }
        #expect(error?.reason == "its name is no UTF-8")
    }

    @Test("a table without rows has none")
    func empty() throws {
        #expect(try rows("name,id\n") == [])
    }

    @Test("lines may end with CR LF, and a name in the header may be quoted")
    func carriageReturns() throws {
        #expect(try rows("\"id\",name\r\n1,a\r\n2,\"b\"\r\n") == [["a", "1"], ["b", "2"]])
    }

    @Test("a blank line is none of several fields, but it is one NULL of one")
    func blankLines() throws {
        #expect(try rows("id,name\n\n1,a\n\n\n") == [["a", "1"]])
        #expect(try rows("id\n\n1\n\"\"\n", ["id"]) == [[nil], ["1"], [""]])
    }

    @Test(
        "what PostgreSQL does not write is refused, in whatever pieces it arrives",
        arguments: [
            ("", "the header: there is no header"),
            ("id,name", "the header: it is cut off"),
            ("id,size\n", "the header: it has no column name"),
            ("id,name,id\n", "the header: two columns have one name"),
            ("id,name\n1\n", "row 1: it has not as many fields as the header, 2"),
            ("id,name\n1,a\n1,a,b\n", "row 2: it has not as many fields as the header, 2"),
            ("id,name\n1,a", "row 1: it is cut off"),
            ("id,name\n1,", "row 1: it is cut off"),
            ("id,name\n1,\"a\n", "row 1: it is cut off"),
            ("id,name\n1,\"a\"", "row 1: it is cut off"),
            ("id,name\n1,a\"b\n", "row 1: a quote stands inside a field that is not quoted"),
            ("id,name\n1,\"a\"b\n", "row 1: something stands behind the quote that ends a field"),
            ("id,name\n1,a\rb\n", "row 1: a carriage return stands outside of quotes"),
        ], [1, 4, 1_000])
    func refusals(sample: (text: String, reason: String), size: Int) {
        let error = #expect(throws: RecordError.self) { try rows(sample.text, by: size) }
        #expect(error?.description == sample.reason)
    }

    @Test("a field may be as large as the limit and no larger, wanted or not", arguments: [1, 4, 1_000])
    func limit(size: Int) throws {
        #expect(try rows("id,name\n1,\"aaaaaaaaaa\"\n", by: size, fieldLimit: 10) == [["aaaaaaaaaa", "1"]])
        for text in ["id,name\n1,\"aaaaaaaaaab\"\n", "id,name\naaaaaaaaaab,1\n", "id,name\n1,aaaaaaaaaab"] {
            #expect(throws: RecordError(at: "row 1", "a field is larger than 10 bytes")) {
                try rows(text, by: size, fieldLimit: 10)
            }
        }
    }

    @Test("names that only look alike are two columns")
    func namesByBytes() throws {
        #expect(try rows("\u{E9},e\u{301},id\n1,2,3\n", ["e\u{301}"]) == [["2"]])
    }
}
