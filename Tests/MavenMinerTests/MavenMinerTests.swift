import MavenMiner
import MinerHarness
import MinerTestKit
import PackageMining
import Testing

@Suite("Maven miner")
struct MavenMinerTests {
    private let miner = MavenMiner(repositoryURL: "http://m.test/maven2/")
    private let session = StubSession(chunkSize: 11)
    private let index = "http://m.test/maven2/.index/nexus-maven-repository-index"

    private func number(_ value: Int, _ size: Int) -> [UInt8] {
        (0..<size).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    private func publish(_ ending: String, _ records: [(String, String)]) {
        var stream = gzip([1, 0, 0, 0, 0, 0, 0, 0, 0])
        for (name, value) in records {
            var bytes = number(1, 4) + [5]
            bytes += number(name.utf8.count, 2) + Array(name.utf8)
            bytes += number(value.utf8.count, 4) + Array(value.utf8)
            stream += gzip(bytes)
        }
        session.set("\(index).\(ending)", stream)
    }

    private func publishProperties(last: Int, chunks: [Int], chain: String = "c") {
        let lines = chunks.enumerated().map { "nexus.index.incremental-\($0)=\($1)" }
        let text = """
            nexus.index.chain-id=\(chain)
            nexus.index.timestamp=20260408120526.011 +0000
            nexus.index.last-incremental=\(last)
            \(lines.joined(separator: "\n"))
            """
        session.set("\(index).properties", Array(text.utf8))
    }

    private func pom(_ path: String, _ content: String, attributes: String = "") {
        let text = "\n<project xmlns=\"http://maven.apache.org/POM/4.0.0\" \(attributes)>\(content)</project>"
        session.set("http://m.test/maven2/\(path).pom", Array(text.utf8))
    }

    private func resolve(_ name: String, _ version: String = "1") async throws -> Resolution {
        try await miner.resolve(
            Package(id: 1, name: name, newest: Release(version: version)), through: session)
    }

    @Test("the whole index, then its chunks, then the whole index where the chain broke")
    func updates() async throws {
        publishProperties(last: 5, chunks: [5, 4])
        publish(
            "gz",
            [
                ("u", "g|a|1.9|NA"), ("u", "g|a|1.10|NA|pom"), ("del", "g|a|1.10|NA|pom"), ("u", "g|a|2|sources|jar"),
            ])
        let run = StoredRun(miner)
        try await run.list(through: session)
        #expect(try await run.newest.map(\.release.version) == ["1.10|pom"])
        publishProperties(last: 7, chunks: [7, 6, 5])
        publish("6.gz", [("del", "g|a|1.10|NA|pom"), ("u", "g|b|1|NA")])
        publish("7.gz", [("del", "g|b|1|NA"), ("u", "h|c|1|NA")])
        try await run.list(through: session)
        let newest = try await run.newest.map { "\($0.name) \($0.release.version)" }.sorted()
        #expect(newest == ["g:a 1.9", "h:c 1"])
        let requests = session.requests.count
        try await run.list(through: session)
        #expect(session.requests.count == requests + 1)
        publishProperties(last: 20, chunks: [20])
        try await run.list(through: session)
        #expect(session.requests.last == "\(index).gz")
    }

    @Test("the whole index is taken where a chunk of the chain is gone, or broken for good", arguments: [false, true])
    func gap(isBroken: Bool) async throws {
        publishProperties(last: 5, chunks: [5])
        publish("gz", [("u", "g|a|1|NA")])
        let run = StoredRun(miner)
        try await run.list(through: session)
        publishProperties(last: 7, chunks: [7, 6])
        publish("6.gz", [("u", "g|b|1|NA")])
        if isBroken { session.set("\(index).7.gz", Array("<html>".utf8)) }
        publish("gz", [("u", "g|a|1|NA"), ("u", "g|b|1|NA"), ("u", "g|c|1|NA")])
        try await run.list(through: session)
        #expect(try await run.newest.map(\.name).sorted() == ["g:a", "g:b", "g:c"])
        let asked = session.requests.reduce(into: [String]()) { if $0.last != $1 { $0.append($1) } }
        #expect(asked.suffix(3) == ["\(index).6.gz", "\(index).7.gz", "\(index).gz"])
    }

    @Test("a file that was not read to its end is read on by range, and another one from its beginning")
    func resuming() async throws {
        publishProperties(last: 5, chunks: [5])
        publish("gz", (0..<50).map { ("u", "g|a\($0)|1|NA") })
        let miner = MavenMiner(repositoryURL: "http://m.test/maven2", pageSize: 10)
        let run = StoredRun(miner)
        await #expect(throws: Stopped.self) { try await run.list(through: session, stopAfter: 2) }
        try await run.list(through: session)
        let names = try await run.newest.map(\.name).sorted()
        #expect(names == (0..<50).map { "g:a\($0)" }.sorted())
        let offsets = session.offsets(of: "\(index).gz")
        #expect(offsets.count == 2 && offsets[0] == 0 && offsets[1] > 0)
    }

    @Test("a whole index that was begun is read to its end, though the chunk that was broken has been mended since")
    func mended() async throws {
        let miner = MavenMiner(repositoryURL: "http://m.test/maven2", pageSize: 10)
        publishProperties(last: 5, chunks: [5])
        publish("gz", [("u", "g|a|1|NA")])
        let run = StoredRun(miner)
        try await run.list(through: session)
        publishProperties(last: 6, chunks: [6, 5])
        session.set("\(index).6.gz", Array("<html>".utf8))
        publish("gz", (0..<50).map { ("u", "g|a\($0)|1|NA") })
        let pages = await run.pages
        await #expect(throws: Stopped.self) { try await run.list(through: session, stopAfter: pages + 2) }
        publish("6.gz", [("u", "g|b|1|NA")])
        try await run.list(through: session)
        #expect(try await run.newest.map(\.name).sorted() == (0..<50).map { "g:a\($0)" }.sorted())
    }

    @Test("an index that was cut is an error")
    func cut() async throws {
        publishProperties(last: 5, chunks: [])
        publish("gz", [("u", "g|a|1|NA")])
        session.set("\(index).gz", [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
        let error = try await #require(throws: WireError.self) { try await StoredRun(miner).list(through: session) }
        #expect(error.reason == "the file cannot be read: the index is cut off, at byte 9 of the inflated index")
    }

    @Test("links are inherited with the path, through two parents, and parents are asked for once")
    func inheritance() async throws {
        pom(
            "g/root/1/root-1",
            "<groupId>g</groupId><artifactId>root</artifactId><version>1</version><url>http://r/x</url>"
                + "<scm><url>http://s/</url><connection>scm:git:git://s/r</connection></scm>"
                + "<modules><module>libs\\mid</module></modules>")
        let parent = { (name: String) in
            "<parent><groupId>g</groupId><artifactId>\(name)</artifactId><version>1</version></parent>"
        }
        pom("g/mid/1/mid-1", parent("root") + "<artifactId>mid</artifactId><properties><p>q</p></properties>")
        pom("g/leaf/1/leaf-1", parent("mid") + "<artifactId>leaf</artifactId>")
        pom(
            "g/own/1/own-1",
            parent("mid") + "<artifactId>own</artifactId><url>http://${p}/${project.artifactId}</url>"
                + "<scm><url/></scm>")
        #expect(
            try await resolve("g:leaf")
                == .links(homepage: "http://r/x/libs/mid/leaf", repository: "http://s/libs/mid/leaf/"))
        #expect(
            try await resolve("g:own")
                == .links(homepage: "http://q/own", repository: "git://s/r/libs/mid/own"))
        #expect(session.requests.count == 4)
    }

    @Test("a path is not appended where the parent says so")
    func attributes() async throws {
        pom(
            "g/root/1/root-1", "<artifactId>root</artifactId><url>http://r/x</url>",
            attributes: "child.project.url.inherit.append.path=\"no\"")
        pom(
            "g/leaf/1/leaf-1",
            "<parent><groupId>g</groupId><artifactId>root</artifactId><version>1</version></parent>"
                + "<artifactId>leaf</artifactId>")
        #expect(try await resolve("g:leaf").homepage == "http://r/x")
    }

    @Test("what cannot be resolved is missing, and cycles end")
    func interpolation() async throws {
        pom(
            "g/a/1/a-1",
            "<artifactId>a</artifactId><url>${a}</url><properties><a>${b}</a><b>${a}</b></properties>"
                + "<scm><url>${env.X}</url><developerConnection>scm:git|ssh://h/r</developerConnection></scm>")
        #expect(try await resolve("g:a") == .links(homepage: nil, repository: "ssh://h/r"))
        pom("g/b/1/b-1", "<artifactId>b</artifactId><url>http://h/x/../&oslash;/..</url>")
        #expect(try await resolve("g:b").homepage == "http://h/ø/..")
    }

    @Test("a POM that moved is followed; where it leads to nothing or in a circle, its own links and a problem remain")
    func relocation() async throws {
        func moved(to artifact: String, from own: String) {
            pom(
                "g/\(own)/1/\(own)-1",
                "<groupId>g</groupId><artifactId>\(own)</artifactId><version>1</version><url>http://\(own)</url>"
                    + "<distributionManagement><relocation><artifactId>\(artifact)</artifactId></relocation>"
                    + "</distributionManagement>")
        }
        moved(to: "b", from: "a")
        moved(to: "c", from: "b")
        pom("g/c/1/c-1", "<artifactId>c</artifactId><url>http://c</url><scm><url>http://s</url></scm>")
        #expect(try await resolve("g:a") == .links(homepage: "http://c", repository: "http://s"))
        moved(to: "nothing", from: "d")
        #expect(
            try await resolve("g:d")
                == .incomplete(
                    homepage: "http://d", repository: nil, because: "g:nothing:1 is not in the repository"))
        moved(to: "f", from: "e")
        moved(to: "e", from: "f")
        #expect(
            try await resolve("g:e")
                == .incomplete(homepage: "http://f", repository: nil, because: "g:e:1 has moved in a circle"))
    }

    @Test("where the newest version's POM is missing, older ones tell the links, each POM asked for once")
    func missingNewest() async throws {
        let package = Package(
            id: 1, name: "g:a", newest: Release(version: "2.0|pom"),
            older: ["2.0|jar", "1.1|jar", "1.0|jar"].map { Release(version: $0) })
        pom("g/a/1.0/a-1.0", "<artifactId>a</artifactId><url>http://a</url>")
        #expect(
            try await miner.resolve(package, through: session)
                == .links(homepage: "http://a", repository: nil)
                .lagging("2.0 is listed and cannot be had: these are 1.0's links"))
        #expect(session.requests.map { $0.split(separator: "/").last } == ["a-2.0.pom", "a-1.1.pom", "a-1.0.pom"])
        session.set("http://m.test/maven2/g/b/1/b-1.pom", [], status: 403)
        #expect(
            try await miner.resolve(
                Package(id: 1, name: "g:b", newest: Release(version: "1"), older: [Release(version: "0")]),
                through: session
            ).outcome == .forbidden)
        let gone = Package(id: 1, name: "g:c", newest: Release(version: "2"), older: [Release(version: "1")])
        #expect(
            try await miner.resolve(gone, through: session)
                == Resolution(.gone, because: "g:c:2 is not in the repository"))
    }

    @Test("properties that double at each level, or lie deep inside one another, are no link")
    func doubling() async throws {
        let doubled = (1...60).map { "<p\($0)>${p\($0 - 1)}${p\($0 - 1)}</p\($0)>" }.joined()
        let long = String(repeating: "x", count: 70_000)
        pom(
            "g/a/1/a-1",
            "<artifactId>a</artifactId><url>${p60}</url><scm><url>\(long)</url><connection>${d5000}</connection></scm>"
                + "<properties><p0>x</p0>\(doubled)<d0>x</d0>"
                + (1...5_000).map { "<d\($0)>${d\($0 - 1)}</d\($0)>" }.joined() + "</properties>")
        #expect(try await resolve("g:a") == .links(homepage: nil, repository: nil))
    }

    @Test(
        "coordinates that cannot be folders are not asked for", arguments: ["a", "g:..", "a..b:c", ":a", "g:", "a:b:c"])
    func improper(name: String) async throws {
        #expect(try await resolve(name).outcome == .invalidName)
        #expect(try await resolve("g:a", "..").outcome == .invalidName)
        #expect(session.requests.isEmpty)
    }

    @Test("missing parents, parents in a circle and pages that are no POM")
    func broken() async throws {
        let parent = "<parent><groupId>g</groupId><artifactId>a</artifactId><version>1</version></parent>"
        pom("g/a/1/a-1", parent + "<artifactId>a</artifactId><url>http://a</url>")
        #expect(
            try await resolve("g:a")
                == .incomplete(homepage: "http://a", repository: nil, because: "its parent g:a:1 is its own parent"))
        pom("g/b/1/b-1", parent.replacing(">a<", with: ">missing<") + "<artifactId>b</artifactId><url>http://b</url>")
        #expect(
            try await resolve("g:b")
                == .incomplete(
                    homepage: "http://b", repository: nil, because: "its parent g:missing:1 is not in the repository"))
        #expect(try await resolve("g:gone").outcome == .gone)
        session.set("http://m.test/maven2/g/c/1/c-1.pom", Array("<html><body/></html>".utf8))
        #expect(
            try await resolve("g:c")
                == Resolution(
                    .failed,
                    because: "g:c:1 cannot be read: line 1, column 6: the outermost element is 'html', not 'project'"))
    }

    @Test(
        "POMs of Maven Central are read in their encodings",
        .enabled(if: Places.realData != nil, "there is no real data beside this checkout"),
        arguments: [
            ("com.alibaba.citrus:citrus-parent", "3.0.7", "http://github.com/webx/citrus"),
            ("al.aldi:sprova4j", "0.1.1", "https://github.com/aldialimucaj/sprova4j"),
        ])
    func real(name: String, version: String, repository: String) async throws {
        let parts = name.split(separator: ":")
        let file = "\(parts[1])-\(version).pom"
        session.set(
            "http://m.test/maven2/\(parts[0].replacing(".", with: "/"))/\(parts[1])/\(version)/\(file)",
            try Places.real("maven/poms/\(file)"))
        #expect(try await resolve(name, version).repository == repository)
    }
}
