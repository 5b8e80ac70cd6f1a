import ContentDigest
import Foundation
import MinerHarness
import PackageMining
import RPMMiner
import Testing

/// Repositories whose files are not what `repomd.xml` says, though their checksums are right.
@Suite("RPM repositories that contradict themselves")
struct ContradictionTests {
    private let base = "http://rpm.test/os"
    private let miner = RPMMiner(repositoryURL: "http://rpm.test/os")
    private let session = StubSession(chunkSize: 7)

    private static let package = "<package type='rpm'><name>a</name><version ver='1'/></package>"

    /// A file of `primary`'s kind, with one package for each name.
    private static func primary(_ names: [String], saying count: String?, root: String = "metadata") -> String {
        let packages = names.map { package.replacing(">a<", with: ">\($0)<") }.joined()
        let told = count.map { " packages=\"\($0)\"" } ?? ""
        return "<\(root) xmlns=\"http://linux.duke.edu/metadata/common\"\(told)>\(packages)</\(root)>"
    }

    private func publish(_ primary: String, more: String = "") throws {
        let checksum = try Digest.hex(of: primary.utf8, by: .sha256)
        publish(index: "\(entry("primary", "<checksum type='sha256'>\(checksum)</checksum>\(more)"))")
        session.set("\(base)/repodata/primary.xml", Array(primary.utf8))
    }

    private func publish(index entries: String) {
        let index = "<repomd xmlns=\"http://linux.duke.edu/metadata/repo\">\(entries)</repomd>"
        session.set("\(base)/repodata/repomd.xml", Array(index.utf8))
    }

    private func entry(_ type: String, _ content: String) -> String {
        "<data type=\"\(type)\">\(content)<location href=\"repodata/\(type).xml\"/></data>"
    }

    @Test(
        "a primary file that is none is refused after one download, and the list stays",
        arguments: [
            (package, "line 1, column 20: the outermost element is 'package', not 'metadata'"),
            (package + package, "line 1, column 20: the outermost element is 'package', not 'metadata'"),
            (
                primary(["a", "b"], saying: "2", root: "filelists"),
                "line 1, column 70: the outermost element is 'filelists', not 'metadata'"
            ),
            (
                "<html><body><p>Sorry</p></body></html>",
                "line 1, column 6: the outermost element is 'html', not 'metadata'"
            ),
            ("<!DOCTYPE html><p>Sorry<br></html>", "line 1, column 18: the outermost element is 'p', not 'metadata'"),
            ("", "line 1, column 1: the document is empty"),
            (String(primary(["a", "b"], saying: "2").dropLast(11)), "line 1, column 194: the document is cut off"),
            (primary([], saying: "3"), "it says that it has 3 packages, and it has none"),
            (primary([], saying: "many"), "it says that it has many packages, and it has none"),
            (
                primary([], saying: "99999999999999999999"),
                "it says that it has 99999999999999999999 packages, and it has none"
            ),
            (
                primary(["a"], saying: "1").replacing("package ", with: "packet ").replacing(
                    "/package", with: "/packet"),
                "it says that it has 1 packages, and it has none"
            ),
        ])
    func isNone(file: String, reason: String) async throws {
        let folder = try MinedFolder()
        try publish(Self.primary(["a", "b", "c"], saying: "3"))
        let rows = ["1 a nan nan", "2 b nan nan", "3 c nan nan"]
        #expect(try await folder.run(miner, through: session) == rows)
        try publish(file)
        let asked = session.requests.count
        let error = try await #require(throws: WireError.self) { _ = try await folder.run(miner, through: session) }
        #expect(error.category == .malformed)
        #expect(error.reason == "the file cannot be read, though its checksum is right: \(reason)")
        #expect(session.requests.count == asked + 2)
        #expect(try folder.text("RPM.csv").split(separator: "\n").count == 4)
        try publish(Self.primary(["a", "b", "c", "d"], saying: "4"))
        #expect(try await folder.run(miner, through: session) == rows + ["4 d nan nan"])
    }

    @Test(
        "another number of packages than the file says is a problem and no more",
        arguments: [
            ("3", "it says that it has 3 packages, and it has 2"),
            ("1", "it says that it has 1 packages, and it has 2"),
            ("0", "it says that it has 0 packages, and it has 2"),
            ("-2", "it says that it has -2 packages, and it has 2"),
            ("", "it says that it has  packages, and it has 2"),
            ("two", "it says that it has two packages, and it has 2"),
        ])
    func otherCount(told: String, problem: String) async throws {
        try publish(Self.primary(["a", "b"], saying: told))
        let run = StoredRun(miner)
        try await run.list(through: session)
        #expect(try await run.newest.count == 2)
        #expect(try await run.problems == [Problem(.contradiction, at: "\(base)/repodata/primary.xml", problem)])
    }

