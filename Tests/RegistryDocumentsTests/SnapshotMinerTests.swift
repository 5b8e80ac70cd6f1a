import Foundation
import MinerHarness
import PackageMining
import RecordReaders
import RegistryDocuments
import Testing

@Suite("Lists that a registry publishes anew")
struct SnapshotMinerTests {
    private let session = StubSession(chunkSize: 5)
    private let one = LinesMiner(urls: ["http://x.test/list"])
    private let two = LinesMiner(urls: ["http://x.test/a", "http://x.test/b"])

    private func publish(_ lines: String..., at path: String = "list", tag: String? = nil) {
        let bytes = Array(lines.map { $0 + "\n" }.joined().utf8)
        session.set("http://x.test/\(path)", bytes, headers: tag.map { [Header("ETag", "\"\($0)\"")] } ?? [])
    }

    private var asked: [String] { session.requests.map { String($0.dropFirst("http://x.test/".count)) } }

    @Test("packages come in the order of their places, those of one place in that of their names, each once")
    func order() async throws {
        publish("3 zeta 1 http://z", "1 é 1 -", "3 beta 2 http://new", "3 beta 1 http://old", "2 zeta 0 http://old")
        #expect(
            try await MinedFolder().run(one, through: session)
                == ["1 é nan nan", "2 zeta http://z nan", "3 beta http://new nan"])
    }

    @Test("a key makes one package of several spellings, and the release that stays spells it")
    func keys() async throws {
        publish(
            "2 json.net=Json.NET 1 -", "1 json.net=Json.Net 2 -", "3 json.net=JSON.NET 0 -", "1 a 0 -",
            "4 json.net 0 -")
        #expect(try await MinedFolder().run(one, through: session) == ["1 Json.Net nan nan", "2 a nan nan"])
    }

    @Test("a list that is as it was is not read again, by its validators")
    func unchanged() async throws {
        let folder = try MinedFolder()
        publish("1 a 1 -", tag: "1")
        #expect(try await folder.run(one, through: session) == ["1 a nan nan"])
        #expect(try await folder.run(one, through: session) == ["1 a nan nan"])
        #expect(session.known.map(\.etag) == ["\"1\""])
        publish("1 a 1 -", "2 b 1 -", tag: "2")
        #expect(try await folder.run(one, through: session) == ["1 a nan nan", "2 b nan nan"])
        #expect(session.requests.count == 3)
    }

    @Test("of several files all are read where one has changed, whichever it is", arguments: ["a", "b"])
    func several(changed: String) async throws {
        let folder = try MinedFolder()
        for file in ["a", "b"] {
            publish("1 \(file) 1 http://\(file)", "1 shared 1 http://\(file)", at: file, tag: "1")
        }
        let rows = ["1 a http://a nan", "2 b http://b nan", "3 shared http://a nan"]
        #expect(try await folder.run(two, through: session) == rows)
        #expect(try await folder.run(two, through: session) == rows)
        #expect(asked == ["a", "b", "a", "b"])
        publish("1 \(changed) 1 http://new", "1 shared 1 http://\(changed)", at: changed, tag: "2")
        let new = rows.map { $0.replacing("http://\(changed) nan", with: "http://new nan") }
        #expect(try await folder.run(two, through: session) == new.dropLast() + ["3 shared http://a nan"])
        #expect(asked.dropFirst(4) == (changed == "a" ? ["a", "b"] : ["a", "b", "a", "b"]))
    }

    @Test("a file that belongs to the list no longer is news")
    func fewerFiles() async throws {
        let folder = try MinedFolder()
        for file in ["a", "b"] { publish("1 \(file) 1 -", at: file, tag: "1") }
        _ = try await folder.run(two, through: session)
        #expect(try await folder.run(LinesMiner(urls: ["http://x.test/a"]), through: session) == ["1 a nan nan"])
    }

    /// A miner of two files, of which the second one may be missing, and the first one may lie at two places.
    private var optional: LinesMiner {
        LinesMiner(urls: ["http://x.test/a", "http://x.test/b"], preferred: ["http://x.test/a.zst"], isOptional: true)
    }

    @Test("a file that may lie at several places is read where it lies, and known by what it has there")
    func places() async throws {
        let folder = try MinedFolder()
        publish("1 a 1 -", at: "a", tag: "1")
        publish("1 b 1 -", at: "b", tag: "1")
        for _ in 1...2 {
            #expect(try await folder.run(optional, through: session) == ["1 a nan nan", "2 b nan nan"])
        }
        #expect(asked == ["a.zst", "a", "b", "a.zst", "a", "b"])
        publish("1 c 1 -", at: "a.zst", tag: "1")
        for _ in 1...2 {
            #expect(try await folder.run(optional, through: session) == ["2 b nan nan", "3 c nan nan"])
        }
        #expect(asked.dropFirst(6) == ["a.zst", "b", "a.zst", "b"])
        #expect(session.known.count == 4)
    }

    @Test("a file that is told twice, and once no longer, is news")
    func told() async throws {
        let folder = try MinedFolder()
        publish("1 a 1 -", at: "a", tag: "1")
        let (twice, once) = (["http://x.test/a", "http://x.test/a"], ["http://x.test/a"])
        for urls in [twice, once, twice] {
            #expect(try await folder.run(LinesMiner(urls: urls), through: session) == ["1 a nan nan"])
        }
        #expect(asked.count == 5 && session.known.isEmpty)
    }

    @Test(
        "an optional file that is not there is none, and is news when it comes; when it goes, what it told stays until that is said to be meant"
    )
    func optionalFiles() async throws {
        let folder = try MinedFolder()
        publish("1 a 1 -", at: "a", tag: "1")
        for _ in 1...2 { #expect(try await folder.run(optional, through: session) == ["1 a nan nan"]) }
        #expect(try folder.problems(of: optional) == "gap,http://x.test/b,it is not there")
        publish("1 b 1 -", at: "b", tag: "1")
        for _ in 1...2 { #expect(try await folder.run(optional, through: session) == ["1 a nan nan", "2 b nan nan"]) }
        #expect(try folder.problems(of: optional) == nil)
        session.set("http://x.test/b", [], status: 404)
        for _ in 1...2 { #expect(try await folder.run(optional, through: session) == ["1 a nan nan", "2 b nan nan"]) }
        let stays = "it was there before: what is not told stays until --accept-shrinking says that it is meant"
        #expect(try folder.problems(of: optional) == "gap,http://x.test/b,status 404; \(stays)")
        #expect(try await folder.run(optional, through: session, acceptsShrinking: true) == ["1 a nan nan"])
        #expect(try folder.problems(of: optional) == "gap,http://x.test/b,it is not there")
        await #expect(throws: WireError.self) { _ = try await folder.run(two, through: session) }
    }

    @Test("an older list than the last is an error, told at once, and the last one stays")
    func older() async throws {
        let folder = try MinedFolder()
        publish("@2021-11-02T00:00:00Z", "1 a 1 -", "1 b 1 -")
        _ = try await folder.run(one, through: session)
        publish("@2021-11-01T23:59:59.5Z", "1 a 1 -")
        let error = try await #require(throws: WireError.self) { _ = try await folder.run(one, through: session) }
        #expect(
            error.reason == "it is of 2021-11-01T23:59:59Z, older than the list that was taken last, "
                + "of 2021-11-02T00:00:00Z")
        #expect(!error.isWorthRetrying && error.attempts == 1)
        #expect(try folder.text("Lines.csv").split(separator: "\n").count == 3)
        publish("@2021-11-02T00:00:00Z", "1 a 1 -")
        #expect(try await folder.run(one, through: session) == ["1 a nan nan"])
    }

    @Test(
        "a list that says that it was made in days to come does not make later ones old", arguments: ["2100", "2261"])
    func future(year: String) async throws {
        let folder = try MinedFolder()
        publish("@\(year)-01-01T00:00:00Z", "1 a 1 -")
        #expect(try await folder.run(one, through: session) == ["1 a nan nan"])
        publish("@2021-11-02T00:00:00Z", "1 a 1 -", "2 b 1 -")
        #expect(try await folder.run(one, through: session) == ["1 a nan nan", "2 b nan nan"])
    }

    @Test("of a list that is cut nothing counts, neither what it tells nor what it does not")
    func cut() async throws {
        let folder = try MinedFolder()
        publish("1 a 1 -", "2 b 1 -")
        _ = try await folder.run(one, through: session)
        session.set("http://x.test/list", Array("1 a 1 http://a\n0 forged 1 -\n2 b".utf8))
        await #expect(throws: WireError.self) { _ = try await folder.run(one, through: session) }
        publish("1 a 1 -", "3 c 1 -")
        #expect(try await folder.run(one, through: session) == ["1 a nan nan", "3 c nan nan"])
    }

    @Test("a list is told by its number which is older, and a file that does not tell of changes is read in every run")
    func serials() async throws {
        let folder = try MinedFolder()
        publish("#7", "1 a 1 -", tag: "1")
        #expect(try await folder.run(one, through: session) == ["1 a nan nan"])
        publish("#6", "1 b 1 -")
        let error = try await #require(throws: WireError.self) { _ = try await folder.run(one, through: session) }
        #expect(error.reason == "it is of serial 6, older than the list that was taken last, of serial 7")
        publish("#7", "#none", "1 b 1 -", tag: "2")
        for _ in 1...2 { #expect(try await folder.run(one, through: session) == ["2 b nan nan"]) }
        // Twice for what came behind the first list; the third one is not known by anything.
        #expect(session.known.map(\.etag) == ["\"1\"", "\"1\""])
    }

    @Test(
        "a package that the registry only withholds stays in the list, with its links, until it is gone or told again")
    func withheld() async throws {
        let folder = try MinedFolder()
        let miner = LinesMiner(urls: ["http://x.test/list"], asksFor: "http://x.test/withheld/")
        publish("1 Key=Name 1 http://a", "2 b 1 http://b", "3 c 1 http://c")
        let rows = ["1 Name http://a nan", "2 b http://b nan", "3 c http://c nan"]
        #expect(try await folder.run(miner, through: session) == rows)
        publish("3 c 1 http://c", "4 d 1 -")
        session.set("http://x.test/withheld/Name", [])
        for _ in 1...2 { #expect(try await folder.run(miner, through: session) == [rows[0], rows[2], "4 d nan nan"]) }
        #expect(asked == ["list", "list", "withheld/Name", "withheld/b", "list", "withheld/Name"])
        publish("1 Key=Name 2 http://new", "4 d 1 -")
        session.set("http://x.test/withheld/c", [], status: 404)
        #expect(try await folder.run(miner, through: session) == ["1 Name http://new nan", "4 d nan nan"])
    }

    @Test("a list that has shrunk as none does is not asked about, package by package")
    func withheldOfShrunken() async throws {
        let folder = try MinedFolder()
        let miner = LinesMiner(urls: ["http://x.test/list"], asksFor: "http://x.test/withheld/")
        session.set("http://x.test/list", Array((0..<300).map { "1 p\($0) 1 -\n" }.joined().utf8))
        #expect(try await folder.run(miner, through: session).count == 300)
        publish("1 p1 1 -")
        #expect(try await folder.run(miner, through: session).count == 300)
        #expect(asked == ["list", "list"])
    }

    @Test("a run that is stopped while it asks what is withheld asks again, and ends with the same list")
    func stoppedAsking() async throws {
        let miner = LinesMiner(urls: ["http://x.test/list"], asksFor: "http://x.test/withheld/")
        publish("1 a 1 -", "2 b 1 -", "3 c 1 -")
        let run = StoredRun(miner)
        try await run.list(through: session)
        publish("3 c 1 -")
        session.set("http://x.test/withheld/a", [], status: 500)
        await #expect(throws: WireError.self) { try await run.list(through: session) }
        session.set("http://x.test/withheld/a", [])
        try await run.list(through: session)
        #expect(try await run.newest.map(\.name) == ["a", "c"])
    }

    @Test("what a registry's address says of user and password is not kept")
    func credentials() async throws {
        let folder = try MinedFolder()
        let url = "http://me:s3cr3t@x.test/list"
        session.set(url, Array("1 a 1 -\n".utf8), headers: [Header("ETag", "\"1\"")])
        for _ in 1...2 { #expect(try await folder.run(LinesMiner(urls: [url]), through: session) == ["1 a nan nan"]) }
        #expect(session.known.map(\.etag) == ["\"1\""])
        #expect(try !folder.holds("s3cr3t"))
    }

    @Test("a run that was stopped between two pages withdraws nothing, though the list goes back to what it was")
    func stopped() async throws {
        publish("1 a 1 -", tag: "1")
        let run = StoredRun(one)
        try await run.list(through: session)
        let many = (0..<6_000).map { "2 b\($0) 1 -\n" }.joined()
        session.set("http://x.test/list", Array(many.utf8), headers: [Header("ETag", "\"2\"")])
        let pages = await run.pages
        await #expect(throws: Stopped.self) { try await run.list(through: session, stopAfter: pages + 2) }
        publish("1 a 1 -", tag: "1")
        try await run.list(through: session)
        #expect(try await run.newest.map(\.name) == ["a"])
    }
}

/// A registry whose lists have a line a package, its place, name (behind its key, if it has one), version and homepage,
/// and may begin with lines that say when they were made (`@time`), which they are (`#number`), and that they do not tell
/// of changes (`#none`).
private struct LinesMiner: SnapshotMiner {
    let urls: [String]

    /// Where the first file may lie too, and whether both may be missing.
    var preferred: [String] = []
    var isOptional = false

    /// Where a package is that is withheld.
    var asksFor: String?

    private struct Found: Sendable {
        var packages = SnapshotPackages()
        var time: Date?
        var serial: Int64?
        var tellsChanges = true
    }

    var isWithheld: (@Sendable (Package, any RegistrySession) async throws -> Bool)? {
        guard let asksFor else { return nil }
        return { package, session in
            try await session.fetch(Request(asksFor + package.name)) { answer in
                if answer.status == 404 { return false }
                _ = try answer.bodyOfSuccess()
                return true
            }
        }
    }

    var ecosystem: Ecosystem {
        Ecosystem(
            id: "lines", platform: "Lines", fileName: "Lines", purlType: "generic",
            registries: [Registry(name: "list", url: "http://x.test/")])
    }

    func packages(from source: inout SnapshotSource) async throws -> SnapshotPackages {
        var files = urls.map { Download($0) { LineReader(lastMayBeOpen: false) } }
        files[0].preferredURLs = preferred
        for place in files.indices { files[place].isOptional = isOptional }
        let found = try await source.read(files, into: Found()) { [known = source.known] found, line, url in
            let words = String(decoding: line, as: UTF8.self).split(separator: " ").map(String.init)
            if words[0].hasPrefix("#") {
                found.serial = Int64(words[0].dropFirst()) ?? found.serial
                found.tellsChanges = words[0] != "#none"
            } else if words.count == 1, let time = RegistryTime(String(words[0].dropFirst())) {
                let time = Date(timeIntervalSince1970: Double(time.nanoseconds) / 1e9)
                try known.hold(time, at: url)
                found.time = time
            } else {
                let homepage = words[3] == "-" ? nil : words[3]
                let release = Release(version: words[2], place: Int64(words[0]) ?? 0, homepage: homepage)
                let names = words[1].split(separator: "=").map(String.init)
                found.packages.add(name: names[names.count - 1], key: names.count == 2 ? names[0] : nil, release) {
                    $0.version < words[2]
                }
            }
        }
        if let time = found.time { try source.isOf(time, at: urls[0]) }
        if let serial = found.serial { try source.isOf(serial, at: urls[0]) }
        if !found.tellsChanges { source.tellsNoChanges() }
        for error in files.compactMap({ source.absence(of: $0) }) {
            source.note(Problem(.gap, at: error.url, "it is not there"))
        }
        return found.packages
    }
}
