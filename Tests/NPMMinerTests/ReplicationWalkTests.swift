import MinerHarness
import NPMMiner
import PackageMining
import Testing

@Suite("npm's names and its feed")
struct ReplicationWalkTests {
    private let npm = StubNPM()

    /// What the problems file says that is not of a package.
    private func contradiction(_ detail: String) -> String { "contradiction,\(StubNPM.database),\(detail)" }

    @Test("What happens while npm's names are listed is told by the feed, from the seq that was read before them")
    func listsThenFollows() async throws {
        npm.updateSeq(100)
        npm.names(of: 3, ["a", "b", "c"])
        npm.names(from: "c", at: 2, of: 3, ["c"])
        npm.changes(since: 100, ["103 b gone", "107 aa"])
        npm.known("a", "aa", "c")
        let list = try await MinedFolder().run(npm.miner, through: npm.session)
        #expect(list == ["1 a home/a nan", "3 c home/c nan", "4 aa home/aa nan"])
        #expect(
            npm.asked.prefix(7) == [
                "db/", "db/_all_docs?limit=10000", "db/_all_docs?limit=10000&startkey=%22c%22",
                "db/_all_docs?limit=10000&startkey=%22c%22", "db/_changes?since=100&limit=10000",
                "db/_changes?since=107&limit=10000", "db/_changes?since=107&limit=10000",
            ])
    }

    @Test("A page's first row is dropped where it is the last one of the page before, and listed where that has gone")
    func keepsFirstRow() async throws {
        npm.updateSeq(100)
        npm.names(of: 4, ["a", "b"])
        // b was deleted meanwhile: the first row is a new one.
        npm.names(from: "b", at: 1, of: 3, ["c", "d"])
        npm.names(from: "d", at: 2, of: 3, ["d"])
        npm.changes(since: 100, ["101 b gone"])
        npm.known("a", "c", "d")
        let folder = try MinedFolder()
        let list = try await folder.run(npm.miner, through: npm.session)
        #expect(list == ["1 a home/a nan", "3 c home/c nan", "4 d home/d nan"])
        #expect(try folder.problems(of: npm.miner) == nil)
    }

    @Test("Views of the database are no packages, in the feed neither, and a package may be called _design")
    func skipsViews() async throws {
        npm.updateSeq(100)
        npm.allNames(["_design", "_design/app", "a"])
        npm.changes(since: 100, ["101 _design/new", "102 _design/app gone"])
        npm.known("_design", "a")
        let folder = try MinedFolder()
        #expect(
            try await folder.run(npm.miner, through: npm.session) == ["1 _design home/_design nan", "2 a home/a nan"])
        #expect(try folder.problems(of: npm.miner) == nil)
    }

    @Test("A page of a few rows is not the end of npm's names")
    func shortPages() async throws {
        npm.updateSeq(100)
        npm.names(of: 4, ["a", "b", "c"])
        npm.names(from: "c", at: 2, of: 4, ["c", "d"])
        npm.names(from: "d", at: 3, of: 4, ["d"])
        npm.changes(since: 100)
        npm.known("a", "b", "c", "d")
        let folder = try MinedFolder()
        #expect(try await folder.run(npm.miner, through: npm.session).count == 4)
        #expect(try folder.problems(of: npm.miner) == nil)
    }

    @Test("Names of which fewer were met than npm says that there are, are told, but for those that the feed explains")
    func comparesTotal() async throws {
        npm.updateSeq(100)
        npm.names(of: 5, ["a", "b", "c"])
        npm.names(from: "c", at: 2, of: 5, ["c"])
        npm.changes(since: 100, ["101 d"])
        npm.known("a", "b", "c", "d")
        let folder = try MinedFolder()
        #expect(try await folder.run(npm.miner, through: npm.session).count == 4)
        let told = "it says that it has 5 rows, and 3 were met; meanwhile 1 were changed and 0 deleted"
        #expect(try folder.problems(of: npm.miner)?.replacing("\"", with: "") == contradiction(told))
    }

    @Test("A row that cannot be read is named once and counted, and those beside it are listed")
    func namesUnreadable() async throws {
        npm.updateSeq(100)
        npm.page(#"{"total_rows":3,"offset":0,"rows":[{"id":"a"},{"key":"x"},{"id":"b"}]}"#)
        npm.names(from: "b", at: 2, of: 3, ["b"])
        npm.feed(since: 100, #"{"results":[{"seq":101},{"id":"y"},{"seq":103,"id":"c"}],"last_seq":103}"#)
        npm.changes(since: 103)
        npm.known("a", "b", "c")
        let folder = try MinedFolder()
        #expect(
            try await folder.run(npm.miner, through: npm.session)
                == ["1 a home/a nan", "2 b home/b nan", "3 c home/c nan"])
        let problems = try #require(try folder.problems(of: npm.miner)).split(separator: "\n")
        #expect(problems.count == 3 && problems.allSatisfy { $0.hasPrefix("unreadable,") }, "\(problems)")
    }

    @Test("A package that was deleted and comes back has its Package ID, and one that changed its new links")
    func updates() async throws {
        let folder = try MinedFolder()
        npm.updateSeq(100)
        npm.allNames(["a", "b", "c"])
        npm.changes(since: 100)
        npm.known("a", "b", "c")
        #expect(try await folder.run(npm.miner, through: npm.session).count == 3)
        npm.updateSeq(102)
        npm.changes(since: 100, ["101 a gone", "102 c"])
        npm.known("c", at: "new")
        #expect(try await folder.run(npm.miner, through: npm.session) == ["2 b home/b nan", "3 c new/c nan"])
        npm.updateSeq(105)
        npm.changes(since: 102, ["104 a", "105 d"])
        npm.known("d")
        let asked = npm.asked.count
        #expect(
            try await folder.run(npm.miner, through: npm.session)
                == ["1 a home/a nan", "2 b home/b nan", "3 c new/c nan", "4 d home/d nan"])
        let lookUps = npm.asked[asked...].filter { $0.hasPrefix("npm/") }.sorted()
        #expect(lookUps == ["npm/a/latest", "npm/d/latest"])
        #expect(try folder.problems(of: npm.miner) == nil)
    }

    @Test(
        "Where npm's seqs have begun anew its names are listed anew: what is gone is withdrawn, what changed is asked for",
        arguments: [true, false])
    func listsAnew(saysItself: Bool) async throws {
        let folder = try MinedFolder()
        npm.updateSeq(100)
        npm.allNames(["a", "b", "c"])
        npm.changes(since: 100)
        npm.known("a", "b", "c")
        #expect(try await folder.run(npm.miner, through: npm.session).count == 3)
        npm.updateSeq(saysItself ? 20 : 100)
        npm.allNames(["a", "b 2-b", "d"])
        // Its feed ends before what was taken, and goes on from what it says of itself anew.
        npm.changes(since: 100, last: 20)
        npm.session.set(
            "\(StubNPM.database)/_changes?since=100&limit=10000",
            Array(#"{"results":[],"last_seq":20}"#.utf8), status: 200
        ) { session in
            session.set("\(StubNPM.database)/", Array(#"{"update_seq":20}"#.utf8))
        }
        npm.changes(since: 20)
        npm.known("b", "d", at: "new")
        let asked = npm.asked.count
        #expect(
            try await folder.run(npm.miner, through: npm.session)
                == ["1 a home/a nan", "2 b new/b nan", "4 d new/d nan"])
        #expect(npm.asked[asked...].filter { $0.hasPrefix("npm/") }.sorted() == ["npm/b/latest", "npm/d/latest"])
        let reason = saysItself ? "its update_seq is 20, and was 100" : "its feed ends at 20, and was read up to 100"
        let problems = try #require(try folder.problems(of: npm.miner))
        #expect(problems.replacing("\"", with: "") == contradiction("\(reason): its names were listed anew"))
    }

    @Test("A feed that is behind for one answer is asked again, and nothing is listed anew")
    func asksLaggingFeedAgain() async throws {
        let folder = try MinedFolder()
        npm.updateSeq(100)
        npm.allNames(["a"])
        npm.changes(since: 100)
        npm.known("a", "b")
        #expect(try await folder.run(npm.miner, through: npm.session).count == 1)
        let feed = "\(StubNPM.database)/_changes?since=100&limit=10000"
        npm.changes(since: 101)
        npm.session.set(feed, Array(#"{"results":[],"last_seq":90}"#.utf8), status: 200) { session in
            session.set(feed, Array(#"{"results":[{"seq":101,"id":"b"}],"last_seq":101}"#.utf8))
        }
        #expect(try await folder.run(npm.miner, through: npm.session) == ["1 a home/a nan", "2 b home/b nan"])
        #expect(npm.asked.count { $0.hasPrefix("db/_all_docs") } == 3)
        #expect(try folder.problems(of: npm.miner) == nil)
    }

    @Test("The password of a database's address is in no problem")
    func hidesPassword() async throws {
        let url = "https://user:secret@db.test/registry"
        let miner = NPMMiner(replicationURL: url, registryURL: StubNPM.registry)
        let answers = [
            "/": #"{"update_seq":100}"#,
            "/_all_docs?limit=10000": #"{"total_rows":9,"offset":0,"rows":[{"id":7},{"id":"a"}]}"#,
            "/_changes?since=100&limit=10000": #"{"results":[{"seq":101}],"last_seq":101}"#,
            "/_changes?since=101&limit=10000": #"{"results":[],"last_seq":101}"#,
            "/_all_docs?limit=10000&startkey=%22a%22": #"{"total_rows":9,"offset":0,"rows":[{"id":"a"}]}"#,
        ]
        for (path, answer) in answers { npm.session.set(url + path, Array(answer.utf8)) }
        let folder = try MinedFolder()
        _ = try await folder.run(miner, through: npm.session)
        let problems = try #require(try folder.problems(of: miner))
        #expect(problems.split(separator: "\n").count == 3 && !problems.contains("secret"), "\(problems)")
    }

    @Test("A feed that ends before the seq that was read before the names is told, and followed from there")
    func feedBehindDatabase() async throws {
        npm.updateSeq(100)
        npm.allNames(["a"])
        npm.changes(since: 100, last: 40)
        npm.changes(since: 40, ["41 b"])
        npm.known("a", "b")
        let folder = try MinedFolder()
        #expect(try await folder.run(npm.miner, through: npm.session) == ["1 a home/a nan", "2 b home/b nan"])
        let problems = try #require(try folder.problems(of: npm.miner))
        #expect(
            problems.replacing("\"", with: "")
                == contradiction(
                    "its update_seq was 100 before its names were listed, and its feed ends at 40: what happened "
                        + "meanwhile may be missing"))
    }

    @Test("A feed whose rows are not in their order is no feed")
    func refusesDisorder() async throws {
        npm.updateSeq(100)
        npm.allNames(["a"])
        npm.changes(since: 100, ["103 b", "102 c"])
        let error = try await #require(throws: WireError.self) {
            _ = try await MinedFolder().run(npm.miner, through: npm.session)
        }
        #expect(error.category == .malformed)
    }

    @Test(
        "What is no answer of the database is none",
        arguments: ["{}", "[]", "null", "", #"{"rows":[]"#, #"{"error":"unauthorized"}"#])
    func refusesOther(body: String) async throws {
        npm.updateSeq(100)
        npm.page(body)
        let error = try await #require(throws: WireError.self) {
            _ = try await MinedFolder().run(npm.miner, through: npm.session)
        }
        #expect(error.category == .malformed)
    }

    @Test("The first names of npm are tried without listing the others")
    func limits() async throws {
        npm.updateSeq(100)
        npm.names(of: 4, ["a", "b", "c"])
        npm.known("a", "b")
        let folder = try MinedFolder()
        #expect(
            try await folder.run(npm.miner, through: npm.session, limit: 2) == ["1 a home/a nan", "2 b home/b nan"])
        #expect(npm.asked.filter { $0.hasPrefix("db/") } == ["db/", "db/_all_docs?limit=10000"])
    }

    @Test("npm as it answers, with all its oddities: each package with its links, exactly as npm spells both")
    func listsOddities() async throws {
        let database = [
            "/": "root", "/_all_docs?limit=10000": "all_docs", "/_changes?since=126365434&limit=10000": "changes",
            "/_all_docs?limit=10000&startkey=%22~tilde%27%28%21%29%2A%22": "all_docs-last",
            "/_changes?since=126380001&limit=10000": "changes-last",
        ]
        for (path, file) in database {
            npm.session.set(StubNPM.database + path, try Places.fixture("npm/oddities/database/\(file).json"))
        }
        for (path, bytes) in try Places.files(of: "npm/oddities/registry") {
            let path = path.replacing("/document.json", with: "").replacing(".json", with: "")
            npm.session.set("\(StubNPM.registry)/\(path)", bytes)
        }
        let folder = try MinedFolder()
        _ = try await folder.run(npm.miner, through: npm.session)
        #expect(
            try folder.text("NPM.csv") == """
                Package ID,Platform,Name,Homepage,Repository
                1,NPM,-,nan,https://github.com/example/dash.git
                2,NPM,-----hsad-----,nan,nan
                3,NPM,0-_-0,nan,github:example/faces
                4,NPM,0-dd-trace,https://example.org/new,git@gist.github.com:3135914.git
                5,NPM,@scope/name,https://example.org/scope#readme,git+https://github.com/example/monorepo.git
                6,NPM,JSONStream,http://github.com/dominictarr/JSONStream,git://github.com/dominictarr/JSONStream.git
                8,NPM,held,nan,nan
                9,NPM,jsonstream,nan,nan
                10,NPM,~tilde'(!)*,https://example.org/top,https://github.com/username/repo
                11,NPM,unpublished,nan,nan

                """)
        #expect(try folder.problems(of: npm.miner) == nil)
    }
}
