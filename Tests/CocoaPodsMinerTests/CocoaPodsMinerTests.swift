import CocoaPodsMiner
import Foundation
import MinerHarness
import PackageMining
import Testing

/// What CocoaPods' CDN does not say aloud: a test each.
@Suite("CocoaPods' CDN, in detail")
struct CocoaPodsMinerTests {
    private let cdn = PodsCDN()

    @Test("every pod is listed by the bytes of its name, with the links of its newest version's podspec as they are")
    func oddities() async throws {
        let session = StubSession()
        for shard in 0..<4_096 {
            let digits = String(4_096 + shard, radix: 16).dropFirst().map(String.init).joined(separator: "_")
            session.set("https://cdn.test/all_pods_versions_\(digits).txt", [])
        }
        for file in try Places.files(of: "cocoapods/oddities/cdn") {
            session.set("https://cdn.test/\(file.path)", file.bytes)
        }
        let (folder, miner) = (try MinedFolder(), CocoaPodsMiner(cdnURL: "https://cdn.test"))
        _ = try await folder.run(miner, through: session)
        #expect(try folder.text("CocoaPods.csv") == Places.fixtureText("cocoapods/oddities/expected.csv"))
        #expect(try folder.problems(of: miner) == nil)
        #expect(session.requests.count { !$0.contains("/Specs/") } == 2 + 4_096 + 1)
    }

    @Test("an update is sent what has changed, and looks up the pods whose newest version is another one")
    func updates() async throws {
        try cdn.tell("Stays", "1.0")
        try cdn.tell("Moves", "1.0", "0.9")
        try cdn.tell("Goes", "1.0")
        let folder = try MinedFolder()
        let first = try await folder.run(cdn.miner, through: cdn)
        #expect(
            first == [PodsCDN.row(1, "Goes", "1.0"), PodsCDN.row(2, "Moves", "1.0"), PodsCDN.row(3, "Stays", "1.0")])
        let shards = (0..<16).map { "all_pods_versions_\(String($0, radix: 16)).txt" }
        _ = cdn.requests()

        #expect(try await folder.run(cdn.miner, through: cdn) == first)
        #expect(cdn.requests() == ["all_pods.txt", "all_pods.txt again"] + shards.map { "\($0) as it was" })

