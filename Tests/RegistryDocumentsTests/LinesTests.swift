import MinerHarness
import PackageMining
import RegistryDocuments
import Testing

@Suite("Lists of lines, and answers that are doubted")
struct LinesTests {
    private func lines(_ body: [UInt8], _ type: String = "text/plain", status: Int = 200) throws -> (
        lines: [String], problems: [String]
    ) {
        let response = Response(
            status: status, url: "https://list.test/names", headers: [Header("Content-Type", type)], body: body)
        var page = Page()
        let lines = try response.lines(noting: &page)
        return (lines, page.problems.map { "\($0.subject): \($0.detail)" })
    }

    @Test("lines are told as they are, whatever ends them; blank ones are none, and none is none")
    func reads() throws {
        #expect(try lines(Array("a\nb c\r\n\n\r\n é\n".utf8)).lines == ["a", "b c", " é"])
        #expect(try lines([]).lines == [])
    }

    @Test("a line that is no UTF-8 is named, and those beside it stand")
    func namesUnreadable() throws {
        let read = try lines(Array("a\n".utf8) + [0x62, 0xFF, 0x0A] + Array("c\n".utf8))
        #expect(read.lines == ["a", "c"])
        #expect(read.problems == ["https://list.test/names, line 2: it is no UTF-8: b\u{FFFD}"])
    }

    @Test("a list that was cut, a page for people and an error are no lists", arguments: [0, 1, 2])
    func refuses(which: Int) throws {
        let error = try #require(throws: WireError.self) {
            switch which {
            case 0: try lines(Array("a\nb".utf8))
            case 1: try lines(Array("<html>\n".utf8), "text/html; charset=utf-8")
            default: try lines(Array("a\n".utf8), status: 404)
            }
        }
        #expect(error.category == (which == 2 ? .absent : .malformed))
    }

    @Test("an answer that is doubted is asked for again, with the wait of a failed attempt, and then believed")
    func doubts() async throws {
        let session = StubSession(["https://list.test/a": Array("a".utf8), "https://list.test/none": []])
        for (path, count) in [("a", 1), ("none", 0)] {
            let request = Request("https://list.test/\(path)")
            #expect(try await session.fetch(request, twiceIf: \.isEmpty) { $0.body }.count == count)
        }
        #expect(session.requests == ["https://list.test/a", "https://list.test/none", "https://list.test/none"])
        #expect(session.failures == [0, 0, 1])
    }
}
