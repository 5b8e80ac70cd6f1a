import MinerHarness
import PackageMining
import PackagistMiner
import Testing

@Suite(
    "Recorded answers of Packagist", .enabled(if: Places.realData != nil, "needs the recorded answers of Packagist"))
struct PackagistRealDataTests {
    private let miner = PackagistMiner(repositoryURL: "https://packagist.test")

    /// The rows of the expected sheet: file, name, highest version, homepage, and more.
    private func expected() throws -> [[String]] {
        String(decoding: try Places.real("packagist/expected.tsv"), as: UTF8.self).split(separator: "\n").dropFirst()
            .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
    }

    @Test("each recorded file tells the homepage that the expected sheet has, to the last row")
    func homepages() async throws {
        let rows = try expected()
        #expect(rows.count == 11)
        for row in rows {
            let session = StubSession()
            session.set("https://packagist.test/packages.json", Array(#"{"metadata-url":"/p2/%package%.json"}"#.utf8))
            let isBranches = row[0].hasSuffix("~dev.json")
            let url = "https://packagist.test/p2/\(row[1])"
            session.set("\(url)\(isBranches ? "~dev" : "").json", try Places.real("packagist/\(row[0])"))
            if isBranches { session.set("\(url).json", Array(#"{"packages":{"\#(row[1])":[]}}"#.utf8)) }
            let registered = Release(version: "", repository: "https://registered.test")
            let answer = try await miner.resolve(Package(id: 1, name: row[1], newest: registered), through: session)
            #expect(answer.homepage ?? "nan" == row[3], "\(row[0])")
            #expect(answer.repository == "https://registered.test")
        }
    }

    @Test("the recorded list is read to its last name, and the page in place of a file is no answer")
    func list() async throws {
        let session = StubSession()
        let url = "https://packagist.test"
        session.set("\(url)/packages.json", Array(#"{"metadata-url":"/p2/%package%.json"}"#.utf8))
        session.set("\(url)/packages/list.json", try Places.real("packagist/packages/list.json"))
        session.set(
            "\(url)/packages/list.json?fields%5B%5D=repository&fields%5B%5D=type&fields%5B%5D=abandoned",
            Array(#"{"packages":{}}"#.utf8))
        let page = try Places.real("packagist/exchange/html-for-a-missing-package.html")
        session.set("\(url)/p2/00f100/cakephp-opauth.json", page)
        let folder = try MinedFolder()
        let rows = try await folder.run(miner, through: session)
        #expect(rows.count == 19)
        #expect(rows[0] == "1 00f100/cakephp-opauth nan nan")
        #expect(try folder.problems(of: miner)?.contains("failed,00f100/cakephp-opauth,") == true)
    }
}
