import CRANMiner
import MinerHarness
import MinerTestKit
import PackageMining
import Testing

/// What the registry does not say aloud: a test each.
@Suite("CRAN, in detail")
struct CRANMinerTests {
    private static let url = "https://cran.test/web/packages/packages.rds"
    private let session = StubSession(chunkSize: 100)
    private let miner = CRANMiner(mirrorURL: "https://cran.test/")

    private typealias Column = (name: String, texts: [String?])

    private func serve(_ columns: [Column], as form: RDSWriter.Form = .matrix, version: Int32 = 3) {
        let table = columns.map { (name: $0.name, texts: $0.texts.map { $0.map { Array($0.utf8) } }) }
        session.set(Self.url, gzip(RDSWriter(table, as: form, version: version).bytes))
    }

    @Test(
        "A matrix and a data frame are one list, in both versions of R's format", arguments: RDSWriter.Form.allCases,
        [2, 3])
    func forms(form: RDSWriter.Form, version: Int32) async throws {
        serve(
            [
                ("Version", ["1", "2", "3"]), ("Package", ["zoo", "A3", "abind"]), ("MD5sum", ["0", "0", nil]),
                ("URL", ["https://zoo.test/", nil, "https://é.test/"]), ("MD5sum", [nil, nil, nil]),
            ], as: form, version: version)
        #expect(
            try await MinedFolder().run(miner, through: session) == [
                "1 A3 nan nan", "2 abind https://é.test/ nan", "3 zoo https://zoo.test/ nan",
            ])
    }

    @Test(
        "The homepage is the first address of URL, and never a tracker or a second one",
        arguments: [
            ("https://a.test/, https://github.com/u/r", "https://a.test/"),
            ("https://a.test/ (docs)\nhttps://github.com/u/r (devel)", "https://a.test/"),
            ("\n  https://a.test/,\n https://b.test/", "https://a.test/"), ("<https://a.test/>", "https://a.test/"),
            (" \n\t", "nan"), ("", "nan"), (",", "nan"), ("NA", "NA"), (nil, "nan"),
        ])
    func homepage(url: String?, homepage: String) async throws {
        serve([("Package", ["a"]), ("URL", [url]), ("BugReports", ["https://github.com/u/r/issues"])])
        #expect(try await MinedFolder().run(miner, through: session) == ["1 a \(homepage) nan"])
    }

    @Test("A package that comes twice is one, as its first row tells of it, and a column that comes twice is the first")
    func repeated() async throws {
        serve([
            ("URL", ["https://1.test/", "https://2.test/", "https://3.test/"]), ("Package", ["boot", "Boot", "boot"]),
            ("URL", [nil, nil, nil]), ("Package", ["x", "y", "z"]),
        ])
        #expect(
            try await MinedFolder().run(miner, through: session) == [
                "1 Boot https://2.test/ nan", "2 boot https://1.test/ nan",
            ])
    }

    @Test("A package is named NA where R says so in a text, and has no name where R has NA")
    func missing() async throws {
        serve([("Package", ["NA", nil, ""]), ("URL", ["https://1.test/", "https://2.test/", nil])])
        let run = StoredRun(miner)
        try await run.list(through: session)
        #expect(try await run.newest.map(\.name) == ["NA"])
        let reason = "a package without a name, or its name or URL is no UTF-8"
        #expect(
            try await run.problems == [
                Problem(.unreadable, at: "\(Self.url), '' of ''", reason),
                Problem(.unreadable, at: "\(Self.url), '' of 'https://2.test/'", reason),
            ])
    }

    @Test("Texts that are no UTF-8 are named: a name is not listed as another, and an address not at all")
    func noUTF8() async throws {
        let names: [[UInt8]] = [Array("a".utf8), [0x62, 0xFF], Array("c".utf8)]
        let urls: [[UInt8]?] = [Array("https://a.test/".utf8) + [0xFE], Array("https://b.test/".utf8), nil]
        session.set(Self.url, RDSWriter([("Package", names), ("URL", urls)]).bytes)
        let folder = try MinedFolder()
        #expect(try await folder.run(miner, through: session) == ["1 a nan nan", "2 c nan nan"])
        #expect(try folder.problems(of: miner)?.split(separator: "\n").count == 2)
    }

    @Test(
        "What R holds otherwise is read or passed: sequences, texts of numbers, factors, references, Latin-1",
        arguments: [2, 3])
    func oddities(version: Int) async throws {
        session.set(Self.url, try Places.fixture("cran/oddities/frame.v\(version).rds"))
        #expect(
            try await MinedFolder().run(miner, through: session) == [
                "1 Bbb nan nan", "2 aaa https://a.test/café nan", "3 ccc https://c.test/é nan",
            ])
    }

    @Test("A file that is cut anywhere is refused, packed and unpacked, and one with more behind it too")
    func cut() async throws {
        let packed = try Places.fixture("cran/oddities/frame.v3.rds")
        for count in stride(from: 0, to: packed.count, by: 7) { try await refuses(Array(packed.prefix(count))) }
        let bytes = RDSWriter([("Package", [Array("a".utf8)]), ("URL", [nil])]).bytes
        for count in 0..<bytes.count { try await refuses(Array(bytes.prefix(count))) }
        try await refuses(bytes + [0], "something stands behind the table")
        session.set(Self.url, bytes)
        #expect(try await MinedFolder().run(miner, through: session) == ["1 a nan nan"])
    }

    private func refuses(_ body: [UInt8], _ reason: String = "") async throws {
        session.set(Self.url, body)
        let error = try await #require(throws: WireError.self) { try await StoredRun(miner).list(through: session) }
        #expect(error.category == .malformed && error.url == Self.url)
        #expect(reason.isEmpty || error.reason.hasSuffix(reason), "\(error.reason)")
    }

    /// A file of version 2 with these numbers of 32 bits behind its head.
    private func file(_ numbers: [UInt32]) -> [UInt8] {
        Array("X\n".utf8)
            + ([2, 0, 0] + numbers).flatMap { number in [24, 16, 8, 0].map { UInt8(number >> $0 & 0xFF) } }
    }

    @Test("What is no table of texts is refused by its name, and no length makes room for more than there is")
    func refused() async throws {
        try await refuses(
            Array("<html>".utf8), "of R's formats X is read, and not '<'")
        try await refuses(Places.fixture("cran/oddities/text.rds"), "of R's formats X is read, and not 'A'")
        try await refuses(Array("B\n".utf8), "of R's formats X is read, and not 'B'")
        try await refuses(
            Array("X\n".utf8) + [0, 0, 0, 4] + [UInt8](repeating: 0, count: 8),
            "its format version is neither 2 nor 3")
        try await refuses(file([3]), "R's type 3 is not read")
        try await refuses(file([0x10, 0x7FFF_FFFF]), "the file is cut off")
        try await refuses(file([0x10, 0xFFFF_FFFF, 0x7FFF_FFFF, 0xFFFF_FFFF]), "the file is cut off")
        try await refuses(file([0x10, 0xFFFF_FFFE]), "the file is cut off")
        try await refuses(file([0x10, 1, 0x10, 0]), "no text stands where one should")
        try await refuses(file([0xFF]), "the file is cut off")
        try await refuses(file([0x1FF]), "it points to no symbol")
        try await refuses(file([238, 2, 1, 0x40009, 0, 254, 254]), "R's class '' is not read")
        try await refuses(
            file([UInt32](repeating: 0x13, count: 1) + (0..<200).flatMap { _ in [1, 0x13] as [UInt32] }),
            "it is nested too deep")
        try await refuses(file([254]), "it has no column 'Package' of texts")
        try await refuses(file([0x0D, 1, 5]), "it has no column 'Package' of texts")
        try await refuses(RDSWriter([("Package", [[0x61]])]).bytes, "it has no column 'URL' of texts")
        try await refuses(RDSWriter([("URL", [[0x61]]), ("Package", [[0x61], [0x62]])]).bytes, "of texts")
        try await refuses(
            RDSWriter([("Package", [[0x61], [0x62]]), ("URL", [[0x61]])], as: .frame).bytes, "columns differ in length")
    }

    @Test("A file that is as it was is not read again, and a package that is gone is listed no more")
    func update() async throws {
        serve([("Package", ["b", "a"]), ("URL", [nil, nil])])
        session.set(Self.url, session.answer(at: Self.url), headers: [Header("ETag", "\"1\"")])
        let folder = try MinedFolder()
        for _ in 1...2 { #expect(try await folder.run(miner, through: session) == ["1 a nan nan", "2 b nan nan"]) }
        #expect(session.known.map(\.etag) == ["\"1\""])
        serve([("Package", ["c", "b"]), ("URL", [nil, "https://b.test/"])])
        #expect(try await folder.run(miner, through: session) == ["2 b https://b.test/ nan", "3 c nan nan"])
    }
}
