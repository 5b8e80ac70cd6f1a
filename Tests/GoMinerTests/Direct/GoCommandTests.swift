import Foundation
import MachineTools
import MinerHarness
import Testing

@Suite("The go command")
struct GoCommandTests {
    @Test(
        "The go command goes where the table of going direct says", .enabled(if: Tool.machine("go") != nil, "needs Go"))
    func agrees() async throws {
        let answers = try await answers()
        let version = try await version()
        #expect(answers.count == DirectCase.all.count)
        for (one, answer) in zip(DirectCase.all, answers) where one.holds(for: version) {
            #expect(answer == one.finds, "\(one.title)")
        }
    }

    private func version() async throws -> [Int] {
        let told = try await Tool.machine("go")?.run(["env", "GOVERSION"]).output ?? ""
        return told.drop { !$0.isNumber }.split(separator: ".").prefix(2).compactMap { Int($0.prefix { $0.isNumber }) }
    }

    private func answers() async throws -> [String] {
        let scratch = FileManager.default.temporaryDirectory.appending(path: "pkgmine-judge-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { remove(scratch) }
        let folder = Places.fixtures.appending(path: "go/direct")
        let script = "go build -o \"$0/judge\" \"$1/judge/main.go\" && exec \"$0/judge\" \"$1/cases.ndjson\" \"$0\""
        let outcome = try await Tool(executable: URL(filePath: "/bin/sh")).run(
            ["-c", script, scratch.path, folder.path],
            environment: [
                "GO111MODULE": "off", "GOFLAGS": "", "GOCACHE": scratch.appending(path: "cache").path,
                "GOTOOLCHAIN": "local", "HOME": scratch.path, "TMPDIR": scratch.path,
            ])
        try #require(outcome.status == 0, "\(outcome.errors)")
        return outcome.output.split(separator: "\n").map { String($0.drop { $0 != "\t" }.dropFirst()) }
    }

    /// What the go command keeps of modules it keeps from being written to.
    private func remove(_ scratch: URL) {
        do {
            try Tool.machine("chmod")?.runBriefly(["-R", "u+w", scratch.path])
            try FileManager.default.removeItem(at: scratch)
        } catch {
            Issue.record("\(scratch.path) stays: \(error)")
        }
    }
}

extension DirectCase {
    fileprivate func holds(for version: [Int]) -> Bool {
        guard let since else { return true }
        return !version.lexicographicallyPrecedes(since.split(separator: ".").compactMap { Int($0) })
    }
}
