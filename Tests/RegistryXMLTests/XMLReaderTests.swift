import RegistryXML
import Testing

private func read(
    _ document: [UInt8], _ selection: XMLSelection, _ options: XMLOptions = XMLOptions(), by chunkSize: Int = 1_000
) throws -> [XMLRecord] {
    let reader = XMLReader(selection, options: options)
    var records: [XMLRecord] = []
    for start in stride(from: 0, to: document.count, by: chunkSize) {
        records += try reader.read(Array(document[start..<min(start + chunkSize, document.count)]))
    }
    return try records + reader.finish()
}

@Suite("XML reader: what is wanted")
struct XMLSelectionTests {
    private let document = Array(
        """
        <?xml version="1.0"?>
        <!DOCTYPE list SYSTEM "http://localhost:1/never-asked.dtd">
        <list xmlns="urn:a" xmlns:r="urn:r" n="2">
          <!-- <item><name>no</name></item> -->
          <item k="1" r:k="2"><name>a &amp; <b>not this</b><![CDATA[<z>]]>&#233;</name><r:name>other</r:name></item>
          <name>outside</name>
          <item><inner><name>deeper</name></inner><url/></item>
        </list>
        """.utf8)

    @Test("records come with what was wanted of them, however the bytes arrive", arguments: [1, 2, 3, 17, 10_000])
    func records(chunkSize: Int) throws {
        let records = try read(document, XMLSelection(each: "list/item", taking: ["name", "url"]), by: chunkSize)
        #expect(records.count == 2)
        #expect(records[0].all("name").map(\.text) == ["a & <z>é", "other"])
        #expect(records[0].attribute("k") == "1")
        #expect(records[0].attributes.map(\.namespace) == ["", "urn:r"])
        #expect(records[1].text("name") == nil)
        #expect(records[1].text("url") == "")
    }

    @Test("a name space in braces tells elements of one local name apart")
    func namespaces() throws {
        let selection = XMLSelection(each: "{urn:a}list/item", taking: ["{urn:r}name"])
        #expect(try read(document, selection)[0].children.map(\.text) == ["other"])
        #expect(try read(document, XMLSelection(each: "list/{}item")).isEmpty)
    }

    @Test("the outermost element is told with its attributes, once it has begun")
    func root() throws {
        let reader = XMLReader(XMLSelection(each: "list/item", taking: ["name"]))
        _ = try reader.read(Array("<!-- none yet -->".utf8))
        #expect(reader.root == nil)
        _ = try reader.read(Array("<list count='2' more=''><other/>".utf8))
        #expect(reader.root?.name == "list")
        #expect(reader.root?.attributes.map(\.name) == ["count", "more"])
        #expect(reader.root?.attribute("count") == "2")
    }

    @Test("elements are told apart by place, name and name space among thousands of names")
    func manyNames() throws {
        let items = (0..<3_000).map { number in
            "<n\(number) xmlns='urn:\(number % 7)'><name>\(number)</name><x><name>no</name></x></n\(number)>"
        }
        let document = Array("<list>\(items.joined())<name>no</name></list>".utf8)
        let all = try read(document, XMLSelection(each: "list/*", taking: ["name"]))
        #expect(all.dropLast().map { $0.text("name") } == (0..<3_000).map { "\($0)" })
        #expect(all.dropLast().map(\.namespace) == (0..<3_000).map { "urn:\($0 % 7)" })
        let some = try read(document, XMLSelection(each: "list/{urn:3}*", taking: ["{urn:3}name"]))
        #expect(some.map { $0.text("name") } == stride(from: 3, to: 3_000, by: 7).map { "\($0)" })
    }

    @Test("elements whose names have a prefix are passed over on request, with all that is inside")
    func prefixes() throws {
        var options = XMLOptions()
        options.ignoresPrefixedElements = true
        let document = "<a xmlns='urn:a' xmlns:p='urn:a'><p:b>1<b>2</b></p:b><b>3</b></a>"
        let selection = XMLSelection(each: "a", taking: ["b"])
        #expect(try read(Array(document.utf8), selection, options)[0].all("b").map(\.text) == ["3"])
        #expect(try read(Array(document.utf8), selection)[0].all("b").map(\.text) == ["1", "3"])
    }

    @Test("text around inner elements stays that of the outer one")
    func interleaved() throws {
        let document = Array("<a>1<b>2<c>3</c>4</b>5<d/>6</a>".utf8)
        let record = try read(document, XMLSelection(each: "*", taking: ["b", "b/c"]), by: 1)
        #expect(record[0].text("b") == "24")
        #expect(record[0].text("b/c") == "3")
    }

