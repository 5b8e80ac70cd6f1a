import ContentDigest
import Foundation
import MinerHarness
import PackageMining
import PyPIMiner
import Testing

/// Indexes that are not PyPI: without serials, without JSON, without a JSON API beside them.
@Suite("Other Python indexes")
struct OtherIndexTests {
    private let index = PyPIIndex()
    private let miner = PyPIMiner(indexURL: PyPIIndex.url)

    private static let page = """
        <!DOCTYPE html><html><head><meta name="pypi:repository-version" content="1.0"></head><body>
        <!-- <a href="/simple/no/">no</a> -->
        <a href="/simple/b-b/">B.b</a><br/>
        <A HREF='a/'> a </A>
        <a href="../">Parent Directory</a>
        </body></html>
        """

    @Test("An index that has no other form is read in HTML, and a link that is no project's is named")
    func html() async throws {
        let folder = try MinedFolder()
        index.set("/simple/", Self.page, type: "text/html; charset=UTF-8")
        index.tell("a", 1, at: "https://git/a")
        index.tell("b-b", 1, at: "https://git/b")
        #expect(
            try await folder.run(miner, through: index.session) == ["1 B.b nan https://git/b", "2 a nan https://git/a"])
        #expect(
            try folder.problems(of: miner)
                == "unreadable,https://index.test/simple/,"
                + "\"'Parent Directory' leads to '../', which is no project of that name\"")
    }

    @Test(
        "A page without a link to a project, one that is cut off and one of another version are no index",
        arguments: [
            "<html><body>Sign in</body></html>", "<html><body><a href='/login'>Sign in</a></body></html>",
            String(page.dropLast(9)), page.replacing("content=\"1.0\"", with: "content=\"2.0\""),
        ])
    func noIndex(page: String) async throws {
        index.set("/simple/", page, type: "text/html")
        let folder = try MinedFolder()
        await #expect(throws: WireError.self) { try await folder.run(miner, through: index.session) }
    }

    @Test("An index that has told serials is not taken without them, since each project would seem to have changed")
    func htmlInPlaceOfJSON() async throws {
        let folder = try MinedFolder()
        index.publish(9, [("a", 1)])
        index.tell("a", 1, at: "https://git/a")
        _ = try await folder.run(miner, through: index.session)
        index.set("/simple/", Self.page, type: "text/html")
        let error = try await #require(throws: WireError.self) {
            _ = try await folder.run(miner, through: index.session)
        }
        #expect(error.reason == "it is text/html, not application/vnd.pypi.simple.v1+json")
    }

    @Test(
        "Where no serials are told, an update looks everything up, though the index is as it was", arguments: ["", "0"])
    func noSerials(serial: String) async throws {
        let folder = try MinedFolder()
        let member = serial.isEmpty ? "" : #","_last-serial":\#(serial)"#
        index.set(
            "/simple/", #"{"meta":{"api-version":"1.0"\#(member)},"projects":[{"name":"a"\#(member)}]}"#, tag: "1")
        index.tell("a", 0, at: "https://git/1")
        let day = Date(timeIntervalSince1970: 1_800_000_000)
        #expect(try await folder.run(miner, through: index.session, at: day) == ["1 a nan https://git/1"])
        index.tell("a", 0, at: "https://git/2")
        #expect(
            try await folder.run(miner, through: index.session, at: day + 60) == ["1 a nan https://git/2"])
        #expect(index.session.known == [])
    }

    private func file(_ name: String, metadata: String = "true", yanked: String = "false") -> String {
        #"{"filename":"\#(name)","url":"../../files/\#(name)","core-metadata":\#(metadata),"yanked":\#(yanked)}"#
    }

    private func serve(_ files: [String], _ name: String, _ metadata: String) {
        index.publish(9, [("a", 1)])
        index.page("a", files.joined(separator: ","))
        index.set("/files/\(name).metadata", metadata, type: "binary/octet-stream")
    }

    @Test("Without a JSON API the links are those of the newest release's core metadata, as its author wrote them")
    func coreMetadata() async throws {
        let files = [
            file("a-1.9-py3-none-any.whl"), file("a-1.10-py3-none-any.whl"), file("a-2.0rc1-py3-none-any.whl"),
            file("a-3.0-py3-none-any.whl", yanked: #""broken""#), file("a-4.0.tar.gz", metadata: "false"),
        ]
        let metadata = """
            Metadata-Version: 2.1\r
            Name: a\r
            Home-page: UNKNOWN\r
            Project-URL: Repository, https://git/a?x=1,2\r
            Project-URL: Homepage , https://home/a\r
            Project-URL: no address\r
            \r
            Home-page: https://of.the.description
            """
        serve(files, "a-1.10-py3-none-any.whl", metadata)
        #expect(
            try await MinedFolder().run(miner, through: index.session) == ["1 a https://home/a \"https://git/a?x=1 2\""]
        )
        #expect(
            index.asked == ["/simple/", "/pypi/a/json", "/simple/a/", "/files/a-1.10-py3-none-any.whl.metadata"])
    }

    @Test("Core metadata whose checksum is not the index's is not taken", arguments: [true, false])
    func checksum(isRight: Bool) async throws {
        let metadata = "Metadata-Version: 2.1\nHome-page: https://home/a\n"
        let sum = try Digest.hex(of: Array(metadata.utf8), by: .sha256)
        let wanted = isRight ? sum.uppercased() : String(sum.reversed())
        let name = "a-1-py3-none-any.whl"
        serve([file(name, metadata: #"{"sha256":"\#(wanted)"}"#)], name, metadata)
        let folder = try MinedFolder()
        #expect(
            try await folder.run(miner, through: index.session)
                == [isRight ? "1 a https://home/a nan" : "1 a nan nan"])
        #expect(try folder.problems(of: miner)?.contains("its checksum is not the one") == (isRight ? nil : true))
    }

    @Test("Links of an older release than the newest are published, and not the last word while that is fresh")
    func olderRelease() async throws {
        let folder = try MinedFolder()
        index.publish(8, [("b", 1)])
        index.tell("b", 1, at: "https://git/b")
        _ = try await folder.run(miner, through: index.session)
        let name = "a-1.0-py3-none-any.whl"
        serve(
            [file(name), file("a-1.1.tar.gz", metadata: "false")], name, "Metadata-Version: 2.1\nHome-page: https://1\n"
        )
        index.publish(9, [("a", 9), ("b", 1)])
        index.page("a", serial: 9, [file(name), file("a-1.1.tar.gz", metadata: "false")].joined(separator: ","))
        #expect(
            try await folder.run(miner, through: index.session) == ["1 b nan https://git/b", "2 a https://1 nan"])
        let problems = try #require(try folder.problems(of: miner))
        #expect(
            problems.hasPrefix("unsettled,a,\"its newest file has no core metadata: these are the links of an older"))
    }

    @Test(
        "A file's metadata is asked for with the index's password on the index's own host, and on no other",
        arguments: [
            ("", "../../files/", "https://me:pw@index.test/files/"),
            ("", "https://index.test/files/", "https://me:pw@index.test/files/"),
            ("", "https://files.test/", "https://files.test/"), ("", "//files.test/", "https://files.test/"),
            ("", "http://index.test/files/", "http://index.test/files/"),
            ("", "https://index.test:8443/", "https://index.test:8443/"),
            ("<base href='/base/'>", "x/", "https://me:pw@index.test/base/x/"),
        ])
    func filePasswords(base: String, folder: String, asked: String) async throws {
        let session = StubSession { request in
            let (body, type) =
                request.url.hasSuffix("/simple/")
                ? (#"{"meta":{"api-version":"1.0"},"projects":[{"name":"a"}]}"#, PyPIIndex.json)
                : request.url.hasSuffix("/a/")
                    ? ("\(base)<a href='\(folder)a-1.whl' data-core-metadata=true>a-1.whl</a>", "text/html") : ("", "")
            return Response(
                status: body.isEmpty ? 404 : 200, url: request.url, headers: [Header("Content-Type", type)],
                body: Array(body.utf8))
        }
        let miner = PyPIMiner(indexURL: "https://me:pw@index.test/simple")
        #expect(try await MinedFolder().run(miner, through: session) == ["1 a nan nan"])
        #expect(session.requests.last == "\(asked)a-1.whl.metadata")
    }

    @Test("A page in HTML is read as one in JSON is")
    func htmlPage() async throws {
        index.set("/simple/", "<a href='a/'>a</a>", type: "text/html")
        index.set(
            "/simple/a/",
            """
            <a href="/files/a-1.0-py3-none-any.whl#sha256=00" data-core-metadata="true">a-1.0-py3-none-any.whl</a>
            <a href="/files/a-2.0-py3-none-any.whl?x=1&amp;y=2" data-dist-info-metadata="true"
                data-yanked>a-2.0-py3-none-any.whl</a>
            <a href="/files/a-3.0.tar.gz">a-3.0.tar.gz</a>
            """, type: "application/vnd.pypi.simple.v1+html")
        index.set("/files/a-1.0-py3-none-any.whl.metadata", "Metadata-Version: 2.1\nHome-page: https://home/1\n")
        #expect(try await MinedFolder().run(miner, through: index.session) == ["1 a https://home/1 nan"])
    }

    @Test("A project of which nothing can be had is named, and not told to have no links")
    func nothing() async throws {
        let folder = try MinedFolder()
        serve([file("a-4.0.tar.gz", metadata: "false")], "x", "")
        #expect(try await folder.run(miner, through: index.session) == ["1 a nan nan"])
        #expect(
            try folder.problems(of: miner)
                == "failed,a,\"the JSON API does not have it, and no file of it has core metadata beside it\"")
    }

    @Test("The JSON API is the neighbour of the index, wherever that lies")
    func neighbour() async throws {
        let session = StubSession { request in
            let body =
                request.url.hasSuffix("/simple/")
                ? #"{"meta":{"api-version":"1.0"},"projects":[{"name":"a"}]}"# : #"{"info":{"name":"A"}}"#
            return Response(
                status: 200, url: request.url, headers: [Header("Content-Type", PyPIIndex.json)], body: Array(body.utf8)
            )
        }
        let miner = PyPIMiner(indexURL: "http://host.test:8080/repository/own/simple/")
        #expect(try await MinedFolder().run(miner, through: session) == ["1 a nan nan"])
        #expect(session.requests.last == "http://host.test:8080/repository/own/pypi/a/json")
    }
}
