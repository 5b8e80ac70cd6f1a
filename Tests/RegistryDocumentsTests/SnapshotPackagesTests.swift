import Foundation
import MinerHarness
import PackageMining
import RegistryDocuments
import Testing

@Suite("Packages that are held until their list has proven whole")
struct SnapshotPackagesTests {
    private struct Given: SnapshotMiner {
        let packages: SnapshotPackages

        var ecosystem: Ecosystem {
            Ecosystem(id: "given", platform: "Given", fileName: "Given", purlType: "generic", registries: [])
        }

        func packages(from source: inout SnapshotSource) -> SnapshotPackages { packages }
    }

    private actor Pages {
        private(set) var rows: [[String]] = []
        func take(_ page: Page) {
            rows.append(
                page.withEntries { entries in
                    entries.map { entry in
                        [entry.name, entry.version, entry.homepage, entry.repository]
                            .map { String(decoding: $0, as: UTF8.self) }.joined(separator: "|") + "|\(entry.place)"
                    }
                })
        }
    }

    /// What is handed over, page by page.
    private func rows(of packages: SnapshotPackages) async throws -> [[String]] {
        let pages = Pages()
        let sink = PageSink<SnapshotCursor>(mayFork: false) {
        } store: { page, _, _ in
            await pages.take(page)
        }
        let miner = Given(packages: packages)
        let start = miner.spans(of: RunFacts(began: Date(timeIntervalSince1970: 0)), after: [])[0]
        try await miner.list(from: start, through: StubSession(), into: sink)
        return await pages.rows
    }

    @Test("what is held of a package is found by its key, whatever has taken its place")
    func found() {
        var packages = SnapshotPackages()
        packages.add(name: "7", Release(version: "old", homepage: "https://h"))
        packages.add(name: "7", Release(version: "new", place: 3, repository: "https://r")) { _ in true }
        packages.add(name: "Json.NET", key: "json.net", Release(version: ""))
        #expect(packages["7"] == Release(version: "new", repository: "https://r"))
        #expect(packages["json.net"] == Release(version: ""))
        #expect(packages["Json.NET"] == nil && packages[""] == nil)
    }

    @Test("they are completed with those of others that are not among them, and with their problems")
    func completed() async throws {
        var packages = SnapshotPackages()
        packages.add(name: "a", Release(version: "own"))
        var others = SnapshotPackages()
        for name in ["A", "b", "a"] { others.add(name: name, key: name.lowercased(), Release(version: "other")) }
        others.note(Problem(.gap, at: "x", "y"))
        packages.complete(with: others)
        #expect(try await Array(rows(of: packages).joined()) == ["a|own|||0", "b|other|||0"])
        #expect(packages.problems == [Problem(.gap, at: "x", "y")])
    }

    @Test("one that a document does not tell in full is named, and a link that is no text is left out")
    func read() async throws {
        var packages = SnapshotPackages()
        func add(_ name: String?, _ version: String?, _ homepage: String? = nil, _ repository: String? = nil) {
            packages.add(read: name, version: version, homepage: homepage, repository: repository, at: "x") { _ in true
            }
        }
        add(nil, "1")
        add("", "1")
        add("a", nil)
        add("a", "")
        add("a\u{FFFD}", "1")
        add("b", "1", "https://h\u{FFFD}", "https://r")
        add("c", "1", "https://h", "\u{FFFD}")
        #expect(try await Array(rows(of: packages).joined()) == ["b|1||https://r|0", "c|1|https://h||0"])
        let told = packages.problems.map(\.detail)
        #expect(told.prefix(4).allSatisfy { $0 == "a package without a name or a version" })
        #expect(
            told.dropFirst(4) == [
                "a package whose name is no UTF-8", "the homepage of b is no UTF-8", "the repository of c is no UTF-8",
            ])
    }

    @Test("they are what a dictionary would hold, in order, however often and in whatever order they were told")
    func dictionary() async throws {
        var random = Numbers(state: 7)
        var packages = SnapshotPackages()
        var expected: [String: Release] = [:]
        for _ in 0..<40_000 {
            let name = "p\(random.next() % 9_000)"
            let release = Release(
                version: "\(random.next() % 50)", place: Int64(random.next() % 3) - 1,
                homepage: random.next() % 2 == 0 ? nil : "http://é/\(random.next() % 9)", repository: nil)
            packages.add(name: name, release) { $0.version < release.version }
            guard let known = expected[name] else {
                expected[name] = release
                continue
            }
            let kept = known.version < release.version ? release : known
            expected[name] = Release(
                version: kept.version, place: min(known.place, release.place), homepage: kept.homepage)
        }
        let rows = try await rows(of: packages)
        #expect(rows.map(\.count) == [0, 5_000, expected.count - 5_000])
        #expect(
            rows.joined().elementsEqual(
                expected.sorted { ($0.value.place, $0.key) < ($1.value.place, $1.key) }
                    .map { "\($0)|\($1.version)|\($1.homepage ?? "")||\($1.place)" }))
        #expect(packages.count == expected.count)
    }

    @Test("texts come back as they are, empty, long or with any character, and names that look alike stay two")
    func texts() async throws {
        let texts = ["", "\u{0}", "é", "e\u{301}", "\u{10FFFF}", String(repeating: "x", count: 3 << 20)]
        var packages = SnapshotPackages()
        for text in texts {
            packages.add(name: "n" + text, Release(version: text, place: .min, homepage: text, repository: text))
        }
        let rows = try await rows(of: packages)[1]
        #expect(
            rows.map(\.utf8).elementsEqual(
                texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
                    .map { ["n" + $0, $0, $0, $0, "\(Int64.min)"].joined(separator: "|").utf8 }
            ) { $0.elementsEqual($1) })
    }

    @Test("a list of nothing has a page, which may have a problem")
    func nothing() async throws {
        #expect(try await rows(of: SnapshotPackages()) == [[], []])
    }
}

/// The same numbers each time (a linear congruential generator, by Knuth's constants).
private struct Numbers {
    var state: UInt64
    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 33
    }
}