    @Test("the number may be right, written otherwise, or missing", arguments: ["2", " 2 ", "002", nil])
    func rightCount(told: String?) async throws {
        try publish(Self.primary(["a", "b"], saying: told))
        let run = StoredRun(miner)
        try await run.list(through: session)
        #expect(try await run.newest.count == 2)
        #expect(try await run.problems.isEmpty)
    }

    @Test("a repository that says that it has no packages is an empty list; one that says nothing is a problem too")
    func isEmpty() async throws {
        try publish(Self.primary([], saying: "0"))
        let run = StoredRun(miner)
        try await run.list(through: session)
        #expect(try await run.newest.isEmpty)
        #expect(try await run.problems.isEmpty)
        try publish(Self.primary([], saying: nil))
        let other = StoredRun(miner)
        try await other.list(through: session)
        #expect(
            try await other.problems.map(\.detail) == ["it does not say how many packages it has, and it has 0"])
    }

    @Test("a problem of the list is gone when the repository has mended it")
    func mends() async throws {
        let folder = try MinedFolder()
        try publish(Self.primary(["a", "b"], saying: "3"))
        #expect(try await folder.run(miner, through: session) == ["1 a nan nan", "2 b nan nan"])
        #expect(
            try folder.text("RPM.problems.csv")
                == "Kind,Subject,Detail\ncontradiction,\(base)/repodata/primary.xml,"
                + "\"it says that it has 3 packages, and it has 2\"\n")
        try publish(Self.primary(["a", "b"], saying: "2"))
        #expect(try await folder.run(miner, through: session) == ["1 a nan nan", "2 b nan nan"])
        #expect(throws: CocoaError.self) { try folder.text("RPM.problems.csv") }
    }

    @Test("a password in the repository's address is in no problem, and nowhere else")
    func credentials() async throws {
        let folder = try MinedFolder()
        let secret = "http://me:s3cr3t@rpm.test/os"
        try publish("<metadata packages='2'>\(Self.package)<package/></metadata>")
        for file in ["repomd", "primary"] {
            session.set("\(secret)/repodata/\(file).xml", session.answer(at: "\(base)/repodata/\(file).xml"))
        }
        let miner = RPMMiner(repositoryURL: secret)
        #expect(try await folder.run(miner, through: session) == ["1 a nan nan"])
        let place = "\(base)/repodata/primary.xml, package 2"
        #expect(try folder.problems(of: miner) == "unreadable,\"\(place)\",a package without a name or a version")
        #expect(try !folder.holds("s3cr3t"))
    }

    @Test("each package that cannot be read is named")
    func unreadable() async throws {
        let nameless = Self.package.replacing("<name>a</name>", with: "<name/>")
        try publish("<metadata packages='3'>\(nameless)\(Self.package)\(nameless)</metadata>")
        let run = StoredRun(miner)
        try await run.list(through: session)
        #expect(
            try await run.problems.map(\.subject)
                == ["\(base)/repodata/primary.xml, package 1", "\(base)/repodata/primary.xml, package 3"])
    }

    @Test("a mirror's copy that is older than the list is an error, and the list stays")
    func olderCopy() async throws {
        let folder = try MinedFolder()
        try publish(Self.primary(["a", "b"], saying: "2"), more: "<timestamp>1700000001</timestamp>")
        #expect(try await folder.run(miner, through: session) == ["1 a nan nan", "2 b nan nan"])
        try publish(Self.primary(["a"], saying: "1"), more: "<timestamp>1700000000</timestamp>")
        let error = try await #require(throws: WireError.self) { _ = try await folder.run(miner, through: session) }
        #expect(
            error.reason == "it is of 2023-11-14T22:13:20Z, older than the list that was taken last, "
                + "of 2023-11-14T22:13:21Z")
        #expect(error.url == "\(base)/repodata/repomd.xml" && !error.isWorthRetrying)
        #expect(try folder.text("RPM.csv").split(separator: "\n").count == 3)
        try publish(Self.primary(["a"], saying: "1"), more: "<timestamp>1700000001</timestamp>")
        #expect(try await folder.run(miner, through: session) == ["1 a nan nan"])
    }

    @Test("the manifest says when the registry made the list, and nothing where it does not say")
    func registryTime() async throws {
        let folder = try MinedFolder()
        try publish(Self.primary(["a"], saying: "1"))
        _ = try await folder.run(miner, through: session)
        #expect(try !folder.text("datapackage.json").contains("registryTime"))
        try publish(Self.primary(["a", "b"], saying: "2"), more: "<timestamp>1700000001</timestamp>")
        _ = try await folder.run(miner, through: session)
        let told = "\n        \"registryTime\" : \"2023-11-14T22:13:21Z\",\n"
        #expect(try folder.text("datapackage.json").contains(told))
        _ = try await folder.run(miner, through: session)
        #expect(try folder.text("datapackage.json").contains(told))
    }

    @Test("a time that is none is none", arguments: ["nan", "inf", "-1e300", "1e300", "x", ""])
    func noTime(text: String) async throws {
        let folder = try MinedFolder()
        try publish(Self.primary(["a"], saying: "1"), more: "<timestamp>\(text)</timestamp>")
        #expect(try await folder.run(miner, through: session) == ["1 a nan nan"])
        try publish(Self.primary(["a", "b"], saying: "2"), more: "<timestamp>1700000000</timestamp>")
        #expect(try await folder.run(miner, through: session) == ["1 a nan nan", "2 b nan nan"])
    }

    @Test("a prefix on every element changes nothing")
    func prefixes() async throws {
        let package =
            "<c:package type='rpm'><c:name>a</c:name><c:version ver='1'/><c:url>https://a.test/</c:url></c:package>"
        try publish(
            "<c:metadata xmlns:c='http://linux.duke.edu/metadata/common' packages='1'>\(package)</c:metadata>")
        #expect(try await MinedFolder().run(miner, through: session) == ["1 a https://a.test/ nan"])
    }

    @Test("a wrong size is no reason to refuse a file whose checksum is right", arguments: ["1", "0", "-1", "x"])
    func wrongSize(size: String) async throws {
        try publish(
            Self.primary(["a"], saying: "1"), more: "<size>\(size)</size><open-size>\(size)</open-size>")
        #expect(try await MinedFolder().run(miner, through: session) == ["1 a nan nan"])
    }

    @Test(
        "what repomd.xml lacks is told as what it is, at the first look",
        arguments: [
            ("<checksum type='sha256'></checksum>", "repomd.xml gives no checksum for primary"),
            ("<checksum type='sha256'> \n </checksum>", "repomd.xml gives no checksum for primary"),
            ("<checksum/>", "repomd.xml gives no checksum for primary"),
            ("", "repomd.xml gives no checksum for primary"),
            (
                "<checksum type='sha3'>00</checksum>",
                "repomd.xml gives a checksum of type 'sha3' for primary, which is not known"
            ),
            ("<checksum type='md5'>00</checksum>", "repomd.xml gives '00' for primary, which is no md5 checksum"),
        ])
    func lacks(content: String, reason: String) async throws {
        publish(index: entry("primary", content))
        let error = try await #require(throws: WireError.self) { try await StoredRun(miner).list(through: session) }
        #expect(error.category == .malformed)
        #expect(error.reason == reason)
        #expect(!error.isWorthRetrying)
    }

    @Test("a repository with databases alone says so")
    func databases() async throws {
        publish(index: entry("primary_db", "") + entry("filelists_db", ""))
        let error = try await #require(throws: WireError.self) { try await StoredRun(miner).list(through: session) }
        #expect(
            error.reason == "repomd.xml names no primary file, but primary_db, filelists_db; databases are not read")
        #expect(!error.isWorthRetrying)
    }

    @Test("an index that is none is asked for again")
    func noIndex() async throws {
        session.set("\(base)/repodata/repomd.xml", Array("<html><body/></html>".utf8))
        let error = try await #require(throws: WireError.self) { try await StoredRun(miner).list(through: session) }
        #expect(error.reason.hasSuffix("the outermost element is 'html', not 'repomd'"))
        #expect(error.isWorthRetrying)
    }

    @Test("of two primary files the first one counts that can be verified")
    func twoFiles() async throws {
        let primary = Self.primary(["a"], saying: "1")
        let checksum = try Digest.hex(of: primary.utf8, by: .sha1)
        publish(
            index: entry("primary", "<checksum type='sha256'/>")
                + "<data type='primary'><checksum type='sha'>\(checksum)</checksum>"
                + "<location href='repodata/other.xml'/></data>"
                + entry("primary", "<checksum type='md5'>00</checksum>"))
        session.set("\(base)/repodata/other.xml", Array(primary.utf8))
        #expect(try await MinedFolder().run(miner, through: session) == ["1 a nan nan"])
    }
}
