import Foundation
import MinerHarness
import PackageMining
import PyPIMiner
import Testing

/// What an index does not say aloud, as warehouse's source and the PEPs have it.
@Suite("The PyPI miner")
struct PyPIMinerTests {
    private let index = PyPIIndex()
    private let miner = PyPIMiner(indexURL: PyPIIndex.url + "/")
    private let day = Date(timeIntervalSince1970: 1_800_000_000)

    private func run(_ folder: MinedFolder, afterDays days: Double = 0) async throws -> [String] {
        try await folder.run(miner, through: index.session, at: day + days * 86_400)
    }

    @Test("Names are published as the index spells them, told apart as pip does, and asked for as addresses have them")
    func names() async throws {
        index.publish(9, [("zope.interface", 3), ("Flask", 2), ("0-._.-._.-0", 1), ("ruamel__yaml", 4)])
        index.tell("0-0", 1, at: "https://git/0")
        index.tell("flask", 2, at: "https://git/f")
        index.tell("zope-interface", 3, at: "https://git/z")
        index.tell("ruamel-yaml", 4, at: "https://git/r")
        #expect(
            try await run(MinedFolder()) == [
                "1 0-._.-._.-0 nan https://git/0", "2 Flask nan https://git/f", "3 ruamel__yaml nan https://git/r",
                "4 zope.interface nan https://git/z",
            ])
        #expect(
            index.asked.sorted() == [
                "/pypi/0-0/json", "/pypi/flask/json", "/pypi/ruamel-yaml/json", "/pypi/zope-interface/json", "/simple/",
            ])
    }

    @Test("An update looks up exactly those whose serial has changed, and those that are new")
    func updates() async throws {
        let folder = try MinedFolder()
        index.publish(9, [("b", 1), ("c", 2), ("d", 3)], tag: "1")
        for (name, serial) in [("b", 1), ("c", 2), ("d", 3)] { index.tell(name, serial, at: "https://git/\(name)") }
        let first = ["1 b nan https://git/b", "2 c nan https://git/c", "3 d nan https://git/d"]
        #expect(try await run(folder) == first)
        var asked = index.asked.count
        #expect(try await run(folder) == first)
        #expect(Array(index.asked.dropFirst(asked)) == ["/simple/"])
        #expect(index.session.known.map(\.etag) == ["\"1\""])
        index.publish(12, [("A", 12), ("b", 1), ("c", 11), ("d", 3)], tag: "2")
        index.tell("a", 12, at: "https://git/a")
        index.tell("c", 11, at: "https://git/new")
        asked = index.asked.count
        #expect(try await run(folder) == [first[0], "2 c nan https://git/new", first[2], "4 A nan https://git/a"])
        #expect(index.asked.dropFirst(asked).sorted() == ["/pypi/a/json", "/pypi/c/json", "/simple/"])
        #expect(try folder.problems(of: miner) == nil)
    }

    @Test("A project that only spells its name anew keeps its Package ID")
    func respells() async throws {
        let folder = try MinedFolder()
        index.publish(1, [("My.Project", 1), ("other", 1)])
        for name in ["my-project", "other"] { index.tell(name, 1, at: "https://git/1") }
        _ = try await run(folder)
        index.publish(2, [("my_project", 2), ("other", 1)])
        index.tell("my-project", 2, at: "https://git/2")
        #expect(try await run(folder) == ["1 my_project nan https://git/2", "2 other nan https://git/1"])
    }

    @Test("An index with a lower serial than the last one is an old copy: an error, and the list stays")
    func oldCopy() async throws {
        let folder = try MinedFolder()
        index.publish(9, [("a", 1), ("b", 2)])
        for name in ["a", "b"] { index.tell(name, 5, at: "https://git/1") }
        _ = try await run(folder)
        index.publish(8, [("a", 1)])
        let error = try await #require(throws: WireError.self) { _ = try await run(folder) }
        #expect(error.reason == "it is of serial 8, older than the list that was taken last, of serial 9")
        #expect(try folder.text("PyPI.csv").split(separator: "\n").count == 3)
        index.publish(9, [("a", 1), ("b", 2)])
        #expect(try await run(folder) == ["1 a nan https://git/1", "2 b nan https://git/1"])
    }

    @Test(
        "An answer from before the project's last change is no answer, and is asked for in every run until it is newer")
    func staleAnswer() async throws {
        let folder = try MinedFolder()
        index.publish(9, [("a", 7)])
        index.tell("a", 6, at: "https://git/old")
        for days in [0, 1, 2, 30.0] {
            #expect(try await run(folder, afterDays: days) == ["1 a nan nan"])
            #expect(
                try folder.problems(of: miner)
                    == "failed,a,\"the answer is an old copy, of serial 6, where the index tells of 7\"")
        }
        index.tell("a", 7, at: "https://git/new")
        #expect(try await run(folder, afterDays: 31) == ["1 a nan https://git/new"])
        #expect(try folder.problems(of: miner) == nil)
    }

    @Test("An old copy takes nothing from what was known")
    func staleUpdate() async throws {
        let folder = try MinedFolder()
        index.publish(9, [("a", 7)])
        index.tell("a", 7, at: "https://git/7")
        _ = try await run(folder)
        index.publish(10, [("a", 10)])
        index.tell("a", 6, at: "https://git/6")
        #expect(try await run(folder, afterDays: 2) == ["1 a nan https://git/7"])
        #expect(try await run(folder, afterDays: 4) == ["1 a nan https://git/7"])
        #expect(try folder.problems(of: miner)?.hasPrefix("failed,a,") == true)
    }

    @Test("The serial may stand in the answer's header alone")
    func serialInHeader() async throws {
        index.publish(9, [("a", 7)])
        index.session.set(
            "https://index.test/pypi/a/json", Array(#"{"info":{"name":"a","home_page":"https://old"}}"#.utf8),
            headers: [Header("X-PyPI-Last-Serial", "6")])
        let folder = try MinedFolder()
        #expect(try await run(folder) == ["1 a nan nan"])
        #expect(try folder.problems(of: miner)?.contains("an old copy, of serial 6") == true)
    }

    @Test("A project without a release is listed with no links, and settled")
    func noRelease() async throws {
        let folder = try MinedFolder()
        index.publish(9, [("a", 1)])
        index.page("a")
        #expect(try await run(folder) == ["1 a nan nan"])
        #expect(try folder.problems(of: miner) == nil)
        #expect(index.asked == ["/simple/", "/pypi/a/json", "/simple/a/"])
        _ = try await run(folder)
        #expect(index.asked.count == 4)
    }

    @Test(
        "A project that is gone from the index and in quarantine keeps its row and its ID; one that is deleted does not"
    )
    func quarantine() async throws {
        let folder = try MinedFolder()
        let projects = [("A.a", 1), ("b", 2), ("c", 3)]
        index.publish(9, projects)
        for (name, serial) in [("a-a", 1), ("b", 2), ("c", 3)] { index.tell(name, serial, at: "https://git/\(name)") }
        let rows = ["1 A.a nan https://git/a-a", "2 b nan https://git/b", "3 c nan https://git/c"]
        #expect(try await run(folder) == rows)

        index.publish(11, [("c", 3)])
        index.page("a-a", status: "quarantined", serial: 10)
        index.forget("/pypi/a-a/json")
        let asked = index.asked.count
        for _ in 1...2 { #expect(try await run(folder) == [rows[0], rows[2]]) }
        // One that is in quarantine is asked about in each run; one that was deleted is withdrawn for good.
        #expect(
            Array(index.asked.dropFirst(asked)) == [
                "/simple/", "/simple/a-a/", "/simple/b/", "/simple/", "/simple/a-a/",
            ])
        #expect(try folder.problems(of: miner) == nil)

        index.publish(20, [("A.a", 20), ("c", 3), ("new", 15)])
        index.tell("a-a", 20, at: "https://git/back")
        index.tell("new", 15, at: "https://git/new")
        #expect(
            try await run(folder) == ["1 A.a nan https://git/back", rows[2], "4 new nan https://git/new"])

        index.publish(21, [("c", 3), ("new", 15)])
        index.forget("/simple/a-a/")
        #expect(try await run(folder) == [rows[2], "4 new nan https://git/new"])
    }

    @Test("A server that says 403 of a project that is gone does not stop the update", arguments: [403, 410, 451])
    func goneIsRefused(status: Int) async throws {
        let folder = try MinedFolder()
        index.publish(9, [("a", 1), ("b", 1)])
        for name in ["a", "b"] { index.tell(name, 1, at: "https://git/1") }
        _ = try await run(folder)
        index.publish(10, [("b", 1)])
        index.set("/simple/a/", "no", type: "text/plain", status: status)
        #expect(try await run(folder) == ["2 b nan https://git/1"])
    }

    @Test("A page that has been emptied is no deletion of everything: nobody is asked about each project")
    func emptied() async throws {
        let folder = try MinedFolder()
        let projects = (0..<200).map { ("p\($0)", 1) }
        index.publish(9, projects)
        for (name, _) in projects { index.tell(name, 1, at: "https://git/1") }
        let rows = try await run(folder)
        let asked = index.asked.count
        index.publish(10, Array(projects.prefix(20)))
        #expect(try await run(folder) == rows)
        #expect(Array(index.asked.dropFirst(asked)) == ["/simple/"])
        #expect(try folder.problems(of: miner)?.hasPrefix("shrunken,") == true)
    }

    @Test("An index of another major version is refused, in words", arguments: ["2.0", "10.1"])
    func otherVersion(version: String) async throws {
        index.set("/simple/", #"{"meta":{"_last-serial":1,"api-version":"\#(version)"},"projects":[]}"#)
        let error = try await #require(throws: WireError.self) { _ = try await run(MinedFolder()) }
        #expect(error.reason == "its api-version is \(version), and 1.x is what can be read")
        #expect(!error.isWorthRetrying)
    }

    @Test(
        "What is of another type is no index, whatever it looks like",
        arguments: ["application/json", "text/plain", ""])
    func otherType(type: String) async throws {
        index.set("/simple/", #"{"meta":{"api-version":"1.0"},"projects":[{"name":"a"}]}"#, type: type)
        let error = try await #require(throws: WireError.self) { _ = try await run(MinedFolder()) }
        #expect(error.reason.hasPrefix("it is \(type), not application/vnd.pypi.simple.v1+json or"))
    }

    @Test("An entry that cannot be read is named, and those beside it are listed")
    func unreadable() async throws {
        let folder = try MinedFolder()
        index.set("/simple/", #"{"meta":{"_last-serial":1,"api-version":"1.0"},"projects":[{"name":7},{"name":"a"}]}"#)
        index.tell("a", 1, at: "https://git/1")
        #expect(try await run(folder) == ["1 a nan https://git/1"])
        #expect(
            try folder.problems(of: miner) == #"""
                unreadable,"https://index.test/simple/, element 0 of '/projects'","it has no text at '/name': {""name"":7}"
                """#)
    }

    @Test("An answer that tells of another project, or of none, is no answer", arguments: [#""b""#, "null"])
    func otherProject(name: String) async throws {
        let folder = try MinedFolder()
        index.publish(9, [("a", 1)])
        index.set("/pypi/a/json", #"{"info":{"name":\#(name),"home_page":"https://b"}}"#, type: "application/json")
        #expect(try await run(folder) == ["1 a nan nan"])
        #expect(try folder.problems(of: miner)?.hasPrefix("failed,a,") == true)
    }

    @Test("The password of the address is in no file that a run leaves, and goes with every request")
    func credentials() async throws {
        let folder = try MinedFolder()
        let secret = PyPIMiner(indexURL: "https://me:s3cr3t@index.test/simple")
        let session = StubSession { request in
            let path = request.url.split(separator: "@")[1].dropFirst("index.test".count)
            let body =
                switch path {
                case "/simple/":
                    #"{"meta":{"_last-serial":2,"api-version":"1.0"},"projects":[{"name":"a"},{"name":"b"},{}]}"#
                case "/pypi/a/json": #"{"info":{"name":"a","home_page":"https://a"}}"#
                default: ""
                }
            return Response(
                status: body.isEmpty ? 500 : 200, url: request.url,
                headers: [Header("Content-Type", PyPIIndex.json), Header("ETag", "\"1\"")], body: Array(body.utf8))
        }
        #expect(try await folder.run(secret, through: session) == ["1 a https://a nan", "2 b nan nan"])
        #expect(try folder.problems(of: secret)?.split(separator: "\n").count == 2)
        #expect(try !folder.holds("s3cr3t"))
        #expect(try folder.holds("index.test"))
    }
}
