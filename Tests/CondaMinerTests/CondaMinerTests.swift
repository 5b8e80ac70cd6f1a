import CondaMiner
import Foundation
import MinerHarness
import PackageMining
import Testing

/// What a channel does not say aloud: a test each.
@Suite("conda, in detail")
struct CondaMinerTests {
    private static let base = "https://conda.test/forge"
    private let base = CondaMinerTests.base
    private let session = StubSession(chunkSize: 50)
    private let miner = CondaMiner(channelURL: CondaMinerTests.base)

    private func set(_ path: String, _ text: String, tag: String? = nil) {
        let headers = tag.map { [Header("ETag", "\"\($0)\"")] } ?? []
        session.set("\(base)/\(path)", Array(text.utf8), headers: headers)
    }

    private func repodata(_ content: String) -> String { "{\"info\":{\"subdir\":\"x\"},\(content)}" }

    private func publish(noarch: String, _ packages: String = "", subdirs: String = "\"noarch\"") {
        set("noarch/repodata.json.zst", repodata(noarch))
        set("channeldata.json", "{\"channeldata_version\":1,\"packages\":{\(packages)},\"subdirs\":[\(subdirs)]}")
    }

    private func rows() async throws -> [String] { try await MinedFolder().run(miner, through: session) }

    @Test("The packages of every subdir are listed, of packages, packages.conda and v3, each by its record's name")
    func union() async throws {
        set("linux-64/repodata.json.zst", repodata("\"packages\":{\"a-b-1-0.tar.bz2\":{\"name\":\"a-b\"}}"))
        let whl = "\"whl\":{\"w-1-py3_0\":{\"name\":\"w\"}},\"new\":{\"n-1-0\":{\"name\":\"n\"}}"
        publish(
            noarch:
                "\"packages.conda\":{\"file-1-0.conda\":{\"name\":\"record\"}},\"v3\":{\(whl)},\"removed\":[\"r-1-0.conda\"]",
            subdirs: "\"linux-64\",\"noarch\"")
        #expect(try await rows() == ["1 a-b nan nan", "2 n nan nan", "3 record nan nan", "4 w nan nan"])
    }

    @Test("channeldata is never the list: what it alone has is none, and what it lacks is listed")
    func neverTheList() async throws {
        publish(noarch: "\"packages\":{\"a-1-0.tar.bz2\":{\"name\":\"a\"}}", "\"gone\":{\"home\":\"https://gone\"}")
        #expect(try await rows() == ["1 a nan nan"])
        set("channeldata.json", "{\"channeldata_version\":1,\"packages\":{},\"subdirs\":[\"noarch\"]}")
        #expect(try await rows() == ["1 a nan nan"])
    }

    @Test(
        "The homepage is home, the repository dev_url, else source_git_url: one, the first of several, or none",
        arguments: [
            (
                "\"home\":\"https://h\",\"dev_url\":\"https://d\",\"source_git_url\":\"https://g\"",
                "https://h https://d"
            ),
            ("\"home\":[null,\"https://h\",\"x\"],\"dev_url\":[\"https://d\",\"x\"]", "https://h https://d"),
            ("\"home\":\"None\",\"dev_url\":\"None\",\"source_git_url\":\"https://g\"", "nan https://g"),
            ("\"home\":\"none\",\"dev_url\":null,\"source_git_url\":[\"https://g\"]", "none https://g"),
            ("\"home\":\"\",\"dev_url\":[],\"source_url\":\"https://s\",\"doc_url\":\"https://d\"", "nan nan"),
            ("\"home\":\" \",\"dev_url\":5", "nan nan"),
        ])
    func links(record: String, links: String) async throws {
        publish(noarch: "\"packages\":{\"a-1-0.tar.bz2\":{\"name\":\"a\"}}", "\"a\":{\(record)}")
        #expect(try await rows() == ["1 a \(links)"])
    }

    @Test(
        "A channel without channeldata is asked for every subdir that conda knows, and old ones have plain JSON alone")
    func noChanneldata() async throws {
        set("osx-arm64/repodata.json", repodata("\"packages\":{\"b-1-0.tar.bz2\":{\"name\":\"b\"}}"))
        set("noarch/repodata.json.zst", repodata("\"packages\":{\"a-1-0.tar.bz2\":{\"name\":\"a\"}}"))
        let folder = try MinedFolder()
        #expect(try await folder.run(miner, through: session) == ["1 a nan nan", "2 b nan nan"])
        #expect(try folder.problems(of: miner) == nil)
        #expect(session.requests.filter { $0.hasSuffix("/repodata.json") }.count == 18)
    }

    @Test("A subdir that the channel tells of and does not have is a gap with a name")
    func missingSubdir() async throws {
        publish(noarch: "\"packages\":{\"a-1-0.tar.bz2\":{\"name\":\"a\"}}", subdirs: "\"noarch\",\"win-64\"")
        let folder = try MinedFolder()
        #expect(try await folder.run(miner, through: session) == ["1 a nan nan"])
        let told = "gap,\(base)/win-64/repodata.json,\"the channel tells of this subdir, and does not have it\""
        #expect(try folder.problems(of: miner) == told)
    }

