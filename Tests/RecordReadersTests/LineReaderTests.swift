import MinerHarness
import RecordReaders
import Testing

@Suite("Lines")
struct LineReaderTests {
    private func lines(_ text: String, by size: Int, _ reader: LineReader = LineReader()) throws -> [String] {
        try reader.records(of: Array(text.utf8), by: size).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test("lines are the same in whatever pieces they arrive", arguments: pieceSizes)
    func pieces(size: Int) throws {
        #expect(try lines("{\"a\":1}\n\n é\r\nlast", by: size) == ["{\"a\":1}", "", " é\r", "last"])
        #expect(try lines("", by: size) == [])
        #expect(try lines("\n", by: size) == [""])
    }

    @Test("where each line has a line feed, a last one without is cut off", arguments: pieceSizes)
    func cut(size: Int) throws {
        let reader = LineReader(lastMayBeOpen: false)
        #expect(try lines("a\nb\n", by: size, reader) == ["a", "b"])
        #expect(throws: RecordError(at: "line 2", "it is cut off: it has no line feed")) {
            try lines("a\nb", by: size, reader)
        }
    }

    @Test("a line may be as long as the limit and no longer, with its end or without", arguments: pieceSizes)
    func limit(size: Int) throws {
        let reader = LineReader(limit: 3)
        #expect(try lines("abc\nabc", by: size, reader) == ["abc", "abc"])
        for text in ["a\nabcd\n", "a\nabcd"] {
            #expect(throws: RecordError(at: "line 2", "it is longer than 3 bytes")) {
                try lines(text, by: size, reader)
            }
        }
    }
}
