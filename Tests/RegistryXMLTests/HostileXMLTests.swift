import RegistryXML
import Testing

@Suite("XML reader: documents that are broken or mean harm")
struct HostileXMLTests {
    private let wanted = XMLSelection(each: "a", taking: ["b"])

    private func failure(
        _ document: String, _ options: XMLOptions = XMLOptions(), _ comment: Comment? = nil
    ) throws -> XMLReadError {
        try #require(throws: XMLReadError.self, comment) {
            try XMLReader.records(in: Array(document.utf8), wanted, options: options)
        }
    }

    @Test(
        "a broken document is refused with its line and column",
        arguments: [
            ("<a>\n<b></c></a>", 2, "Opening and ending tag mismatch: b line 2 and c"),
            ("<a><b>", 1, "the document is cut off"),
            ("", 1, "the document is empty"),
            ("<a/>\n<a/>", 2, "Extra content at the end of the document"),
            ("<a x=1/>", 1, "AttValue: \" or ' expected"),
        ])
    func broken(document: String, line: Int, reason: String) throws {
        let error = try failure(document)
        #expect(error.line == line)
        #expect(error.reason == reason)
        #expect(error.kind == .malformed)
    }

    @Test("an error shows its place")
    func wording() throws {
        #expect(
            try failure("<a>\n  &nbsp;</a>").description
                == "line 2, column 9: the entity 'nbsp' is not one of XML's own, and declared ones are not read")
    }

    @Test("HTML's named entities are taken on request, in text and in attributes")
    func htmlEntities() throws {
        var options = XMLOptions()
        options.readsHTMLEntities = true
        let document = Array("<a x=\"&oslash;&amp;&lt;\"><b>&copy; &eacute;&lt;&hearts;</b></a>".utf8)
        let records = try XMLReader.records(in: document, wanted, options: options)
        #expect(records[0].text("b") == "© é<♥")
        #expect(records[0].attribute("x") == "ø&<")
        #expect(try failure("<a>&lol;</a>", options).kind == .undefinedEntity)
    }

    @Test(
        "entities that a document declares are not read",
        arguments: [
            // Billion laughs.
            "<!DOCTYPE a [<!ENTITY l '&k;&k;'><!ENTITY k 'lol'>]><a>&l;</a>",
            // XXE, in text and in an attribute.
            "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><a>&x;</a>",
            "<!DOCTYPE a [<!ENTITY x 'y'>]><a k='&x;'/>",
            "<!DOCTYPE a [<!ENTITY x SYSTEM 'http://localhost:1/x'>]><a>&x;</a>",
            "<!DOCTYPE a [<!ENTITY x PUBLIC '-//X//EN' 'http://localhost:1/x'>]><a k='&x;'/>",
            // Quadratic blow-up: one long entity, many times.
            "<!DOCTYPE a [<!ENTITY q '\(String(repeating: "q", count: 100_000))'>]>"
                + "<a>\(String(repeating: "&q;", count: 10_000))</a>",
            // An entity that holds markup, and one that holds itself.
            "<!DOCTYPE a [<!ENTITY x '<b>y</b>'>]><a>&x;</a>",
            "<!DOCTYPE a [<!ENTITY x '&x;'>]><a>&x;</a>",
            // An external subset makes undefined entities no error to libxml2.
            "<!DOCTYPE a SYSTEM 'http://localhost:1/x.dtd'><a>&x;</a>",
            "<!DOCTYPE a SYSTEM 'http://localhost:1/x.dtd'><a k='&x;'/>",
            "<!DOCTYPE a [<!ENTITY % p '<!ENTITY x \"y\">'>%p;]><a>&x;</a>",
        ])
    func entities(document: String) throws {
        let error = try failure(document)
        #expect(error.kind == .undefinedEntity)
        #expect(error.line == 1)
        #expect(error.column > 1)
    }

    @Test("an external subset is never asked for, and the document behind it is read")
    func externalSubset() throws {
        let document = "<!DOCTYPE a PUBLIC '-//X//EN' 'http://localhost:1/x.dtd'><a><b>x</b></a>"
        #expect(try XMLReader.records(in: Array(document.utf8), wanted)[0].text("b") == "x")
    }

    @Test("inclusions and style sheets are elements and instructions like any other")
    func inclusion() throws {
        let document =
            "<?xml-stylesheet href='http://localhost:1/x.xsl'?><a xmlns:xi='http://www.w3.org/2001/XInclude'>"
            + "<xi:include href='file:///etc/hostname' parse='text'/><b>x</b></a>"
        let record = try XMLReader.records(in: Array(document.utf8), XMLSelection(each: "a", taking: ["*"]))[0]
        #expect(record.children.map(\.name) == ["include", "b"])
        #expect(record.children.map(\.text) == ["", "x"])
    }

    @Test("attributes that a document declares with a value are refused")
    func defaults() throws {
        #expect(
            try failure("<!DOCTYPE a [<!ATTLIST a k CDATA 'v'>]><a/>").reason
                == "the document declares attributes of its own, which is not read")
    }

    @Test(
        "a document of another outermost element is refused: it would be taken for an empty one",
        arguments: [
            ("<z/>", "the outermost element is 'z', not 'a'"),
            ("<z><a/></z>", "the outermost element is 'z', not 'a'"),
            ("<!DOCTYPE html>\n<html><body>Sorry</body></html>", "the outermost element is 'html', not 'a'"),
            ("<A/>", "the outermost element is 'A', not 'a'"), ("<ab/>", "the outermost element is 'ab', not 'a'"),
        ])
    func otherDocument(document: String, reason: String) throws {
        let error = try failure(document)
        #expect(error.kind == .otherDocument)
        #expect(error.reason == reason)
    }

    @Test("the outermost element may have a prefix where name spaces are known, and must have none where they are not")
    func prefixedRoot() throws {
        let document = Array("<p:a xmlns:p='urn:p'><b>x</b></p:a>".utf8)
        #expect(try XMLReader.records(in: document, wanted)[0].text("b") == "x")
        var options = XMLOptions()
        options.ignoresPrefixedElements = true
        let error = try failure(String(decoding: document, as: UTF8.self), options)
        #expect(error.reason == "the outermost element has a prefix")
        let other = #expect(throws: XMLReadError.self) {
            try XMLReader.records(in: document, XMLSelection(each: "{urn:q}a/b"))
        }
        #expect(other?.reason == "the outermost element is 'a', not '{urn:q}a'")
    }

    @Test("a document deeper than allowed is refused at once, wanted or not", arguments: ["a", "z"])
    func depth(name: String) throws {
        let error = try failure("<a>" + String(repeating: "<\(name)>", count: 1_000))
        #expect(error.kind == .tooLarge)
        #expect(error.column < 257 * 3 + 10)
    }

    @Test(
        "markup without an end is refused in bounded memory",
        arguments: ["<a k='", "<a><!--", "<a><?p ", "<", "<a k=\"&amp;", "<!DOCTYPE a [<!ENTITY x '"])
    func markup(start: String) throws {
        let reader = XMLReader(wanted)
        let padding = [UInt8](repeating: 0x78, count: 64 << 10)
        let error = try #require(throws: XMLReadError.self) {
            _ = try reader.read(Array(start.utf8))
            for _ in 0..<100 { _ = try reader.read(padding) }
        }
        #expect(error.kind == .tooLarge)
    }

    @Test("an attribute of 100 MB is refused before a MiB of it was taken", arguments: ["<a k='", "<a><z k='"])
    func largeAttribute(start: String) throws {
        let reader = XMLReader(wanted)
        let padding = [UInt8](repeating: 0x78, count: 64 << 10)
        var taken = 0
        let error = try #require(throws: XMLReadError.self) {
            _ = try reader.read(Array(start.utf8))
            while taken < 100 << 20 {
                taken += padding.count
                _ = try reader.read(padding)
            }
        }
        #expect(error.reason == "a tag, a comment or the like is larger than 262144 bytes")
        #expect(error.line == 1)
        #expect(taken <= 1 << 20)
    }

    @Test("an element with thousands of attributes is refused")
    func attributes() throws {
        let attributes = (0..<5_000).map { " k\($0)=''" }.joined()
        #expect(try failure("<a\(attributes)/>").reason == "an element has more than 256 attributes")
    }

    @Test("a record that grows beyond its limit is refused, by text or by elements")
    func recordSize() throws {
        let text = String(repeating: "x", count: 5 << 20)
        #expect(try failure("<a><b>\(text)</b></a>").reason == "a record is larger than 4194304 bytes")
        let elements = String(repeating: "<b/>", count: 70_000)
        #expect(try failure("<a>\(elements)</a>").kind == .tooLarge)
        // What is not wanted is not kept.
        #expect(try XMLReader.records(in: Array("<a><c>\(text)</c></a>".utf8), wanted).count == 1)
    }

    @Test("nothing more is read after an error")
    func after() throws {
        let reader = XMLReader(wanted)
        #expect(throws: XMLReadError.self) { try reader.read(Array("<a></b>".utf8)) }
        #expect(throws: XMLReadError.self) { try reader.read(Array("<a/>".utf8)) }
    }
}
