import CocoaPodsMiner
import Foundation
import MinerHarness
import PackageMining
import Testing

/// What a look-up of a pod finds, by its newest version's podspec.
@Suite("Podspecs, in detail")
struct CocoaPodsLookUpTests {
    private let cdn = PodsCDN()

    @Test(
        "the newest version is looked up, not the last of its line; hidden ones are none, pre-releases the last resort")
    func newest() async throws {
        try cdn.tell("Releases", "1.10", "1.9", "2.0.0-beta", "1.10.0.rc1", ".git", "")
        try cdn.tell("Betas", "1.0.0-beta.10", "1.0.0-beta.9", "1.0.0-alpha.11")
        try cdn.tell("Hidden", ".1.0")
        #expect(
            try await MinedFolder().run(cdn.miner, through: cdn) == [
                PodsCDN.row(1, "Betas", "1.0.0-beta.10"), "2 Hidden nan nan", PodsCDN.row(3, "Releases", "1.10"),
            ])
    }

    @Test("where the newest version has no podspec an older one's links are told, and that is said while it is news")
    func older() async throws {
        try cdn.tell("A", "1.0")
        let folder = try MinedFolder()
        _ = try await folder.run(cdn.miner, through: cdn)
        cdn.change { $0.lines = ["A/1.0/1.1"] }
        #expect(try await folder.run(cdn.miner, through: cdn) == [PodsCDN.row(1, "A", "1.0")])
        let problems = try #require(try folder.problems(of: cdn.miner))
        #expect(
            problems.hasPrefix("unsettled,A,\"1.1 is listed and cannot be had: these are 1.0's links"), "\(problems)")
    }

    @Test(
        "a version that its shard has lost, as where a line was cut, keeps its links while its podspec is there",
        arguments: [true, false])
    func lost(isCut: Bool) async throws {
        try cdn.tell("A", "1.1", "1.0")
        let folder = try MinedFolder()
        #expect(try await folder.run(cdn.miner, through: cdn) == [PodsCDN.row(1, "A", "1.1")])
        let spec = try "Specs/\(cdn.shardFile(of: "A").dropFirst(18).prefix(1))/A"
        cdn.change { state in
            state.lines = ["A/1.0"]
            state.files["\(spec)/1.0/A.podspec.json"] = (200, PodsCDN.spec("A", "1.0"))
            if !isCut { state.files["\(spec)/1.1/A.podspec.json"] = nil }
        }
        for hours in [1.0, 2] {
            let began = Date(timeIntervalSinceNow: hours * 3_600)
            let list = try await folder.run(cdn.miner, through: cdn, at: began)
            #expect(list == [PodsCDN.row(1, "A", isCut ? "1.1" : "1.0")])
            let problems = try folder.problems(of: cdn.miner)
            let told = "unsettled,A,\"the list names 1.0 at most, and 1.1 is to be had, and it had links before"
            #expect(problems?.hasPrefix(told) == (isCut ? true : nil), "\(problems ?? "")")
        }
        cdn.change { $0.lines = ["A/1.0/1.1/1.2"] }
        cdn.change { $0.files["\(spec)/1.2/A.podspec.json"] = (200, PodsCDN.spec("A", "1.2")) }
        #expect(
            try await folder.run(cdn.miner, through: cdn, at: Date(timeIntervalSinceNow: 10_800))
                == [PodsCDN.row(1, "A", "1.2")])
        #expect(try folder.problems(of: cdn.miner) == nil)
    }

    @Test(
        "the repository is git's, else Subversion's, else Mercurial's, and never an archive",
        arguments: [
            (#"{"git":"https://g","svn":"https://s","hg":"https://h","http":"https://a"}"#, "https://g"),
            (#"{"hg":"https://h","svn":"https://s"}"#, "https://s"), (#"{"hg":"https://h","tag":"1"}"#, "https://h"),
            (#"{"git":"","svn":null,"hg":"https://h"}"#, "https://h"), (#"{"http":"https://a/a.zip"}"#, nil),
            (#"{"git":["https://g"]}"#, nil), ("{}", nil), ("null", nil), (#""https://g""#, nil),
        ])
    func repository(source: String, repository: String?) async throws {
        try cdn.tell("A", "1.0", spec: #"{"name":"A","homepage":" https://h ","source":\#(source)}"#)
        let package = Package(id: 1, name: "A", newest: Release(version: "1.0"))
        let told = try await cdn.miner.resolve(package, through: cdn)
        #expect([told.homepage, told.repository] == ["https://h", repository])
        #expect(told.outcome == (repository == nil ? .noRepository : .resolved))
    }

    @Test("a broken podspec without a source has no repository, and one without a homepage none")
    func withoutSource() async throws {
        try cdn.tell("A", "1.0", spec: #"{"name":"A","homepage":null}"#)
        #expect(try await MinedFolder().run(cdn.miner, through: cdn) == ["1 A nan nan"])
    }

    @Test("what is no podspec is not taken for one", arguments: ["<html>", "", "[]", "{}", #"{"name":null}"#])
    func foreign(body: String) async throws {
        try cdn.tell("A", "1.0", spec: body)
        let package = Package(id: 1, name: "A", newest: Release(version: "1.0"))
        let error = try await #require(throws: WireError.self) { try await cdn.miner.resolve(package, through: cdn) }
        #expect(error.isWorthRetrying)
    }

    @Test(
        "a podspec of another pod or another version is not believed, and one of the same in other words is",
        arguments: [
            (#""name":"B","version":"1.0""#, false), (#""name":"a","version":"1.0""#, false),
            (#""name":"A","version":"0.1""#, false), (#""name":"A","version":"1.0-beta""#, false),
            (#""name":"A","version":"1.0.0""#, true), (#""name":"A","version":1.0"#, true), (#""name":"A""#, true),
        ])
    func foreignPodspec(fields: String, isBelieved: Bool) async throws {
        try cdn.tell("A", "1.0", spec: #"{\#(fields),"homepage":"https://h","source":{"git":"https://g"}}"#)
        let package = Package(id: 1, name: "A", newest: Release(version: "1.0"))
        if isBelieved {
            let told = try await cdn.miner.resolve(package, through: cdn)
            #expect(told.outcome == .resolved && told.homepage == "https://h" && told.repository == "https://g")
            return
        }
        let error = try await #require(throws: WireError.self) { try await cdn.miner.resolve(package, through: cdn) }
        #expect("\(error)".contains("it is the podspec of"), "\(error)")
        #expect(error.category == .malformed && error.isWorthRetrying)
    }

    @Test(
        "names are escaped byte by byte, and asked for in the folder of their MD5",
        arguments: [
            ("ID.me WebVerify", "e/5/f/ID.me%20WebVerify/1.0/ID.me%20WebVerify.podspec.json"),
            ("+verify", "9/b/a/%2Bverify/1.0/%2Bverify.podspec.json"),
            ("🔒", "c/5/1/%F0%9F%94%92/1.0/%F0%9F%94%92.podspec.json"),
        ])
    func escapes(name: String, path: String) async throws {
        let session = StubSession()
        let package = Package(id: 1, name: name, newest: Release(version: "1.0"))
        _ = try await CocoaPodsMiner(cdnURL: PodsCDN.url).resolve(package, through: session)
        #expect(session.requests == ["\(PodsCDN.url)/Specs/\(path)"])
    }
}
