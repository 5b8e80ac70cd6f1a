import HackageMiner
import MinerHarness
import MinerTestKit
import PackageMining
import Testing

/// What the registry does not say aloud: a test each.
@Suite("Hackage, in detail")
struct HackageMinerTests {
    private static let url = "https://hackage.test/01-index.tar.gz"
    private let session = StubSession(chunkSize: 700)
    private let miner = HackageMiner(indexURL: HackageMinerTests.url)

    private func serve(_ files: [(path: String, text: String)]) {
        var archive = TarWriter()
        for file in files { archive.addFile(file.path, Array(file.text.utf8)) }
        archive.end()
        session.set(Self.url, gzip(archive.bytes))
    }

    private func cabal(_ package: String, _ version: String, _ homepage: String) -> (path: String, text: String) {
        ("\(package)/\(version)/\(package).cabal", "name: \(package)\nhomepage: \(homepage)\n")
    }

    @Test("Of a path that comes twice the last one counts, and of the versions the newest, in whatever order")
    func newest() async throws {
        serve([
            cabal("b", "1.10", "https://ten.test/"), cabal("a", "1.0.0", "https://longer.test/"),
            cabal("b", "1.9", "https://backport.test/"), cabal("a", "1.0", "https://shorter.test/"),
            cabal("b", "1.10", "https://revised.test/"), cabal("b", "1.9", "https://backport-revised.test/"),
        ])
        #expect(
            try await MinedFolder().run(miner, through: session) == [
                "1 b https://revised.test/ nan", "2 a https://longer.test/ nan",
            ])
    }

    @Test("Package IDs follow the first version of each package, and stay when the index is made anew without one")
    func order() async throws {
        let folder = try MinedFolder()
        serve([cabal("z", "1", "z"), cabal("m", "1", "m"), cabal("z", "2", "z"), cabal("a", "1", "a")])
        #expect(try await folder.run(miner, through: session) == ["1 z z nan", "2 m m nan", "3 a a nan"])
        serve([cabal("m", "1", "m"), cabal("z", "2", "z2"), cabal("b", "1", "b"), cabal("B", "1", "B")])
        #expect(
            try await folder.run(miner, through: session) == ["1 z z2 nan", "2 m m nan", "4 b b nan", "5 B B nan"])
    }

    @Test("A version that was deleted gives way to the one before it")
    func deletedVersion() async throws {
        let folder = try MinedFolder()
        serve([cabal("a", "1", "one"), cabal("a", "2", "two")])
        #expect(try await folder.run(miner, through: session) == ["1 a two nan"])
        serve([cabal("a", "1", "one")])
        #expect(try await folder.run(miner, through: session) == ["1 a one nan"])
    }

    @Test("What is no .cabal file is passed over, and a .cabal file in the wrong place is named")
    func places() async throws {
        serve([
            ("a/preferred-versions", "a <2"), ("a/1/package.json", "{}"), cabal("a", "1", "https://a.test/"),
            ("a/2/b.cabal", "homepage: https://b.test/"), ("c/c.cabal", ""), ("d/1/x/d.cabal", ""),
            ("/1/.cabal", ""), ("e/one/e.cabal", ""), ("deprecated/preferred-versions", ""),
        ])
        let run = StoredRun(miner)
        try await run.list(through: session)
        #expect(try await run.newest.map(\.release.homepage) == ["https://a.test/"])
        let wrong = ["/1/.cabal", "a/2/b.cabal", "c/c.cabal", "d/1/x/d.cabal", "e/one/e.cabal"]
        let reason = "it is not PACKAGE/VERSION/PACKAGE.cabal"
        #expect(
            try await run.problems == wrong.map { Problem(.unreadable, at: "\(Self.url), \($0)", reason) })
    }

    @Test(
        "Values are found wherever Cabal's layout has them",
        arguments: [
            ("homepage: https://a.test/", "https://a.test/ nan"),
            ("HomePage :  https://a.test/  \t", "https://a.test/ nan"),
            ("homepage:\n  https://a.test/", "https://a.test/ nan"),
            ("homepage:\n\n  -- https://no.test/\n\thttps://a.test/\r\nname: a", "https://a.test/ nan"),
            ("homepage: https://no.test/\nhomepage: https://a.test/", "https://a.test/ nan"),
            ("homepage: https://no.test/\nhomepage:", "nan nan"),
            ("-- homepage: https://no.test/\nname: a", "nan nan"),
            ("description:\n  homepage: https://no.test/\nname: a", "nan nan"),
            ("homepage: { https://a.test/ }", "https://a.test/ nan"),
            ("homepage:\n{\n  https://a.test/\n}", "https://a.test/ nan"),
            ("\u{FEFF}name: a\nhomepage: github", "github nan"),
            ("library\n  homepage: https://no.test/", "nan nan"),
            ("library\n  x: y\nhomepage: https://no.test/", "nan nan"),
            ("name: a\nexecutable: x\nhomepage: https://no.test/", "nan nan"),
            ("  name: a\nhomepage: https://a.test/\n", "https://a.test/ nan"),
            ("source-repository head\n  location: git://a.test/", "nan git://a.test/"),
            ("Source-Repository HEAD\n\tType: darcs\n\tLocation:\n\t\thttp://a.test/", "nan http://a.test/"),
            ("source-repository head {\n type: git\n location: git@a.test:u/r }\nlibrary {", "nan git@a.test:u/r"),
            ("source-repository head\n{\nlocation: git://a.test/\n}", "nan git://a.test/"),
            ("source-repository head { type: git }\nsource-repository head { location: a }", "nan a"),
            ("source-repository this\n location: a\nsource-repository head\n location: b", "nan b"),
            ("source-repository this\n location: a\nsource-repository head\n type: git", "nan a"),
            ("source-repository head\n location: a\nsource-repository head\n location: b", "nan a"),
            ("source-repository head\n location: \"a\"", "nan a"),
            ("source-repository other\n location: a", "nan nan"),
            ("library\n if os(x) {\n  source-repository head\n   location: a\n }", "nan nan"),
            ("flag f { default: True }\nsource-repository head -- x\n  location: a -- b", "nan a -- b"),
            ("flag f {\n a: { b }\n} source-repository head { location: a }", "nan a"),
            ("source-repository head {\n location: a", "nan a"),
            ("}\n{\n:\n}}", "nan nan"),
            ("", "nan nan"),
        ])
    func layout(text: String, links: String) async throws {
        serve([("a/1/a.cabal", text)])
        #expect(try await MinedFolder().run(miner, through: session) == ["1 a \(links)"])
    }

    @Test("Bytes that are no UTF-8 are replaced, and cost nothing else")
    func latin1() async throws {
        var archive = TarWriter()
        archive.addFile("a/1/a.cabal", Array("author: Andr".utf8) + [0xE9] + Array("\nhomepage: https://a.test/".utf8))
        archive.end()
        session.set(Self.url, archive.bytes)
        #expect(try await MinedFolder().run(miner, through: session) == ["1 a https://a.test/ nan"])
    }

    @Test("An index that is cut is refused, in the packing and in the archive, and the list stays")
    func cut() async throws {
        let folder = try MinedFolder()
        serve([cabal("a", "1", "a"), cabal("b", "1", "b")])
        let whole = session.answer(at: Self.url)
        #expect(try await folder.run(miner, through: session).count == 2)
        var open = TarWriter()
        open.addFile("a/1/a.cabal", [])
        for cut in [Array(whole.dropLast(4)), Array(whole.prefix(whole.count / 2)), gzip(open.bytes), open.bytes, []] {
            session.set(Self.url, cut)
            let error = try await #require(throws: WireError.self) { _ = try await folder.run(miner, through: session) }
            #expect(error.category == .malformed && error.url == Self.url)
        }
        #expect(try folder.text("Hackage.csv").split(separator: "\n").count == 3)
    }

    @Test("An archive without a single file, as one of zeros alone, is no index, though it ends as archives do")
    func zeros() async throws {
        for zeros in [1_024, 1 << 20] {
            session.set(Self.url, gzip([UInt8](repeating: 0, count: zeros)))
            let error = try await #require(throws: WireError.self) { try await StoredRun(miner).list(through: session) }
            #expect(error.reason == "the file cannot be read: its end: the index is empty")
        }
    }

    @Test("An index that is as it was is not read again")
    func update() async throws {
        serve([cabal("a", "1", "a")])
        session.set(Self.url, session.answer(at: Self.url), headers: [Header("ETag", "\"1\"")])
        let folder = try MinedFolder()
        for _ in 1...2 { #expect(try await folder.run(miner, through: session) == ["1 a a nan"]) }
        #expect(session.known.map(\.etag) == ["\"1\""])
    }
}
