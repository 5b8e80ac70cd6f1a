import ClojarsMiner
import ContentDigest
import Foundation
import MinerHarness
import MinerTestKit
import PackageMining
import Testing

/// What the lists of Clojars do not say aloud: a test each.
@Suite("Clojars, in detail")
struct ClojarsMinerTests {
    private let base = "https://clojars.test/repo"
    private let session = StubSession(chunkSize: 100)
    private let miner = ClojarsMiner(repositoryURL: "https://clojars.test/repo")

    private func publish(_ name: String, _ text: String) throws {
        let file = gzip(Array(text.utf8))
        session.set("\(base)/\(name)", file)
        session.set("\(base)/\(name).sha1", Array(try Digest.hex(of: file, by: .sha1).utf8))
    }

    private func publish(feed: String, releases: String) throws {
        try publish("feed.clj.gz", feed)
        try publish("all-jars.clj.gz", releases)
    }

    private func project(_ name: String, _ more: String = "") -> String {
        "{:group-id \"\(name)\", :artifact-id \"\(name)\"\(more)}\n"
    }

    private func publishOddities() throws {
        for file in try Places.files(of: "clojars/oddities/repo") {
            if file.path.hasSuffix(".clj") {
                try publish("\(file.path).gz", String(decoding: file.bytes, as: UTF8.self))
            } else {
                session.set("\(base)/\(file.path)", file.bytes)
            }
        }
    }

    @Test("Every project is listed with its own links, by its name, and those that the feed lacks with their POM's")
    func oddities() async throws {
        try publishOddities()
        let folder = try MinedFolder()
        _ = try await folder.run(miner, through: session)
        #expect(try folder.text("Clojars.csv") == Places.fixtureText("clojars/oddities/expected.csv"))
        #expect(try folder.problems(of: miner) == nil)
    }

    @Test("Only what the feed lacks is asked for, and only once")
    func asksForDropped() async throws {
        try publishOddities()
        let folder = try MinedFolder()
        _ = try await folder.run(miner, through: session)
        let lists = ["feed.clj.gz.sha1", "all-jars.clj.gz.sha1", "feed.clj.gz", "all-jars.clj.gz"]
        let snapshot = "dropped/dropped/0.10.0-SNAPSHOT"
        let asked = [
            "\(snapshot)/dropped-0.10.0-20190203.040506-7.pom", "\(snapshot)/maven-metadata.xml",
            "org/dropped/batch-HA/0.10/batch-HA-0.10.pom",
        ]
        #expect(session.requests.prefix(4).elementsEqual(lists.map { "\(base)/\($0)" }))
        #expect(session.requests.dropFirst(4).sorted() == asked.map { "\(base)/\($0)" })
        _ = try await folder.run(miner, through: session)
        #expect(session.requests.dropFirst(7).elementsEqual(lists.prefix(2).map { "\(base)/\($0)" }))
    }

    @Test("A snapshot whose builds are not told is asked for by its plain name, as it was uploaded in 2009")
    func plainSnapshot() async throws {
        try publish(feed: project("a"), releases: "[b \"1-SNAPSHOT\"]\n")
        session.set("\(base)/b/b/1-SNAPSHOT/b-1-SNAPSHOT.pom", Array("<project><url>https://b</url></project>".utf8))
        #expect(try await MinedFolder().run(miner, through: session) == ["1 a nan nan", "2 b https://b nan"])
    }

    @Test("A project that the feed lacked has its links from there once it is in, and is asked for when it is not")
    func returns() async throws {
        let folder = try MinedFolder()
        session.set("\(base)/b/b/1/b-1.pom", Array("<project><url>https://pom</url></project>".utf8))
        try publish(feed: project("a"), releases: "[b \"1\"]\n")
        #expect(try await folder.run(miner, through: session) == ["1 a nan nan", "2 b https://pom nan"])
        try publish(feed: project("a") + project("b", " :homepage \"https://feed\""), releases: "[b \"1\"]\n")
        #expect(try await folder.run(miner, through: session) == ["1 a nan nan", "2 b https://feed nan"])
        try publish(feed: project("a"), releases: "[b \"1\"]\n")
        #expect(try await folder.run(miner, through: session) == ["1 a nan nan", "2 b https://pom nan"])
    }

    @Test("A POM that cannot be read costs nobody else, and is named")
    func unreadablePom() async throws {
        try publish(feed: project("a"), releases: "[b \"1\"]\n")
        session.set("\(base)/b/b/1/b-1.pom", Array("<html></html>".utf8))
        let folder = try MinedFolder()
        #expect(try await folder.run(miner, through: session) == ["1 a nan nan", "2 b nan nan"])
        #expect(try folder.problems(of: miner)?.hasPrefix("failed,b,") == true)
    }

