import DebianMiner
import MinerHarness
import MinerTestKit
import PackageMining
import Testing

/// Which components make the list, and what becomes of one that is gone.
@Suite("Components of a Debian suite")
struct DebianComponentsTests {
    private var archive = DebianArchive()

    private func home(_ name: String, _ version: String = "1") -> String {
        source(name, version, "Homepage: https://\(name)/\(version)")
    }

    private func gap(_ name: String, _ told: String) -> String {
        "gap,\(name) of \(archive.address("InRelease")),\(told)"
    }

    private let stays =
        "it has no Sources; the suite's components: main; it was there before: what is not told stays until "
        + "--accept-shrinking says that it is meant"

    @Test(
        "A component that is gone is a gap, told as long as it is, and its packages stay with their Package IDs and links until it is back",
        arguments: [[], ["main", "contrib"]])
    func gone(asked: [String]) async throws {
        let folder = try MinedFolder()
        let miner = archive.miner(["stable"], asked)
        func run() async throws -> [String] { try await folder.run(miner, through: archive.session) }
        try archive.publish(["main": home("a") + home("b"), "contrib": home("c1") + home("c2")], tag: "1")
        let rows = try await run()
        #expect(rows == ["a", "b", "c1", "c2"].enumerated().map { "\($0 + 1) \($1) https://\($1)/1 nan" })
        let kept = rows.filter { !$0.contains(" a ") }
        try archive.publish(["main": home("a", "2") + home("d")], tag: "2")
        let a = rows.filter { $0.contains(" a ") }.map { $0.replacing("a/1", with: "a/2") }
        let expected = Set(kept + a + ["5 d https://d/1 nan"])
        // As it was, signed anew, and with other packages.
        for tag in ["2", "2", "3"] {
            try archive.publish(["main": home("a", "2") + home("d")], tag: tag)
            #expect(try await Set(run()) == expected)
            #expect(try folder.problems(of: miner) == gap("contrib", stays))
        }
        try archive.publish(["main": home("a", "2") + home("d", "2")], tag: "4")
        #expect(try await run().contains("5 d https://d/2 nan"))
        #expect(try folder.problems(of: miner) == gap("contrib", stays))
        try archive.publish(["main": home("a", "2"), "contrib": home("c1") + home("c2")], tag: "5")
        #expect(try await Set(run()) == Set(a + rows.filter { $0.contains(" c") }))
        #expect(try folder.problems(of: miner) == nil)
    }

    @Test("Whoever accepts that a component is gone has its packages withdrawn, for good", arguments: [2, 200])
    func accepted(count: Int) async throws {
        let folder = try MinedFolder()
        try archive.publish(["main": home("a"), "contrib": (0..<count).map { home("c\($0)") }.joined()], tag: "1")
        _ = try await folder.run(archive.miner(), through: archive.session)
        try archive.publish(["main": home("a")], tag: "2")
        #expect(try await folder.run(archive.miner(), through: archive.session).count == count + 1)
        for accepts in [true, false] {
            let rows = try await folder.run(archive.miner(), through: archive.session, acceptsShrinking: accepts)
            #expect(rows == ["1 a https://a/1 nan"])
            #expect(try folder.problems(of: archive.miner()) == nil)
        }
    }

    @Test("Where a large component is gone the list from before stays whole, and the gap is named")
    func largeGone() async throws {
        let folder = try MinedFolder()
        let many = (0..<200).map { home("c\($0)") }.joined()
        try archive.publish(["main": home("a"), "contrib": many])
        let rows = try await folder.run(archive.miner(), through: archive.session)
        try archive.publish(["main": home("a")])
        for _ in 1...2 {
            #expect(try await folder.run(archive.miner(), through: archive.session) == rows)
            let problems = try #require(try folder.problems(of: archive.miner()))
            #expect(problems.contains(gap("contrib", stays)), "\(problems)")
        }
    }

    @Test("A component is read of its own folder, and of its last part's only where the suite itself names it so")
    func folders() async throws {
        try archive.publish(["main": home("a")])
        let folder = try MinedFolder()
        let typo = archive.miner(["stable"], ["main", "typo/main"])
        #expect(try await folder.run(typo, through: archive.session) == ["1 a https://a/1 nan"])
        #expect(
            try folder.problems(of: typo) == gap("typo/main", "it has no Sources; the suite's components: main"))
        await #expect(throws: WireError.self) { _ = try await archive.rows(["typo/main"]) }
        let hash = String(repeating: "0", count: 64)
        for name in ["../main", "x/../main", "/main", "main/.."] {
            try archive.publish(index: [" \(hash) 1 main/source/Sources.xz"], of: [name])
            let error = try await #require(throws: WireError.self) { _ = try await archive.rows() }
            #expect(error.reason == "it has Sources of no component that is asked for")
        }
    }

    @Test("Components are parted by blanks and tabs of any number")
    func tabs() async throws {
        try archive.publish(["main": home("a"), "contrib": home("c")])
        let url = archive.address("InRelease")
        let text = String(decoding: archive.session.answer(at: url), as: UTF8.self)
        archive.session.set(url, Array(text.replacing("contrib main", with: "contrib\t \tmain\t").utf8))
        #expect(try await archive.rows() == ["1 a https://a/1 nan", "2 c https://c/1 nan"])
    }
}
