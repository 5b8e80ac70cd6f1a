import HexMiner
import MinerHarness
import PackageMining
import Testing

/// What the registry's pages do not say aloud, as hexpm's source has it.
@Suite("The Hex miner")
struct HexMinerTests {
    private let api = HexAPI()
    private let miner = HexMiner(apiURL: HexAPI.url)

    @Test(
        "The Hex miner asks for what changed since the year 1, and goes on from the time of the last row, as it was written"
    )
    func walks() async throws {
        api.answer(HexAPI.beginning, [api.row("a", at: "2020-01-01T00:00:00.000001Z")])
        api.answer(
            "2020-01-01T00:00:00.000001Z",
            [
                api.row("a", at: "2020-01-01T00:00:00.000001Z"),
                api.row("b", at: "2020-01-01T00:00:00.100000Z"),
            ])
        api.answer("2020-01-01T00:00:00.100000Z", [api.row("b", at: "2020-01-01T00:00:00.100000Z")])
        #expect(
            try await MinedFolder().run(miner, through: api.session) == ["1 a nan nan", "2 b nan nan"])
        #expect(
            api.asked.first
                == HexAPI.address("0001-01-01T00:00:00.000000Z"))
    }

    @Test("The Hex miner asks with a time that ends in Z, since any other is answered with the first page by name")
    func asksInUTC() async throws {
        api.answer(HexAPI.beginning, [api.row("a", at: "2020-01-01T00:00:00.000000+00:00")])
        api.answer(
            "2020-01-01T00:00:00.000000Z", [api.row("a", at: "2020-01-01T00:00:00.000000+00:00")])
        #expect(try await MinedFolder().run(miner, through: api.session) == ["1 a nan nan"])
    }

    @Test(
        "The Hex miner refuses an answer that is in another order, as that by name, and does not walk it for ever")
    func refusesOtherOrder() async throws {
        let rows = [api.row("a", at: "2021-01-01T00:00:00Z"), api.row("b", at: "2020-01-01T00:00:00Z")]
        api.answer(HexAPI.beginning, rows)
        let error = try await #require(throws: WireError.self) {
            _ = try await MinedFolder().run(miner, through: api.session)
        }
        #expect(error.category == .malformed)
    }

    @Test(
        "an update asks from the last change on, and a package that was published anew has its new links"
    )
    func updates() async throws {
        let folder = try MinedFolder()
        let first = ["2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z"]
        api.answer(
            HexAPI.beginning,
            [api.row("a", at: first[0], #"{"GitHub":"https://g/old"}"#), api.row("b", at: first[1])])
        api.answer(first[1], [api.row("b", at: first[1])])
        #expect(
            try await folder.run(miner, through: api.session) == ["1 a nan https://g/old", "2 b nan nan"])
        let asked = api.asked.count
        let now = "2022-01-01T00:00:00Z"
        api.answer(
            first[1], [api.row("b", at: first[1]), api.row("a", at: now, #"{"GitHub":"https://g/new"}"#)])
        api.answer(now, [api.row("a", at: now, #"{"GitHub":"https://g/new"}"#)])
        #expect(
            try await folder.run(miner, through: api.session) == ["1 a nan https://g/new", "2 b nan nan"])
        #expect(api.asked[asked] == HexAPI.address(first[1]))
    }

    @Test("a page as the registry writes it: each package with its links, and one that is not everybody's is named")
    func listsOddities() async throws {
        // A row a line.
        let rows = try Places.fixtureText("hex/oddities/page.json").split(separator: "\n").dropFirst().dropLast()
            .map { $0.hasSuffix(",") ? String($0.dropLast()) : String($0) }
        api.answer(HexAPI.beginning, rows)
        api.answer("2022-01-01T00:00:05.000000Z", [try #require(rows.last)])
        let folder = try MinedFolder()
        #expect(
            try await folder.run(miner, through: api.session) == [
                "1 aadya nan https://gitlab.com/ahamtech/coap/aadya.git",
                "2 mailslurp https://www.mailslurp.com/docs/elixir/ nan", "3 gleam_xml nan nan",
                "4 stellar_base nan https://github.com/kommitters/stellar_base",
                "5 twice nan https://github.com/a/twice",
                "6 retired https://retired.example https://codeberg.org/a/retired",
            ])
        let problems = try #require(try folder.problems(of: miner))
        #expect(problems.contains("it is in an organisation's own repository"), "\(problems)")
        #expect(problems.split(separator: "\n").count == 1)
    }

    @Test(
        "links are picked by their labels, in whatever case, and never by where they lead",
        arguments: [
            (#"{"GitHub":"https://gitlab.com/a/b.git"}"#, "nan https://gitlab.com/a/b.git"),
            (#"{"Homepage":"https://github.com/a/b"}"#, "https://github.com/a/b nan"),
            (#"{" github ":"https://g","GitLab":"https://l"}"#, "nan https://g"),
            (
                #"{"GitHub":"https://g","Source Code":"https://s","Repository":"https://r"}"#,
                "nan https://r"
            ),
            (#"{"Website":"https://w","Home Page":"https://h"}"#, "https://h nan"),
            (#"{"Github":"https://2","GitHub":"https://1"}"#, "nan https://1"),
            (#"{"GitHub":"https://1","Github":"https://2"}"#, "nan https://1"),
            (
                #"{"Sponsor":"https://github.com/sponsors/a","Changelog":"https://c","Docs":"https://d"}"#,
                "nan nan"
            ),
            (#"{"github/readme":"https://github.com/a/b","Documentation":"https://d"}"#, "nan nan"),
            (#"{"GitHub":null,"Git":"https://g"}"#, "nan https://g"), ("{}", "nan nan"),
            ("null", "nan nan"),
        ])
    func picks(links: String, told: String) async throws {
        api.answer(HexAPI.beginning, [api.row("a", at: "2020-01-01T00:00:00Z", links)])
        api.answer("2020-01-01T00:00:00Z", [api.row("a", at: "2020-01-01T00:00:00Z", links)])
        #expect(try await MinedFolder().run(miner, through: api.session) == ["1 a \(told)"])
    }

    @Test(
        "a row that cannot be read is named, and those beside it are listed",
        arguments: [
            (#"{"updated_at":"2020-01-01T00:00:00Z"}"#, "it has no text at '/name'"),
            (#"{"name":"x"}"#, "it has no text at '/updated_at'"),
            (#"{"name":"x","updated_at":"2020-01-01"}"#, "'2020-01-01' is no time in UTC"),
            (
                #"{"name":"x","updated_at":"2020-01-01T00:00:00Z","repository":"acme","meta":{}}"#,
                "it is in an organisation's own repository"
            ),
            (
                #"{"name":"x","updated_at":"2020-01-01T00:00:00Z","repository":"hexpm"}"#,
                "it has no object at '/meta'"
            ),
        ])
    func namesUnreadable(row: String, reason: String) async throws {
        let good = api.row("a", at: "2020-01-01T00:00:00Z")
        api.answer(HexAPI.beginning, [row, good])
        api.answer("2020-01-01T00:00:00Z", [good])
        let folder = try MinedFolder()
        #expect(try await folder.run(miner, through: api.session) == ["1 a nan nan"])
        let problems = try #require(try folder.problems(of: miner))
        #expect(problems.hasPrefix("unreadable,"))
        #expect(problems.contains(reason), "\(problems)")
    }

    @Test(
        "what is no list of packages is none, whatever its status",
        arguments: ["{}", "null", #"{"status":429}"#, ""])
    func refusesOther(body: String) async throws {
        api.session.set(
            HexAPI.address(HexAPI.beginning), Array(body.utf8))
        let error = try await #require(throws: WireError.self) {
            _ = try await MinedFolder().run(miner, through: api.session)
        }
        #expect(error.category == .malformed)
    }

    @Test("The Hex miner asks no more than 100 times a minute")
    func keepsPace() {
        #expect(miner.ecosystem.registries.map(\.pace) == [Pace(perMinute: 100)])
    }
}
