import MinerHarness
import RecordReaders
import Testing

@Suite("deb822 stanzas")
struct StanzaReaderTests {
    private func stanzas(
        _ text: String, taking fields: [String]? = nil, by size: Int = 5, limit: Int = 1_000
    ) throws -> [[String]] {
        try StanzaReader(taking: fields, limit: limit).records(of: Array(text.utf8), by: size).map { stanza in
            stanza.fields.map { "\($0.name): \($0.lines)" }
        }
    }

    private static let file = """
        # A comment

        Package: 0ad
        HOMEPAGE:https://play0ad.com/  \t
        Package-List: 
         0ad deb games optional
        # a comment inside
        \t two  deb \r
         .
         # no comment
        \("  ")

        Package:b
        """

    @Test("stanzas are the same in whatever pieces they arrive", arguments: pieceSizes)
    func pieces(size: Int) throws {
        #expect(
            try stanzas(Self.file + "\n", by: size) == [
                [
                    #"Package: ["0ad"]"#, #"HOMEPAGE: ["https://play0ad.com/"]"#,
                    ##"Package-List: ["", "0ad deb games optional", " two  deb", ".", "# no comment"]"##,
                ], [#"Package: ["b"]"#],
            ])
        #expect(
            try stanzas(Self.file + "\n\n\n", taking: ["homePage"], by: size) == [
                [#"HOMEPAGE: ["https://play0ad.com/"]"#], [],
            ])
    }

    @Test("a field is found in any case, as one line or line by line")
    func fields() throws {
        let stanza = try StanzaReader.records(of: Array((Self.file + "\n").utf8), by: StanzaReader())[0]
        #expect(stanza["homepage"] == "https://play0ad.com/")
        #expect(stanza["PACKAGE-LIST"] == "0ad deb games optional two  deb . # no comment")
        #expect(stanza["Vcs-Git"] == nil && stanza.lines(of: "vcs-git") == nil)
        #expect(stanza.lines(of: "package") == ["0ad"])
    }

    @Test("a file of nothing but blank lines and comments has none")
    func nothing() throws {
        #expect(try stanzas("") == [])
        #expect(try stanzas("\n\n# a: b\n \n") == [])
    }

    @Test(
        "what is no stanza is refused",
        arguments: [
            ("Package: a", "line 1: it is cut off: it has no line feed"),
            ("Package: a\n b\nno field\n", "line 3: it is no field"),
            (": a\n", "line 1: it is no field"),
            ("A b: c\n", "line 1: it is no field"),
            ("é: c\n", "line 1: it is no field"),
            ("-----BEGIN: a\n", "line 1: it is no field"),
            (" a: b\n", "line 1: it goes on with a field, and there is none"),
            ("A: b\n\n c\n", "line 3: it goes on with a field, and there is none"),
            ("Package: a\npackage: b\n", "line 2: the stanza has package twice"),
        ], [1, 1_000])
    func refusals(sample: (text: String, reason: String), size: Int) {
        for fields in [nil, ["Homepage"]] {
            let error = #expect(throws: RecordError.self) { try stanzas(sample.text, taking: fields, by: size) }
            #expect(error?.description == sample.reason)
        }
    }

    @Test("a stanza may be as large as the limit and no larger", arguments: [1, 1_000])
    func limit(size: Int) throws {
        #expect(try stanzas("A: b\n c\n\nA: b\n c\n", by: size, limit: 6).count == 2)
        #expect(throws: RecordError(at: "line 2", "the stanza is larger than 6 bytes")) {
            try stanzas("A: b\n cd\n", by: size, limit: 6)
        }
    }
}
