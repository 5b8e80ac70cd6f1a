import MinerHarness
import Testing

@testable import MavenMiner

@Suite("Maven versions")
struct MavenVersionTests {
    @Test("order is Maven's own, in every answer that it gave")
    func order() throws {
        let answers = try Places.fixtureText("maven/versions/answers.txt").split(separator: "\n")
        #expect(answers.count == 900)
        for answer in answers {
            let parts = answer.split(separator: " ").map(String.init)
            let (a, b) = (MavenVersion(parts[0]), MavenVersion(parts[1]))
            #expect((a < b ? -1 : b < a ? 1 : 0) == Int(parts[2]), "\(answer)")
        }
    }
}
