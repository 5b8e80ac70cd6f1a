import Foundation
import MachineTools
import MinerHarness
import RPMMiner
import Testing

@Suite("RPM versions")
struct RPMVersionTests {
    @Test("order is rpm's own, in every answer that it gave", arguments: ["answers.txt", "evr.txt"])
    func order(file: String) throws {
        let answers = try Places.fixtureText("rpm/versions/\(file)").split(separator: "\n")
        #expect(answers.count > 80)
        for answer in answers {
            let parts = answer.split(separator: " ").map(String.init)
            let (a, b) = (RPMVersion(parts[0]), RPMVersion(parts[1]))
            #expect((a < b ? -1 : b < a ? 1 : 0) == Int(parts[2]), "\(answer)")
        }
    }

    @Test(
        "rpm as it is installed here still gives these answers",
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/rpm"), "rpm is not installed"))
    func asksRPM() async throws {
        let answers = try Places.fixtureText("rpm/versions/answers.txt").split(separator: "\n")
        let questions = answers.map { answer in
            let words = answer.split(separator: " ")
            return "print(rpm.vercmp('\(words[0])', '\(words[1])') .. ' ')"
        }
        let told = try await Tool(executable: URL(filePath: "/usr/bin/rpm"))
            .run(["--eval", "%{lua: \(questions.joined(separator: " "))}"]).output
        #expect(told.split(whereSeparator: \.isWhitespace) == answers.map { $0.split(separator: " ")[2] })
    }

    @Test(
        "the order that rpm's manual tells",
        arguments: [
            ("2.0~rc1", "2.0"), ("2", "2.0~rc1"), ("1.0", "1.0^git1"), ("1.0^git1", "1.0.1"), ("6.0", "6.0.rc1"),
            ("A", "a"),
            ("18446744073709551615", "18446744073709551616"), ("0:9-1", "1:1-1"), ("1-1", "1-2"),
        ])
    func older(a: String, b: String) {
        #expect(RPMVersion(a) < RPMVersion(b))
    }

    @Test("separators and leading zeros do not count", arguments: [("1.05", "1.5"), ("2_0", "2.0"), ("1.0.", "1.0")])
    func same(a: String, b: String) {
        #expect(RPMVersion(a) == RPMVersion(b))
    }
}
