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
/// and may begin with a line that says when they were made.
private struct LinesMiner: SnapshotMiner {
    let urls: [String]

    private struct Found: Sendable {
        var packages = SnapshotPackages()
        var time: Date?
    }

    var ecosystem: Ecosystem {
        Ecosystem(
            id: "lines", platform: "Lines", fileName: "Lines", purlType: "generic",
            registries: [Registry(name: "list", url: "http://x.test/")])
    }

    func packages(from source: inout SnapshotSource) async throws -> SnapshotPackages {
        let files = urls.map { Download($0) { LineReader(lastMayBeOpen: false) } }
        let found = try await source.read(files, into: Found()) { [known = source.known, url = urls[0]] found, line in
            let words = String(decoding: line, as: UTF8.self).split(separator: " ").map(String.init)
            if words.count == 1, let time = RegistryTime(String(words[0].dropFirst())) {
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
        return found.packages
    }
}
