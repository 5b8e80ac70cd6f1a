import MinerHarness
import RecordReaders
import RegistryJSON
import Testing

@Suite("Elements of large JSON documents")
struct JSONElementsTests {
    /// What is read of a document, in words.
    private func read(_ text: String, by size: Int, _ reader: JSONElements) throws -> [String] {
        try reader.records(of: Array(text.utf8), by: size).map(\.shown)
    }

    @Test("the rows of a list come one by one, and what stands around them is kept", arguments: pieceSizes)
    func rows(size: Int) throws {
        let text = #"""
            {"total_rows" : 2, "meta": {"_last-serial": 24888689, "api": ["1.4"]}, "rows" :
            [ {"id":"a","key":"]},\"\\"} , {"id":"é\u00e9"} ] , "update_seq":"9-x" }
            """#
        var reader = JSONElements(of: ["/rows"], keeping: ["/update_seq", "/total_rows", "/meta", "/absent"])
        #expect(
            try reader.read(Array(text.utf8), by: size).map(\.shown) == [
                #"/rows 0: {"id":"a","key":"]},\"\\"}"#, #"/rows 1: {"id":"éé"}"#,
            ])
        #expect(
            reader.kept.mapValues(\.json).sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" } == [
                #"/meta {"_last-serial":24888689,"api":["1.4"]}"#, "/total_rows 2", #"/update_seq "9-x""#,
            ])
    }

    @Test(
        "a document that is whole in memory gives the same, also where something in it cannot be read",
        arguments: [
            #"{"rows":[{"id":"a"},{"id":01},{"id":"b"}],"n":2}"#, #"{"n":{"rows":[1]},"rows":{"a":1,"a":2}}"#,
            #"{"rows":[],"rows":[1]}"#, #"{"rows":[1],"n":1,"n":2}"#, #"{"rows":7}"#, #"{"n":1}"#, #"{"rows":[1]"#,
            "[]", "",
        ])
    func whole(text: String) throws {
        var reader = JSONElements(of: ["/rows"], keeping: ["/n"])
        let streamed = Result { try reader.read(Array(text.utf8), by: 5).map(\.shown) }
        let whole = Result { try JSONElements.read(Array(text.utf8), of: "/rows", keeping: ["/n"]) }
        #expect((try? whole.get().elements.map(\.shown)) == (try? streamed.get()))
        guard case .success(let read) = whole else { return }
        #expect(read.kept.mapValues(\.json) == reader.kept.mapValues(\.json))
    }

    @Test("an optional container that is there and empty can be told from one that is not there")
    func met() throws {
        var reader = JSONElements(of: [], optional: ["/a", "/b"])
        #expect(try reader.read(Array(#"{"a":[],"c":{}}"#.utf8), by: 100).isEmpty)
        #expect(reader.hasMet("/a") && !reader.hasMet("/b") && !reader.hasMet("/c"))
    }

    @Test("a document may be an array of objects, of texts or of anything", arguments: pieceSizes)
    func root(size: Int) throws {
        #expect(
            try read(#" [{"name":"a"},{"name":"b"}]"# + "\n", by: size, JSONElements(of: [""])) == [
                #" 0: {"name":"a"}"#, #" 1: {"name":"b"}"#,
            ])
        #expect(
            try read(#"["a", 1 ,true,null,-0.5,[],{}]"#, by: size, JSONElements(of: [""])) == [
                #" 0: "a""#, " 1: 1", " 2: true", " 3: null", " 4: -0.5", " 5: []", " 6: {}",
            ])
        #expect(try read(" [ ] ", by: size, JSONElements(of: [""])) == [])
        #expect(try read("{}", by: size, JSONElements(of: [""])) == [])
    }

    @Test(
        "the members of an object come in its order, with their keys, those that are there twice too",
        arguments: pieceSizes)
    func members(size: Int) throws {
        let text = #"{"z/1":{"url":"u"},"a\u0062" :[],"":1,"z/1":null}"#
        #expect(
            try read(text, by: size, JSONElements(of: [""])) == [
                #" 0 'z/1': {"url":"u"}"#, " 1 'ab': []", " 2 '': 1", " 3 'z/1': null",
            ])
    }

    @Test("several containers of one document are read, of which some may lack", arguments: pieceSizes)
    func several(size: Int) throws {
        let reader = JSONElements(of: ["/packages"], optional: ["/packages.conda", "/v3/whl"])
        let packages = #"{"info":{"subdir":"noarch"},"packages":{"a-1.tar.bz2":{"name":"a"}}"#
        #expect(try read(packages + "}", by: size, reader) == [#"/packages 0 'a-1.tar.bz2': {"name":"a"}"#])
        let more = #","removed":["x"],"packages.conda":{"b-1.conda":{"name":"b"}},"v3":{"y":[1],"whl":["w"]},"n":1}"#
        #expect(
            try read(packages + more, by: size, reader) == [
                #"/packages 0 'a-1.tar.bz2': {"name":"a"}"#, #"/packages.conda 0 'b-1.conda': {"name":"b"}"#,
                #"/v3/whl 0: "w""#,
            ])
    }

    @Test("a key with a slash or a tilde is a place like others", arguments: [1, 100])
    func escapedPointer(size: Int) throws {
        #expect(try read(#"{"a/b~":{"c":[1]}}"#, by: size, JSONElements(of: ["/a~1b~0/c"])) == ["/a~1b~0/c 0: 1"])
    }

    @Test("where arrays are wanted, an object is refused, an empty one as well", arguments: ["{}", #"{"a":1}"#])
    func arraysOnly(text: String) throws {
        let reader = JSONElements(of: [""], ofArrays: true)
        #expect(throws: RecordError(at: "''", "it is an object, and no array")) {
            try read(text, by: 1, reader)
        }
        #expect(try read("[{}]", by: 1, reader) == [" 0: {}"])
    }

    private static let refused: [(text: String, error: RecordError)] = [
        ("", RecordError(at: "byte 0", "the document is cut off")),
        (" 1", RecordError(at: "byte 1", "the document is no array and no object")),
        ("\u{FEFF}{}", RecordError(at: "byte 0", "the document is no array and no object")),
        ("{}", RecordError(at: "'/r'", "the document has no such array or object")),
        ("[1]", RecordError(at: "'/r'", "the document has no such array or object")),
        (#"{"x":{"r":[1]}}"#, RecordError(at: "'/r'", "the document has no such array or object")),
        (#"{"r":null}"#, RecordError(at: "'/r'", "it is no array and no object")),
        (#"{"r":"x"}"#, RecordError(at: "'/r'", "it is no array and no object")),
        (#"{"r":[],"r":[]}"#, RecordError(at: "'/r'", "it is there twice")),
        (#"{"n":1,"n":2,"r":[]}"#, RecordError(at: "'/n'", "it is there twice")),
        (#"{"r":[]}x"#, RecordError(at: "byte 8", "something stands behind the document's end")),
        (#"{"r":[]}{"#, RecordError(at: "byte 8", "something stands behind the document's end")),
        (#"{"r":[],}"#, RecordError(at: "byte 8", "no key stands where one should")),
        (#"{,"r":[]}"#, RecordError(at: "byte 1", "no key stands where one should")),
        (#"{"r" []}"#, RecordError(at: "byte 5", "no colon stands behind a key")),
        (#"{"r":[] "n":1}"#, RecordError(at: "byte 8", "no comma stands behind a value")),
        (#"{"r":[1}"#, RecordError(at: "byte 6", "a bracket is closed by one of another kind")),
        (#"{"n":1]"#, RecordError(at: "byte 6", "no comma stands behind a value")),
        (#"{"n":,"r":[]}"#, RecordError(at: "byte 5", "Empty: no JSON found")),
        (#"{"\ud800":1,"r":[]}"#, RecordError(at: "byte 1", "Problem while parsing a string")),
        (#"{"n":tru,"r":[]}"#, RecordError(at: "byte 5", "Problem while parsing an atom starting with the letter 't'")),
        (#"{"x":[1,[}],2],"r":[]}"#, RecordError(at: "byte 6", "something in '/x' is no JSON")),
        (#"{"x":{"a" 1},"r":[]}"#, RecordError(at: "byte 6", "something in '/x' is no JSON")),
    ]

    @Test("a document that is not the one asked for is refused, and the error says where", arguments: refused)
    func refuses(text: String, error: RecordError) {
        let reader = JSONElements(of: ["/r"], keeping: ["/n"])
        #expect(throws: error) { try read(text, by: 1_000, reader) }
        for size in pieceSizes {
            #expect(throws: RecordError.self) { try read(text, by: size, reader) }
        }
    }

    @Test("a document that is cut off anywhere is refused")
    func cut() throws {
        let text = Array(#"{"n":1,"x":{"y":"é"},"r":[{"a":"\u00e9"},[2],"é"],"m":"x"}"#.utf8)
        let reader = JSONElements(of: ["/r"], keeping: ["/n", "/m"])
        #expect(try reader.records(of: text, by: 5).count == 3)
        for length in text.indices {
            #expect(throws: RecordError.self) { try reader.records(of: Array(text.prefix(length)), by: 5) }
        }
    }

    @Test(
        "an element that cannot be read is named, and the others stand",
        arguments: [
            "01", "tru", #""\x""#, #""\ud800""#, "[}", "{\"b\"}", "\"\u{1}\"", "", "12345678901234567890123", "1 2",
            "[" + String(repeating: "[", count: 1_023) + String(repeating: "]", count: 1_024),
        ])
    func lossy(element: String) throws {
        for size in [1, 7, 100_000] {
            #expect(
                try read("[1,\(element), 3]", by: size, JSONElements(of: [""])) == [" 0: 1", " 1: unreadable", " 2: 3"])
            #expect(
                try read("[1,\(element)]", by: size, JSONElements(of: [""])) == [" 0: 1", " 1: unreadable"])
            #expect(
                try read(#"{"a":1,"é":\#(element),"c":3}"#, by: size, JSONElements(of: [""])) == [
                    " 0 'a': 1", " 1 'é': unreadable", " 2 'c': 3",
                ])
        }
    }

    @Test("bytes that are not UTF-8 spoil their own element alone", arguments: pieceSizes)
    func notUTF8(size: Int) throws {
        let bytes = Array("[\"a\",\"".utf8) + [0xC3] + Array("\",\"c\"]".utf8)
        #expect(
            try JSONElements(of: [""]).records(of: bytes, by: size).map(\.shown) == [
                " 0: \"a\"", " 1: unreadable", " 2: \"c\"",
            ])
    }

    @Test("an element may be nested 1,023 deep, and what is passed over as well")
    func depth() throws {
        let deepest = String(repeating: "[", count: 1_023) + String(repeating: "]", count: 1_023)
        #expect(
            try read(#"{"x":[\#(deepest)],"r":[\#(deepest)]}"#, by: 100, JSONElements(of: ["/r"])) == [
                "/r 0: \(deepest)"
            ])
        #expect(throws: RecordError.self) {
            try read(#"{"x":[[\#(deepest)]],"r":[]}"#, by: 100, JSONElements(of: ["/r"]))
        }
    }

    @Test("an element may be as large as the limit and no larger, wanted or passed over", arguments: pieceSizes)
    func limit(size: Int) throws {
        let reader = JSONElements(of: ["/r"], limit: 5)
        #expect(try read(#"{"r":["abc"],"x":["abc"],"y":12345}"#, by: size, reader) == [#"/r 0: "abc""#])
        for text in [
            #"{"r":["abcd"]}"#, #"{"r":["abcde"#, #"{"x":["abcd"],"r":[]}"#, #"{"y":123456,"r":[]}"#, #"{"r":[      "#,
        ] {
            let error = #expect(throws: RecordError.self) { try read(text, by: size, reader) }
            #expect(error?.reason == "an element is larger than 5 bytes")
        }
    }

    @Test("a key on the way has a limit of its own")
    func longKey() {
        let error = #expect(throws: RecordError.self) {
            try read("{\"" + String(repeating: "k", count: 70_000), by: 1_000, JSONElements(of: ["/r"]))
        }
        #expect(error == RecordError(at: "byte 1", "a key is longer than 65536 bytes"))
    }

    @Test("a value that is held stays what it is while others are read")
    func outlives() throws {
        let names = (0..<5_000).map { "name-\($0)" }
        let text = "[" + names.map { "\"\($0)\"" }.joined(separator: ",") + "]"
        let elements = try JSONElements(of: [""]).records(of: Array(text.utf8), by: 700)
        #expect(try elements.map { try $0.value.get().text } == names)
        #expect(elements.map(\.index) == Array(names.indices))
    }

    @Test("of a large document no more is held than what has arrived and the element that has begun")
    func bounded() throws {
        var reader = JSONElements(of: ["/projects"], keeping: ["/meta"])
        var most = 0
        var count = 0
        func take(_ text: String) throws {
            reader.feed(Array(text.utf8))
            while let element = try reader.next() {
                count += try element.value.get()["/name"]?.text == "name-\(count)" ? 1 : 0
            }
            most = max(most, reader.held)
        }
        try take(#"{"meta":{"_last-serial":7},"projects":["#)
        for index in 0..<60_000 {
            try take((index == 0 ? "" : ",") + #"{"_last-serial":\#(index),"name":"name-\#(index)"}"#)
        }
        try take("]}")
        #expect(try reader.finish() == nil)
        #expect(count == 60_000)
        #expect(most < 200)
        #expect(reader.kept["/meta"]?["/_last-serial"]?.integer == 7)
    }
}
