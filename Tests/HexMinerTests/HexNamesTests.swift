import HexMiner
import MinerHarness
import MinerTestKit
import PackageMining
import Testing

/// What the names that mix reads say of the walk.
@Suite("Names of Hex packages")
struct HexNamesTests {
    private let api = HexAPI()
    private let miner = HexMiner(apiURL: HexAPI.url, namesURL: "https://repo.hex.test/names")
    private let first = "2020-01-01T00:00:00Z"

    private func publish(_ names: [String], tag: String, packed: Bool = true) {
        let bytes = Protobuf.hexNames(names)
        let headers = [Header("ETag", "\"\(tag)\"")]
        api.session.set("https://repo.hex.test/names", packed ? gzip(bytes) : bytes, headers: headers)
    }

    private func tell(_ rows: [String]) {
        api.answer(HexAPI.beginning, rows)
        api.answer(first, [api.row("a", at: first)])
    }

    @Test("What the names have and the walk has not met is asked for", arguments: [true, false])
    func unmet(packed: Bool) async throws {
        tell([api.row("a", at: first, #"{"GitHub":"https://g/a"}"#)])
        publish(["a", "lost"], tag: "1", packed: packed)
        let lost = api.row("lost", at: "2019-01-01T00:00:00Z", #"{"GitHub":"https://g/lost"}"#)
        api.session.set("\(HexAPI.url)/packages/lost", Array(lost.utf8))
        let folder = try MinedFolder()
        let list = try await folder.run(miner, through: api.session)
        #expect(Set(list.map { $0.drop { $0 != " " } }) == [" a nan https://g/a", " lost nan https://g/lost"])
        #expect(try folder.problems(of: miner) == nil)
    }

    @Test("What the names have no more is withdrawn, and what they have stays as it was told")
    func withdrawn() async throws {
        tell([api.row("b", at: "2019-01-01T00:00:00Z", #"{"GitHub":"https://g/b"}"#), api.row("a", at: first)])
        let folder = try MinedFolder()
        publish(["a", "b"], tag: "1")
        #expect(try await folder.run(miner, through: api.session) == ["1 b nan https://g/b", "2 a nan nan"])
        publish(["b"], tag: "2")
        #expect(try await folder.run(miner, through: api.session) == ["1 b nan https://g/b"])
    }

    @Test("Names that are as they were are not sent again, and only what changed is walked")
    func unchanged() async throws {
        tell([api.row("a", at: first)])
        publish(["a"], tag: "1")
        let folder = try MinedFolder()
        for _ in 1...2 { #expect(try await folder.run(miner, through: api.session) == ["1 a nan nan"]) }
        #expect(api.session.known.count == 1)
        #expect(api.asked.count { $0 == HexAPI.address(HexAPI.beginning) } == 1)
    }

    @Test(
        "Names that are cut, empty, or of another repository are an error, and the list from before stays",
        arguments: ["cut", "empty", "other"])
    func broken(form: String) async throws {
        tell([api.row("a", at: first)])
        publish(["a"], tag: "1")
        let folder = try MinedFolder()
        #expect(try await folder.run(miner, through: api.session) == ["1 a nan nan"])
        let whole = Protobuf.hexNames(["a"])
        let bytes = ["cut": Array(whole.dropLast(300)), "empty": [], "other": Protobuf.hexNames(["a"], of: "acme")]
        api.session.set("https://repo.hex.test/names", try #require(bytes[form]))
        await #expect(throws: WireError.self) { _ = try await folder.run(miner, through: api.session) }
        #expect(try folder.text("Hex.csv").contains("a"))
    }

    @Test("An API that is not hex.pm's is not held to hex.pm's names")
    func otherAPI() {
        #expect(HexMiner().ecosystem.registries.map(\.url) == ["https://hex.pm/api", "https://repo.hex.pm/names"])
        #expect(HexMiner(apiURL: HexAPI.url).ecosystem.registries.map(\.url) == [HexAPI.url])
    }
}
