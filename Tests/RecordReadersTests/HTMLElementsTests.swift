import MinerHarness
import RecordReaders
import Testing

@Suite("Elements of HTML")
struct HTMLElementsTests {
    private func links(_ text: String, by size: Int = 5, limit: Int = 200) throws -> [String] {
        try HTMLElements(["a", "meta"], limit: limit).records(of: Array(text.utf8), by: size).map { element in
            let attributes = element.attributes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            return ([element.name] + attributes + [element.text]).joined(separator: "|")
        }
    }

    @Test("Links are found as browsers find them, in whatever pieces they arrive", arguments: pieceSizes)
    func pieces(size: Int) throws {
        let text = """
            <!DOCTYPE html><html lang=en><!-- <a href="no">no</a> > -- --><head><META name='n' content="a > b"/>
            <script>if (1 < 2 && "'") { document.write("<a href='no'>no</a>") }</script><style>a > b { }</style></head>
            <A HREF='/a/'  data-x >A&amp;<b>b</b>
            c</a><a href=plain/>d</a><a href="&lt;x&#39;&#x41;&unknown;" href="second">e<a>f</a>text<br></html><!--x-->
            """
        #expect(
            try links(text, by: size) == [
                "meta|content=a > b|name=n|", "a|data-x=|href=/a/|A&b\nc", "a|href=plain/|d",
                "a|href=<x'A&unknown;|e", "a|f",
            ])
    }

    @Test("A page without a frame is one as well", arguments: ["<a href=x>x</a>", "text", "", "<p><a href=x>x</a>"])
    func unframed(text: String) throws {
        #expect(try links(text) == (text.contains("<a") ? ["a|href=x|x"] : []))
    }

    @Test(
        "A page that was cut off is refused, wherever it was cut", arguments: pieceSizes)
    func cut(size: Int) throws {
        let whole = "<html><!-- c --><script>x</script><a href='x>'>text</a></html>"
        for count in 6..<whole.utf8.count {
            let text = String(decoding: whole.utf8.prefix(count), as: UTF8.self)
            let error = #expect(throws: RecordError.self) { try links(text, by: size) }
            #expect(error?.reason == "the document is cut off", "\(text)")
        }
    }

    @Test(
        "What does not end is refused before it fills the memory",
        arguments: ["<a href='", "<!-- ", "<a>"])
    func limits(beginning: String) {
        let error = #expect(throws: RecordError.self) {
            try links(beginning + String(repeating: "x", count: 10_000), by: 64)
        }
        #expect(error?.reason == "a tag, a comment or a text is larger than 200 bytes")
    }
}
