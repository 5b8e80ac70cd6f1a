import MinerHarness
import PackageMining
import PackagistMiner
import Testing

@Suite("The registry in fixtures/packagist")
struct PackagistFixtureTests {
    private static let fields = "packages/list.json?fields%5B%5D=repository&fields%5B%5D=type&fields%5B%5D=abandoned"
    private let miner = PackagistMiner(repositoryURL: "https://packagist.test/")

    /// Has the registry answer what the folder holds, and what it answered before where that is silent.
    private func serve(_ state: String, from session: StubSession, since: [Int] = []) throws {
        for file in try Places.files(of: "packagist/\(state)") {
            let paths =
                switch file.path {
                case "packages/list-with-fields.json": [Self.fields]
                case "metadata/time.json": ["metadata/changes.json"]
                case "metadata/changes.json": since.map { "metadata/changes.json?since=\($0)" }
                default: [file.path]
                }
            let status = file.path == "metadata/time.json" ? 400 : 200
            for path in paths { session.set("https://packagist.test/\(path)", file.bytes, status: status) }
        }
    }

    @Test("it is listed, and brought up to date by the feed of the run before")
    func lists() async throws {
        let session = StubSession()
        let folder = try MinedFolder()
        try serve("first", from: session)
        #expect(
            try await folder.run(miner, through: session) == [
                "1 00f100/begins-with-digits https://digits.example/rc https://github.com/00f100/begins-with-digits",
                "2 Acme/Capitals nan git@git.example:acme/capitals.git",
                "3 acme/only-named https://named.example nan",
                "4 branches/only https://branches.example https://github.com/branches/only",
                "5 empty/none nan svn://svn.example/none",
                "6 zeta/only-registered https://zeta.example/ü https://gitlab.com/zeta/only-registered",
            ])
        try serve("later", from: session, since: [17_642_300_000_001])
        #expect(
            try await folder.run(miner, through: session) == [
                "1 00f100/begins-with-digits https://digits.example/2 https://github.com/00f100/begins-with-digits",
                "2 Acme/Capitals nan https://github.com/acme/capitals",
                "3 acme/only-named https://named.example https://github.com/acme/only-named",
                "4 branches/only https://branches.example https://github.com/branches/only",
                "6 zeta/only-registered https://zeta.example/ü https://gitlab.com/zeta/only-registered",
                "7 new/package nan https://github.com/new/package",
            ])
        #expect(try folder.problems(of: miner) == nil)
    }
}
