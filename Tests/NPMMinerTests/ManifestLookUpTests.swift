import Foundation
import MinerHarness
import NPMMiner
import PackageMining
import Testing

@Suite("A look-up at npm's registry")
struct ManifestLookUpTests {
    private let npm = StubNPM()

    /// How the look-up of a package ends.
    private func resolve(_ name: String = "a") async throws -> Resolution {
        let release = Release(version: "1-a")
        return try await npm.miner.resolve(Package(id: 1, name: name, newest: release), through: npm.session)
    }

    @Test(
        "A link is what the manifest says, in each of the forms in which it says that",
        arguments: [
            (
                #""homepage":"https://h","repository":{"type":"git","url":"git+https://r.git","directory":"p"}"#,
                "https://h git+https://r.git"
            ),
            (#""repository":"git@gist.github.com:3135914.git""#, "nan git@gist.github.com:3135914.git"),
            (#""repository":"u/r""#, "nan u/r"),
            (#""repository":[{"type":"git","url":"https://first"},{"url":"https://second"}]"#, "nan https://first"),
            (#""repository":["https://first"],"homepage":["https://h"]"#, "https://h https://first"),
            (#""homepage":[""],"repository":{"url":""}"#, "nan nan"),
            (
                #""homepage":{"url":"https://h"},"repository":{"web":"https://w","url":"https://r"}"#,
                "https://h https://r"
            ),
            (#""homepage":null,"repository":{}"#, "nan nan"),
            (#""homepage":false,"repository":{"url":7}"#, "nan nan"),
            (
                #""homepage":"hhttp://h","repository":"https://github.com/username/repo""#,
                "hhttp://h https://github.com/username/repo"
            ),
            (#""homepage":" https://h\n","repository":" ""#, "https://h nan"),
            (#""repository":{"url":"https://r.git.git"}"#, "nan https://r.git.git"),
        ])
    func reads(links: String, told: String) async throws {
        npm.manifest("a", #"{"name":"a",\#(links)}"#)
        #expect(try await resolve().told == told)
        #expect(npm.asked == ["npm/a/latest"])
    }

    @Test(
        "A name that npm holds for safety has no links, however its repository is written",
        arguments: [
            "npm/security-holder", "npm/deprecate-holder", "github:npm/security-holder",
            "git+https://github.com/npm/security-holder.git",
        ])
    func knowsHolders(repository: String) async throws {
        npm.manifest("a", #"{"name":"a","homepage":"https://h","repository":"\#(repository)"}"#)
        #expect(try await resolve() == Resolution(.noRepository))
        npm.manifest("a", #"{"name":"a","repository":"https://github.com/not-npm/security-holder"}"#)
        #expect(try await resolve().outcome == .resolved)
    }

    @Test(
        "A name is asked for as npm escapes it",
        arguments: [
            ("@types/node", "@types%2fnode"), ("JSONStream", "JSONStream"), ("@", "%40"), ("@a", "%40a"),
            ("a/b", "a%2Fb"), ("@a/b/c", "@a%2fb%2Fc"), ("~'!(*)", "~%27%21%28%2A%29"), ("-", "-"), ("é", "%C3%A9"),
            ("@é/..x", "@%C3%A9%2f..x"), ("nan", "nan"), ("a?b#c", "a%3Fb%23c"), ("@/b", "%40%2Fb"),
        ])
    func escapes(name: String, path: String) async throws {
        npm.manifest(path, #"{"name":"x"}"#)
        #expect(try await resolve(name) == Resolution(.noRepository))
        #expect(npm.asked == ["npm/\(path)/latest"])
    }

    @Test("What no URL can hold is not asked for", arguments: [".", "..", "@a/.."])
    func refusesNames(name: String) async throws {
        #expect(try await resolve(name) == Resolution(.invalidName))
        #expect(npm.asked == [])
    }

    @Test(
        "Where npm refuses the manifest or lacks it, the document tells: its latest version first, then its top level",
        arguments: [
            (
                #""dist-tags":{"latest":"2"},"versions":{"1":{"homepage":"h1","repository":"r1"},"2":{"homepage":"h2","repository":"r2"}},"homepage":"top""#,
                "h2 r2"
            ),
            (
                #""versions":{"1":{"homepage":"h1"},"2":{"homepage":"h2"}},"dist-tags":{"latest":"1"},"repository":"top""#,
                "h1 top"
            ),
            (
                #""dist-tags":{"latest":"3"},"versions":{"2":{"homepage":"h2"}},"homepage":"top","repository":["r"]"#,
                "top r"
            ),
            (#""versions":{"2":{"homepage":"h2"}},"homepage":"top""#, "top nan"),
            (#""time":{"created":"x","unpublished":null},"homepage":"top""#, "top nan"),
            (
                #""dist-tags":{"latest":"1"},"versions":{"1":{"homepage":"h","repository":"npm/security-holder"}}"#,
                "nan nan"
            ),
            (#""description":"nothing else""#, "nan nan"),
        ])
    func asksDocument(document: String, told: String) async throws {
        npm.document("a", #"{"_id":"a","name":"a",\#(document)}"#)
        for status in [404, 401, 403, 405, 429, 500] {
            npm.manifest("a", "<html>", status: status)
            #expect(try await resolve().told == told)
        }
        npm.manifest("a", "<html>")
        #expect(try await resolve().told == told)
        #expect(npm.asked.suffix(2) == ["npm/a/latest", "npm/a"])
    }

    @Test("A package that was unpublished is gone, as its document says, and one without a document too")
    func knowsGone() async throws {
        npm.document(
            "a", #"{"_id":"a","name":"a","time":{"1.0.0":"2020","unpublished":{"time":"x","versions":["1.0.0"]}}}"#)
        #expect(try await resolve() == Resolution(.gone))
        #expect(try await resolve("b") == Resolution(.gone))
        #expect(npm.asked == ["npm/a/latest", "npm/a", "npm/b/latest", "npm/b"])
    }

    @Test("What npm withholds by law is withheld, and what it forbids is asked for again in the next run")
    func knowsRefusals() async throws {
        npm.manifest("a", "", status: 451)
        #expect(try await resolve() == Resolution(.withheld))
        #expect(npm.asked == ["npm/a/latest"])
        npm.document("b", "", status: 451)
        #expect(try await resolve("b") == Resolution(.withheld))
        npm.document("c", "", status: 403)
        #expect(try await resolve("c") == Resolution(.forbidden))
    }

    @Test(
        "What is no document is none",
        arguments: [
            "[]", "{}", #"{"error":"x"}"#, #"{"name":"a","versions":[{}]"#, #"{"name":"a","versions":"x"}"#, "",
        ])
    func refusesOther(document: String) async throws {
        npm.document("a", document)
        let error = try await #require(throws: WireError.self) { _ = try await resolve() }
        #expect(error.category == .malformed)
    }

    @Test("A document of thousands of versions is read as it comes, and the latest one tells")
    func readsLarge() async throws {
        let versions = (1...5_000).map {
            #""1.0.\#($0)":{"repository":"r\#($0)","x":"\#(String(repeating: "y", count: 200))"}"#
        }
        for tags in [#""dist-tags":{"latest":"1.0.4321"},"#, ""] {
            let end = tags.isEmpty ? #","dist-tags":{"latest":"1.0.4321"}"# : ""
            npm.document("a", #"{"name":"a",\#(tags)"versions":{\#(versions.joined(separator: ","))}\#(end)}"#)
            #expect(try await resolve().told == "nan r4321")
        }
    }

    @Test("A package that was just told of and that npm does not serve yet is not gone until a day later")
    func waitsForFresh() async throws {
        let folder = try MinedFolder()
        let now = Date(timeIntervalSince1970: 1_800_000_000)
        npm.updateSeq(100)
        npm.allNames(["a", "b"])
        npm.changes(since: 100)
        npm.known("a")
        #expect(try await folder.run(npm.miner, through: npm.session, at: now) == ["1 a home/a nan", "2 b nan nan"])
        #expect(try folder.problems(of: npm.miner) == nil)
        // In an update b changes, c is new, and a has gone, though nothing was told of that.
        npm.changes(since: 100, ["101 a", "102 c"])
        npm.manifest("a", "", status: 404)
        let list = ["1 a home/a nan", "2 b nan nan", "3 c nan nan"]
        #expect(try await folder.run(npm.miner, through: npm.session, at: now + 60) == list)
        let problems = try #require(try folder.problems(of: npm.miner)).split(separator: "\n")
        #expect(problems.count == 2 && problems.allSatisfy { $0.hasPrefix("unsettled,") }, "\(problems)")
        npm.changes(since: 102)
        let later = try await folder.run(npm.miner, through: npm.session, at: now + 100_000)
        #expect(later == ["1 a nan nan", "2 b nan nan", "3 c nan nan"])
        #expect(try folder.problems(of: npm.miner) == nil)
    }

    @Test(
        "How long a first run takes is said at its start",
        arguments: [(60, "51 days, at 60"), (600, "6 days, at 600"), (9_999, "1 day, at 9999")])
    func saysHowLong(perMinute: Int, told: String) {
        #expect(
            NPMMiner(perMinute: perMinute).notice == """
                the names come in minutes; the links of 4.4 million packages take a first run \(told) requests a minute: \
                npm's terms name five million a month as never reasonable. Stop it at will: the list is published with \
                what is known by then, and the next run goes on. --no-resolve lists names alone
                """)
    }

    @Test("npm's registry is asked 60 times a minute: 2.6 million times in 30 days, and never five million")
    func keepsPace() {
        #expect(npm.miner.ecosystem.registries.map(\.pace) == [nil, Pace(perMinute: 60)])
        #expect(NPMMiner(perMinute: 600).ecosystem.registries[1].pace == Pace(perMinute: 600))
    }
}

extension Resolution {
    fileprivate var told: String { "\(homepage ?? "nan") \(repository ?? "nan")" }
}