    @Test("a star stands for any element, and paths lead deeper")
    func paths() throws {
        let selection = XMLSelection(each: "*/item", taking: ["inner/name", "*"])
        let records = try read(document, selection)
        #expect(records[0].children.map(\.name) == ["name", "name"])
        #expect(records[1].text("inner/name") == "deeper")
    }

    @Test("text is that of the element alone, exactly as it is written")
    func text() throws {
        let records = try read(Array("<a> x\r\n<b>y</b>\tz </a>".utf8), XMLSelection(each: "a"))
        #expect(records.map(\.text) == [" x\n\tz "])
    }
}

@Suite("XML reader: encodings")
struct XMLEncodingTests {
    private let name = XMLSelection(each: "a")

    @Test(
        "a document is read in the encoding that it declares",
        arguments: [
            ("ISO-8859-1", [0xE9], "é"), ("gb18030", [0xD6, 0xD0, 0x81, 0x30, 0x81, 0x30], "中\u{80}"),
            ("windows-1252", [0x80], "€"), ("utf-8", [0xC3, 0xA9], "é"), ("Shift_JIS", [0x82, 0xA0], "あ"),
        ] as [(String, [UInt8], String)], [1, 2, 3, 500])
    func declared(sample: (String, [UInt8], String), chunkSize: Int) throws {
        let head = Array("<?xml version='1.0' encoding='\(sample.0)'?>\n<a>".utf8)
        let records = try read(head + sample.1 + Array("</a>".utf8), name, by: chunkSize)
        #expect(records.map(\.text) == [sample.2])
    }

    @Test("UTF-16 is told by its byte order mark or its zeros", arguments: [true, false], [1, 3, 500])
    func wide(hasMark: Bool, chunkSize: Int) throws {
        let units = Array((hasMark ? "\u{FEFF}" : "").utf16) + Array("<?xml version='1.0'?><a>é😀</a>".utf16)
        let bytes = units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        #expect(try read(bytes, name, by: chunkSize).map(\.text) == ["é😀"])
    }

    @Test("UTF-8 that says utf-16 is UTF-8", arguments: ["utf-16", "UTF-16LE", "ucs-2", "utf-32"])
    func contradiction(declared: String) throws {
        let document = "<?xml version=\"1.0\" encoding=\"\(declared)\"?><a>é</a>"
        #expect(try read(Array(document.utf8), name).map(\.text) == ["é"])
    }

    @Test("what the bytes show counts, whatever a document declares")
    func shown() throws {
        let latin = "\u{FEFF}<?xml version='1.0' encoding='ISO-8859-1'?><a>é</a>"
        #expect(try read(Array(latin.utf8), name).map(\.text) == ["é"])
        let wide = "\u{FEFF}<?xml version='1.0' encoding='utf-8'?><a>é</a>".utf16
        #expect(try read(wide.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }, name).map(\.text) == ["é"])
    }

    @Test("a byte order mark and white space before the document are passed over, and lines still count")
    func blanks() throws {
        let document = "\u{FEFF}\n \n<?xml version='1.0' encoding='utf-8'?>\n<a>x</a>"
        #expect(try read(Array(document.utf8), name, by: 2).map(\.text) == ["x"])
        let error = try #require(throws: XMLReadError.self) { try read(Array("\n\n<a>\n</b>".utf8), name) }
        #expect(error.line == 4)
    }

    @Test("an unknown encoding is named", arguments: ["klingon", "UTF-8//IGNORE", "../x"])
    func unknown(encoding: String) throws {
        let document = Array("<?xml version='1.0' encoding='\(encoding)'?><a/>".utf8)
        let error = try #require(throws: XMLReadError.self) { try read(document, name) }
        #expect(error.kind == .encoding)
        #expect(error.reason == "the encoding '\(encoding)' is not known")
    }

    @Test("ill-formed bytes are refused, and replaced on request", arguments: ["utf-8", "gb18030"])
    func illFormed(encoding: String) throws {
        let head = Array("<?xml version='1.0' encoding='\(encoding)'?><a>x".utf8)
        let document = head + [0xFF] + Array("y</a>".utf8)
        #expect(throws: XMLReadError.self) { try read(document, name) }
        var options = XMLOptions()
        options.replacesIllFormedBytes = true
        for chunkSize in [1, 500] {
            #expect(try read(document, name, options, by: chunkSize).map(\.text) == ["x\u{FFFD}y"])
        }
    }

    @Test("characters that XML forbids are replaced on request")
    func controls() throws {
        let document = Array("<a>x\u{1}\u{FFFE}y\t</a>".utf8)
        #expect(throws: XMLReadError.self) { try read(document, name) }
        var options = XMLOptions()
        options.replacesIllFormedBytes = true
        #expect(try read(document, name, options).map(\.text) == ["x\u{FFFD}\u{FFFD}y\t"])
    }
}
