import MinerHarness
import PackageMining
import PubMiner
import RegistryDocuments
import RegistryJSON
import Testing

@Suite("Recorded answers of pub.dev", .enabled(if: Places.realData != nil, "needs the recorded answers of pub.dev"))
struct PubRealDataTests {
    private let miner = PubMiner(apiURL: "https://pub.test/api")

    @Test("35,697 names and a page of 100: all are listed, 77 of the page with a homepage, 42 with a repository")
    func lists() async throws {
        let file = StubSession(["names": try Places.real("pub/package-names.json.gz")])
        let names = try await Download("names") { JSONElements(of: ["/packages"]) }
            .reduce(into: [String](), through: file) { $0.append(try $1.value.get().text ?? "") }
        let quoted = names.map { #""\#($0)""# }.joined(separator: ",")
        let session = StubSession([
            "https://pub.test/api/package-names": Array(#"{"packages":[\#(quoted)],"nextUrl":null}"#.utf8)
        ])
        session.set("https://pub.test/api/packages?page=1", try Places.real("pub/packages-page-1.json"))
        let old = "https://pub.dartlang.org/api/packages?page="
        session.set("\(old)2", try Places.real("pub/packages-page-2-empty.json"))
        session.set("\(old)3", Array(#"{"message":"no content"}"#.utf8), status: 400)
        let run = StoredRun(miner)
        try await run.list(through: session)
        let newest = try await run.newest
        #expect(names.count == 35_697)
        #expect(newest.map(\.name) == names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        let paged = newest.map(\.release).filter { !$0.version.isEmpty }
        #expect(paged.count == 100)
        #expect(paged.count { $0.homepage != nil } == 77)
        #expect(paged.count { $0.repository != nil } == 42)
        #expect(try await run.problems.isEmpty)
    }

    @Test(
        "a package by its name, capitals and all",
        arguments: [
            (
                "bloc", "https://github.com/felangel/bloc",
                "https://github.com/felangel/bloc/tree/master/packages/bloc"
            ), ("Autolinker", "https://github.com/hackcave", nil), ("Babylon", "https://www.cedware.com", nil),
            (
                "shared_preferences",
                "https://github.com/flutter/plugins/tree/master/packages/shared_preferences/shared_preferences",
                "https://github.com/flutter/plugins"
            ),
        ])
    func looksUp(name: String, homepage: String, repository: String?) async throws {
        let session = StubSession(["https://pub.test/api/packages/\(name)": try Places.real("pub/package-\(name).json")]
        )
        let package = Package(id: 1, name: name, newest: Release(version: ""))
        #expect(
            try await miner.resolve(package, through: session)
                == .links(homepage: homepage, repository: repository))
    }
}
