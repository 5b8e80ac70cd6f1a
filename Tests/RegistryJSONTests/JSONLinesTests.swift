import RecordReaders
import RegistryJSON
import Testing

@Suite("NDJSON")
struct JSONLinesTests {
    private func lines(_ text: String, by size: Int, _ reader: JSONLines) throws -> [String] {
        var reader = reader
        var shown: [String] = []
        let show = { (line: JSONLines.Line) in
            let strings = try? line.strings.get()
            shown.append("\(line.number): \(strings.map { "\($0.map { $0 ?? "none" })" } ?? "unreadable")")
        }
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: size) {
            reader.feed(Array(bytes[start..<min(start + size, bytes.count)]))
            while let line = try reader.next() { show(line) }
        }
        while let line = try reader.finish() { show(line) }
        return shown
    }

    private static let text = """
        {"name":"a","links":{"home":"x\\n"}}
         \r
        {"links":{"home":1},"name":"é"}\r
        {"name":"cut
        []

        {"name":"last"}
        """

    @Test("each line has its strings, in whatever pieces it arrives", arguments: [1, 2, 7, 1_000])
    func reads(size: Int) throws {
        #expect(
            try lines(Self.text, by: size, JSONLines(["/name", "/links/home"])) == [
                #"1: ["a", "x\n"]"#, #"3: ["é", "none"]"#, "4: unreadable", #"5: ["none", "none"]"#,
                #"7: ["last", "none"]"#,
            ])
    }

    @Test("what the whole body gives at once, the lines give one by one")
    func agreesWithTable() throws {
        var reader = JSONReader(["/name"])
        let table = reader.table(ofLinesIn: Array(Self.text.utf8))
        let lines = try JSONLines.records(of: Array(Self.text.utf8), by: JSONLines(["/name"]))
        let read = lines.compactMap { try? $0.strings.get() }
        #expect(read.map { $0[0] } == (0..<table.count).map { table.string($0, 0) })
        #expect(lines.count - read.count == table.unreadable.count)
    }

    @Test("a last line without its line feed is cut off, where each has one")
    func cut() {
        #expect(throws: RecordError(at: "line 7", "it is cut off: it has no line feed")) {
            try lines(Self.text, by: 9, JSONLines(["/name"], lastMayBeOpen: false))
        }
    }
}
