import ClojarsMiner
import Foundation
import MinerHarness
import MinerTestKit
import PackageMining
import Testing

@Suite("Recorded lists of Clojars", .enabled(if: Places.realData != nil, "there is no real data beside this checkout"))
struct ClojarsRealDataTests {
    private let base = "https://clojars.test"

    @Test("Three lines of the feed as its makers show it, beside 2,500 projects of all-jars, are all listed")
    func lists() async throws {
        let releases = try Places.real("clojars/all-jars-2018-excerpt.clj")
        let files = [
            "\(base)/feed.clj.gz": gzip(try Places.real("clojars/feed-three-lines.clj")),
            "\(base)/all-jars.clj.gz": gzip(releases),
        ]
        let session = StubSession { request in
            let pom = request.url.hasSuffix(".pom") ? Array("<project><url>https://pom.test</url></project>".utf8) : nil
            let body = files[request.url] ?? pom
            return Response(status: body == nil ? 404 : 200, url: request.url, body: body ?? [])
        }
        let rows = try await MinedFolder().run(ClojarsMiner(repositoryURL: base), through: session)
        let told = String(decoding: releases, as: UTF8.self).split(separator: "\n").compactMap {
            $0.dropFirst().split(separator: " ").first.map(String.init)
        }
        let fed = ["swank-clojure", "org.clojars.someone/some.thing", "\u{E9}/e\u{301}"]
        let names = Set(told + fed).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        #expect(rows.count >= 2_500)
        #expect(rows.map { $0.split(separator: " ")[1] } == names.map { $0[...] })
        #expect(
            rows.filter { !$0.hasSuffix(" https://pom.test nan") }.map { $0.drop { $0 != " " }.dropFirst() } == [
                "org.clojars.someone/some.thing http://example.com nan",
                "swank-clojure nan https://github.com/technomancy/swank-clojure", "\u{E9}/e\u{301} nan nan",
            ])
    }

    @Test("The POM of the highest version is read where the feed lacks a project")
    func pom() async throws {
        let session = StubSession([
            "\(base)/feed.clj.gz": gzip(try Places.real("clojars/feed-three-lines.clj")),
            "\(base)/all-jars.clj.gz": gzip(Array("[missionary \"b.26\"]\n[missionary \"b.25\"]\n".utf8)),
            "\(base)/missionary/missionary/b.26/missionary-b.26.pom": try Places.real("clojars/missionary-b.26.pom"),
        ])
        let rows = try await MinedFolder().run(ClojarsMiner(repositoryURL: base), through: session)
        #expect(
            rows.first
                == "1 missionary https://github.com/leonoel/missionary https://github.com/leonoel/missionary")
    }
}