    @Test(
        "A line that cannot be read is named once, and those beside it stand",
        arguments: [
            ("{:group-id \"x\" :artifact-id \"x", "a text has no end"),
            ("{:group-id \"x\"}", "it is no project with a :group-id and an :artifact-id"),
            ("{:group-id x :artifact-id \"x\"}", "it is no project with a :group-id and an :artifact-id"),
            ("[x]", "it is no [group/artifact \"version\"]"), ("[x 1.0]", "it is no [group/artifact \"version\"]"),
            ("x", "it is no project with a :group-id and an :artifact-id"),
        ])
    func unreadable(line: String, reason: String) async throws {
        try publish(feed: project("a") + line + "\n" + project("b"), releases: "[a \"1\"]\n\n; a comment\n")
        let folder = try MinedFolder()
        #expect(try await folder.run(miner, through: session) == ["1 a nan nan", "2 b nan nan"])
        let problems = try #require(try folder.problems(of: miner))
        #expect(problems.hasPrefix("unreadable,"))
        #expect(problems.contains(reason.replacing("\"", with: "\"\"")))
        #expect(problems.split(separator: "\n").count == 1)
        try publish(feed: project("b") + line + "\n" + project("a"), releases: "[a \"1\"]\n\n; a comment\n")
        _ = try await folder.run(miner, through: session)
        #expect(try folder.problems(of: miner) == problems)
    }

    @Test("Nothing of a file is believed that is not the one of its checksum", arguments: ["feed", "all-jars"])
    func wrongSum(name: String) async throws {
        try publish(feed: project("a"), releases: "[a \"1\"]\n")
        session.set("\(base)/\(name).clj.gz.sha1", Array(String(repeating: "0", count: 40).utf8))
        let run = StoredRun(miner)
        let error = try await #require(throws: WireError.self) { try await run.list(through: session) }
        #expect(error.url == "\(base)/\(name).clj.gz")
        #expect(error.reason.hasSuffix("the registry says \(String(repeating: "0", count: 40))"))
        #expect(await run.pages == 0)
    }

    @Test("A feed that is made anew behind its checksum is taken with its new one")
    func madeAnew() async throws {
        try publish(feed: project("b"), releases: "[b \"1\"]\n")
        let now = session.answer(at: "\(base)/feed.clj.gz.sha1")
        session.set(
            "\(base)/feed.clj.gz.sha1", Array("\(String(repeating: "0", count: 40))\n".utf8), status: 200
        ) { $0.set("\(base)/feed.clj.gz.sha1", now) }
        #expect(try await MinedFolder().run(miner, through: session) == ["1 b nan nan"])
    }

    @Test("A copy of the repository without checksums is read, and not read again while its files are the same")
    func copy() async throws {
        let folder = try MinedFolder()
        try publish(feed: project("a"), releases: "[a \"1\"]\n")
        for name in ["feed.clj.gz", "all-jars.clj.gz"] {
            session.set("\(base)/\(name).sha1", [], status: 404)
            let file = session.answer(at: "\(base)/\(name)")
            session.set("\(base)/\(name)", file, headers: [Header("ETag", "\"\(name)\"")])
        }
        for _ in 1...2 { #expect(try await folder.run(miner, through: session) == ["1 a nan nan"]) }
        #expect(session.known.map(\.etag) == ["\"feed.clj.gz\"", "\"all-jars.clj.gz\""])
    }

    @Test("A list of releases that has changed alone is news")
    func onlyReleases() async throws {
        let folder = try MinedFolder()
        try publish(feed: project("a"), releases: "[a \"1\"]\n")
        #expect(try await folder.run(miner, through: session) == ["1 a nan nan"])
        try publish("all-jars.clj.gz", "[a \"1\"]\n[b \"1\"]\n")
        #expect(try await folder.run(miner, through: session) == ["1 a nan nan", "2 b nan nan"])
    }

    @Test(
        "Without a checksum a file that has no line is no list, and one that was cut is none",
        arguments: ["", "{:group-id \"a\" :artifact-id \"a\"}"])
    func noList(text: String) async throws {
        try publish(feed: text, releases: "[a \"1\"]\n")
        session.set("\(base)/feed.clj.gz.sha1", [], status: 404)
        let error = try await #require(throws: WireError.self) { try await StoredRun(miner).list(through: session) }
        #expect(error.category == .malformed)
        #expect(error.url == "\(base)/feed.clj.gz")
    }

    @Test("A page in place of a checksum is asked for again")
    func noSum() async throws {
        try publish(feed: project("a"), releases: "[a \"1\"]\n")
        session.set("\(base)/feed.clj.gz.sha1", Array("<html></html>".utf8))
        let error = try await #require(throws: WireError.self) { try await StoredRun(miner).list(through: session) }
        #expect(error.reason == "it is no SHA-1")
        #expect(error.isWorthRetrying)
    }
}
