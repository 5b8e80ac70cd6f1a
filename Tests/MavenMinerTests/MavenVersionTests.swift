import MavenFormats
import MavenMiner
import MinerHarness
import Testing

@Suite("Maven versions")
struct MavenVersionTests {
    @Test(
        "order is Maven's own, in every answer that it gave", arguments: [("answers.txt", 900), ("random.txt", 1_500)])
    func order(file: String, count: Int) throws {
        let answers = try Places.fixtureText("maven/versions/\(file)").split(separator: "\n")
        #expect(answers.count == count)
        for answer in answers {
            let parts = answer.split(separator: " ").map(String.init)
            let (a, b) = (MavenVersion(parts[0]), MavenVersion(parts[1]))
            #expect((a < b ? -1 : b < a ? 1 : 0) == Int(parts[2]), "\(answer)")
            #expect((b < a ? -1 : a < b ? 1 : 0) == -(try #require(Int(parts[2]))), "\(answer), turned round")
        }
    }

    @Test("a version of a hundred thousand parts is compared as any other")
    func deep() {
        let version = String(repeating: "1-", count: 100_000)
        #expect(MavenVersion(version + "1") < MavenVersion(version + "2"))
    }
}