    @Test("A subdir that was there and is gone is a gap, and its packages stay until that is said to be meant")
    func goneSubdir() async throws {
        publish(noarch: "\"packages\":{\"a-1-0.tar.bz2\":{\"name\":\"a\"}}", subdirs: "\"noarch\",\"win-64\"")
        set("win-64/repodata.json", repodata("\"packages\":{\"w-1-0.tar.bz2\":{\"name\":\"w\"}}"))
        let folder = try MinedFolder()
        #expect(try await folder.run(miner, through: session) == ["1 a nan nan", "2 w nan nan"])
        session.set("\(base)/win-64/repodata.json", [], status: 404)
        for round in 1...3 {
            let a = "\"packages\":{\"a-\(round)-0.tar.bz2\":{\"name\":\"a\"}}"
            if round == 3 { set("noarch/repodata.json.zst", repodata(a)) }
            #expect(try await folder.run(miner, through: session) == ["1 a nan nan", "2 w nan nan"])
            let told = "it was there before: what is not told stays until --accept-shrinking says that it is meant"
            #expect(try folder.problems(of: miner) == "gap,\(base)/win-64/repodata.json,status 404; \(told)")
        }
        #expect(try await folder.run(miner, through: session, acceptsShrinking: true) == ["1 a nan nan"])
    }

    @Test("Where channeldata is gone the list and its links stay, with an error, until that is said to be meant")
    func goneChanneldata() async throws {
        let a = "\"packages\":{\"a-1-0.tar.bz2\":{\"name\":\"a\"}}"
        publish(noarch: a, "\"a\":{\"home\":\"https://a\"}")
        let folder = try MinedFolder()
        #expect(try await folder.run(miner, through: session) == ["1 a https://a nan"])
        session.set("\(base)/channeldata.json", [], status: 404)
        await #expect(throws: WireError.self) { _ = try await folder.run(miner, through: session) }
        #expect(try await folder.run(miner, through: session, acceptsShrinking: true) == ["1 a nan nan"])
    }

    @Test("Where no subdir is there, that is an error and no empty list")
    func noChannel() async throws {
        let error = try await #require(throws: WireError.self) { try await StoredRun(miner).list(through: session) }
        #expect(error.category == .absent)
    }

    @Test("A record without a name is named, and those beside it stand")
    func unreadable() async throws {
        publish(noarch: "\"packages\":{\"a-1-0.tar.bz2\":{},\"b-1-0.tar.bz2\":{\"name\":\"b\"}},\"v3\":{\"whl\":5}")
        let folder = try MinedFolder()
        #expect(try await folder.run(miner, through: session) == ["1 b nan nan"])
        let problems = try #require(try folder.problems(of: miner)).split(separator: "\n")
        #expect(problems.count == 2)
        #expect(problems.allSatisfy { $0.hasPrefix("unreadable,\"\(base)/noarch/repodata.json, '") })
    }

    @Test("Where v3 has fewer packages than the file says, that is told")
    func fewer() async throws {
        let info = "\"info\":{\"repodata_revisions\":{\"v3\":{\"n_packages\":3}}}"
        publish(noarch: "\"packages\":{}")
        set("noarch/repodata.json.zst", "{\(info),\"v3\":{\"whl\":{\"w-1-0\":{\"name\":\"w\"}}}}")
        let folder = try MinedFolder()
        #expect(try await folder.run(miner, through: session) == ["1 w nan nan"])
        #expect(try folder.problems(of: miner)?.contains("v3 should have 3 packages, has 1") == true)
    }

    @Test("A document that is no repodata is no empty subdir", arguments: ["{}", "{\"error\":\"x\"}", "[]", "<html>"])
    func noRepodata(text: String) async throws {
        publish(noarch: "\"packages\":{}")
        set("noarch/repodata.json.zst", text)
        let error = try await #require(throws: WireError.self) { try await StoredRun(miner).list(through: session) }
        #expect(error.category == .malformed)
    }

    @Test("A channel that is as it was is not read again, and other links alone are news")
    func update() async throws {
        let packages = "\"packages\":{\"a-1-0.tar.bz2\":{\"name\":\"a\"}}"
        func links(_ home: String) {
            let text =
                "{\"channeldata_version\":1,\"packages\":{\"a\":{\"home\":\"\(home)\"}},\"subdirs\":[\"noarch\"]}"
            set("channeldata.json", text, tag: home)
        }
        let folder = try MinedFolder()
        set("noarch/repodata.json.zst", repodata(packages), tag: "1")
        links("https://1")
        for _ in 1...2 { #expect(try await folder.run(miner, through: session) == ["1 a https://1 nan"]) }
        #expect(session.known.count == 2)
        links("https://2")
        #expect(try await folder.run(miner, through: session) == ["1 a https://2 nan"])
    }
}
