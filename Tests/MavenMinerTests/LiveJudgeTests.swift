import Foundation
import MachineTools
import MinerHarness
import Testing

/// Maven's own libraries, where Debian's `libmaven3-core-java` and a JDK have put them.
private let libraries = "/usr/share/maven/lib"
private let java = "/usr/bin/java"
private let hasMaven =
    FileManager.default.fileExists(atPath: libraries)
    && ["javac", "java"].allSatisfy { FileManager.default.isExecutableFile(atPath: "/usr/bin/\($0)") }

@Suite("Maven, asked again", .enabled(if: hasMaven, "Maven's libraries or a JDK are not installed"))
struct LiveJudgeTests {
    @Test(
        "its libraries still answer what the fixtures say",
        arguments: [
            ("EffectiveModels.java", "judge/effective.txt", "judge/effective.txt"),
            ("VersionOrder.java", "1500", "versions/random.txt"),
        ])
    func agrees(judge: String, question: String, fixture: String) async throws {
        let folder = Places.fixtures.appending(path: "maven")
        let asked = question.hasSuffix(".txt") ? folder.appending(path: question).path : question
        let answers = try await output(
            of: java, "-cp", "\(libraries)/*", folder.appending(path: "judge/\(judge)").path, asked)
        #expect(lines(answers) == lines(try Places.fixtureText("maven/\(fixture)")))
    }

    private func lines(_ text: String) -> [Substring] { text.split(separator: "\n") }

    private func output(of tool: String, _ arguments: String...) async throws -> String {
        let outcome = try await Tool(executable: URL(filePath: tool)).run(arguments)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return outcome.output
    }
}