        cdn.change { state in
            state.names = ["Moves", "Stays"]
            state.lines = ["Moves/0.9/1.0/1.1", "Stays/0.1/1.0"]
        }
        try cdn.tell("Comes", "2.0")
        cdn.change { $0.files["Specs/f/Moves/1.1/Moves.podspec.json"] = (200, PodsCDN.spec("Moves", "1.1")) }
        #expect(
            try await folder.run(cdn.miner, through: cdn) == [
                PodsCDN.row(2, "Moves", "1.1"), first[2], PodsCDN.row(4, "Comes", "2.0"),
            ])
        let changed = Set(try ["Moves", "Stays", "Goes", "Comes"].map { try cdn.shardFile(of: $0) })
        #expect(
            cdn.requests()
                == ([
                    "Specs/\(try cdn.shardFile(of: "Comes").dropFirst(18).prefix(1))/Comes/2.0/Comes.podspec.json",
                    "Specs/f/Moves/1.1/Moves.podspec.json", "all_pods.txt", "all_pods.txt again",
                ] + shards.map { changed.contains($0) ? $0 : "\($0) as it was" }).sorted())
        #expect(try folder.problems(of: cdn.miner) == nil)
    }

    @Test("a pod that is gone from a shard that is as it was is listed no longer, and returns with its Package ID")
    func gone() async throws {
        try cdn.tell("A", "1.0")
        try cdn.tell("B", "1.0")
        let folder = try MinedFolder()
        let list = [PodsCDN.row(1, "A", "1.0"), PodsCDN.row(2, "B", "1.0")]
        #expect(try await folder.run(cdn.miner, through: cdn) == list)
        cdn.change { state in
            state.names = ["A"]
            state.lines = ["A/1.0"]
        }
        #expect(try await folder.run(cdn.miner, through: cdn) == [list[0]])
        cdn.change { state in
            state.names = ["A", "B"]
            state.lines = ["A/1.0", "B/1.0"]
        }
        #expect(try await folder.run(cdn.miner, through: cdn) == list)
    }

    @Test("what the names or a shard alone have is listed, in every run; a name without a line has no version")
    func union() async throws {
        try cdn.tell("Both", "1.0")
        try cdn.tell("Shard", "2.0")
        cdn.change { state in
            state.names = ["Both", "Name"]
            state.lines.append("None")
        }
        let folder = try MinedFolder()
        let list = [
            PodsCDN.row(1, "Both", "1.0"), "2 Name nan nan", "3 None nan nan", PodsCDN.row(4, "Shard", "2.0"),
        ]
        #expect(try await folder.run(cdn.miner, through: cdn) == list)
        #expect(try cdn.requests().contains("\(cdn.shardFile(of: "Name")) again"))
        #expect(try await folder.run(cdn.miner, through: cdn) == list)
        #expect(try folder.problems(of: cdn.miner) == nil)
        let package = Package(id: 1, name: "Name", newest: Release(version: ""))
        #expect(try await cdn.miner.resolve(package, through: cdn) == Resolution(.noVersion))

        // It gets one.
        try cdn.tell("Name", "3.0")
        cdn.change { $0.names.removeLast() }
        #expect(try await folder.run(cdn.miner, through: cdn)[1] == PodsCDN.row(2, "Name", "3.0"))
    }

    @Test("a list of names that has lost some costs no pod that is in its shard, though that is as it was")
    func shortNames() async throws {
        try cdn.tell("A", "1.0")
        try cdn.tell("B", "1.0")
        let folder = try MinedFolder()
        let list = try await folder.run(cdn.miner, through: cdn)
        cdn.change { $0.names = ["A"] }
        _ = cdn.requests()
        for _ in 0..<2 {
            #expect(try await folder.run(cdn.miner, through: cdn) == list)
            let asked = cdn.requests()
            #expect(try asked.contains(cdn.shardFile(of: "B")))
            #expect(try asked.contains("\(cdn.shardFile(of: "A")) as it was"))
        }
    }

    @Test("a shard that lacks a line at first is asked for again, before its pod is said to have no version")
    func doubted() async throws {
        try cdn.tell("A", "1.0")
        let shard = try cdn.shardFile(of: "A")
        cdn.change { state in
            state.events[shard] = { state in
                state.lines = []
                state.events[shard] = { $0.lines = ["A/1.0"] }
            }
        }
        #expect(try await MinedFolder().run(cdn.miner, through: cdn) == [PodsCDN.row(1, "A", "1.0")])
    }

    /// Another name of the same shard.
    private func neighbour(of name: String) throws -> String {
        let shard = try cdn.shardFile(of: name)
        let first = try (0..<1_000).map { "n\($0)" }.first { try cdn.shardFile(of: $0) == shard }
        return try #require(first)
    }

    @Test("a shard that has lost the lines of pods costs no links before a day has passed, nor when they return")
    func lostLines() async throws {
        let neighbour = try neighbour(of: "A")
        for name in ["A", neighbour] { try cdn.tell(name, "1.0") }
        cdn.change { $0.names.append("Never") }
        let folder = try MinedFolder()
        func run(after hours: Double) async throws -> [String] {
            let began = Date(timeIntervalSince1970: 1_700_000_000 + hours * 3_600)
            return try await folder.run(cdn.miner, through: cdn, at: began)
        }
        let list = [PodsCDN.row(1, "A", "1.0"), "2 Never nan nan", PodsCDN.row(3, neighbour, "1.0")]
        #expect(try await run(after: 0) == list)
        #expect(try folder.problems(of: cdn.miner) == nil)
        for (kept, names) in [(["A/1.0"], [neighbour]), ([], ["A", neighbour])] {
            cdn.change { $0.lines = kept }
            for hours in [1.0, 2, 24.9] {
                #expect(try await run(after: hours) == list)
                let problems = try #require(try folder.problems(of: cdn.miner)).split(separator: "\n")
                    .filter { !$0.hasPrefix("contradiction") }
                #expect(problems.count == names.count)
                for (problem, name) in zip(problems, names) {
                    #expect(
                        problem.hasPrefix(
                            "unsettled,\(name),\"the list names no version, and it had links before: not settled before"
                        ))
                }
            }
            cdn.change { $0.lines = ["A/1.0", "\(neighbour)/1.0"] }
            #expect(try await run(after: 3) == list)
            #expect(try folder.problems(of: cdn.miner) == nil)
        }
        cdn.change { $0.lines = ["A/1.0"] }
        #expect(try await run(after: 4) == list)
        #expect(try await run(after: 28) == [list[0], list[1], "3 \(neighbour) nan nan"])
        #expect(try folder.problems(of: cdn.miner) == nil)
    }

    @Test("a shard without a line for any of its pods is told from the first run on, until it has one")
    func emptyShard() async throws {
        let neighbour = try neighbour(of: "A")
        for name in ["A", neighbour] { try cdn.tell(name, "1.0") }
        let lines = ["A/1.0", "\(neighbour)/1.0"]
        cdn.change { $0.lines = [] }
        let folder = try MinedFolder()
        let problem = "contradiction,\(PodsCDN.url)/\(try cdn.shardFile(of: "A")),it has no line for any of its 2 pods"
        for _ in 0..<2 {
            #expect(try await folder.run(cdn.miner, through: cdn) == ["1 A nan nan", "2 \(neighbour) nan nan"])
            #expect(try folder.problems(of: cdn.miner) == problem)
        }
        cdn.change { $0.lines = lines }
        #expect(
            try await folder.run(cdn.miner, through: cdn)
                == [PodsCDN.row(1, "A", "1.0"), PodsCDN.row(2, neighbour, "1.0")])
        #expect(try folder.problems(of: cdn.miner) == nil)
    }

    @Test(
        "a shard that is another's, or a page, is none, and the list from before stays",
        arguments: ["B/1.0\n", "<p>\n"])
    func foreignShard(body: String) async throws {
        try cdn.tell("A", "1.0")
        let (shard, other) = (try cdn.shardFile(of: "A"), try cdn.shardFile(of: "B"))
        #expect(shard != other)
        let folder = try MinedFolder()
        let list = try await folder.run(cdn.miner, through: cdn)
        cdn.change { $0.files[shard] = (200, "A/1.0\n" + body) }
        let error = try await #require(throws: WireError.self) { try await folder.run(cdn.miner, through: cdn) }
        #expect("\(error)".contains("it is not the shard"), "\(error)")
        #expect(error.category == .malformed && error.isWorthRetrying)
        cdn.change { $0.files[shard] = nil }
        #expect(try await folder.run(cdn.miner, through: cdn) == list)
    }

    @Test(
        "names that are a page of HTML or XML are none, and no line of it becomes a pod",
        arguments: ["<!DOCTYPE html>\n<h1>Oops</h1>\n", "\n  <?xml version='1.0'?>\n<Error/>\n"])
    func pageOfNames(body: String) async throws {
        try cdn.tell("A", "1.0")
        let folder = try MinedFolder()
        let list = try await folder.run(cdn.miner, through: cdn)
        cdn.change { $0.files["all_pods.txt"] = (200, body) }
        let error = try await #require(throws: WireError.self) { try await folder.run(cdn.miner, through: cdn) }
        #expect("\(error)".contains("a page for people, and no list"), "\(error)")
        #expect(error.category == .malformed && error.isWorthRetrying)
        cdn.change { $0.files["all_pods.txt"] = nil }
        #expect(try await folder.run(cdn.miner, through: cdn) == list)
    }

    @Test("a shard that is as it was is sent again where it should have another pod in the place of one")
    func swapped() async throws {
        let neighbour = try neighbour(of: "A")
        try cdn.tell("A", "1.0")
        let folder = try MinedFolder()
        let row = PodsCDN.row(1, "A", "1.0")
        #expect(try await folder.run(cdn.miner, through: cdn) == [row])
        let shard = try cdn.shardFile(of: "A")
        cdn.change { $0.names = [neighbour] }
        for _ in 0..<2 {
            _ = cdn.requests()
            #expect(try await folder.run(cdn.miner, through: cdn) == [row, "2 \(neighbour) nan nan"])
            let asked = cdn.requests()
            #expect(asked.contains(shard) && !asked.contains("\(shard) as it was"))
        }
        cdn.change { state in
            state.names = ["A", neighbour]
            state.lines = ["A/1.0"]
        }
        _ = cdn.requests()
        #expect(try await folder.run(cdn.miner, through: cdn) == [row, "2 \(neighbour) nan nan"])
        #expect(cdn.requests().contains("\(shard) as it was"))
    }

    @Test("names that differ by case, or by how Unicode spells them, are pods of their own")
    func spellings() async throws {
        for name in ["LRUCache", "LruCache", "\u{E9}", "e\u{301}"] { try cdn.tell(name, "1.0") }
        let list = try await MinedFolder().run(cdn.miner, through: cdn)
        #expect(list.count == 4)
        #expect(list.map { $0.split(separator: " ")[1].utf8.count } == [8, 8, 3, 2])
    }

    @Test("a line that is no UTF-8, or names no pod, is a problem, in every run, and those beside it stand")
    func unreadable() async throws {
        try cdn.tell("A", "1.0")
        let session = StubSession { request in
            let answer = try await cdn.answer(to: request)
            var body = answer.body
            if request.url.hasSuffix("/all_pods.txt") { body += [0xFF, 0x0A, 0x0A] }
            if request.url.hasSuffix("/all_pods_versions_0.txt") { body += Array("/1.0\n".utf8) }
            return Response(status: answer.status, url: answer.url, body: body)
        }
        let folder = try MinedFolder()
        for _ in 0..<2 {
            #expect(try await folder.run(cdn.miner, through: session) == [PodsCDN.row(1, "A", "1.0")])
            #expect(
                try folder.problems(of: cdn.miner) == """
                    unreadable,"https://cdn.test/pods/all_pods.txt, line 2",it is no UTF-8: \u{FFFD}
                    unreadable,version 1.0 at place 0,it names no package
                    """)
        }
    }

    @Test(
        "a line that cannot be read is told in every run, though the shard is as it was, and has nothing else",
        arguments: [
            ("/1.0\n", [], "unreadable,version 1.0 at place 0,it names no package"),
            (
                "", [0xFF, 0x0A],
                #"unreadable,"https://cdn.test/pods/all_pods_versions_0.txt, line 1",it is no UTF-8: "#
            ),
        ] as [(String, [UInt8], String)])
    func lonelyLine(line: String, rest: [UInt8], problem: String) async throws {
        try cdn.tell("A", "1.0")
        cdn.change { $0.files["all_pods_versions_0.txt"] = (200, line) }
        let session = StubSession { request in
            let answer = try await cdn.answer(to: request)
            if answer.status == 304 || !request.url.hasSuffix("/all_pods_versions_0.txt") { return answer }
            return Response(status: 200, url: answer.url, headers: answer.headers, body: answer.body + rest)
        }
        let folder = try MinedFolder()
        for _ in 0..<2 {
            #expect(try await folder.run(cdn.miner, through: session) == [PodsCDN.row(1, "A", "1.0")])
            #expect(try folder.problems(of: cdn.miner)?.hasPrefix(problem) == true)
        }
    }

    @Test(
        "a list that was cut, or is a page for people, is none, and the list from before stays",
        arguments: ["A", "A\nB", "<html>"])
    func cut(body: String) async throws {
        try cdn.tell("A", "1.0")
        let folder = try MinedFolder()
        let list = try await folder.run(cdn.miner, through: cdn)
        for file in ["all_pods.txt", try cdn.shardFile(of: "A")] {
            cdn.change { $0.files[file] = (200, body) }
            let error = try await #require(throws: WireError.self) { try await folder.run(cdn.miner, through: cdn) }
            #expect(error.category == .malformed)
            cdn.change { $0.files[file] = nil }
        }
        #expect(try await folder.run(cdn.miner, through: cdn) == list)
    }

    @Test("a shard that is not there is an error where it should have pods, and else has none")
    func missingShard() async throws {
        try cdn.tell("A", "1.0")
        let other = try #require(["B", "C"].first { try cdn.shardFile(of: $0) != cdn.shardFile(of: "A") })
        cdn.change { $0.files[try! cdn.shardFile(of: other)] = (404, "") }
        #expect(try await MinedFolder().run(cdn.miner, through: cdn) == [PodsCDN.row(1, "A", "1.0")])
        cdn.change { $0.files[try! cdn.shardFile(of: "A")] = (404, "") }
        let error = try await #require(throws: WireError.self) { try await MinedFolder().run(cdn.miner, through: cdn) }
        #expect(error.category == .absent)
    }
}
