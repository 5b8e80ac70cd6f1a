import Foundation
import MachineTools
import MinerTestKit
import Testing

/// What `make test` holds its tests to, tried in a sandbox.
@Suite("The guard of the machine")
struct GuardTests {
    private let sandbox: ScratchFolder
    private let guardScript = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: ".make/guard").path

    init() async throws {
        sandbox = try ScratchFolder(named: "guard")
        for folder in ["top", "etc", "tmp"] {
            let url = sandbox.url.appending(path: folder)
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
        }
        try write("x\n", to: "etc/passwd")
        try write("", to: "tmp/-rf")
        try write(["-rf", "$(id)", "..", "two\nlines", ""].joined(separator: "\0"), to: "names")
        try #require(await run("note", ["notes", "top", "etc", "tmp"]).status == 0)
    }

    private func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: try #require(sandbox.file(named: name)))
    }

    private func path(_ name: String) -> String { sandbox.url.path + "/" + name }

    private func run(_ command: String, _ names: [String]) async throws -> (status: Int32, errors: String) {
        let outcome = try await Tool(executable: URL(filePath: guardScript)).run([command] + names.map(path))
        return (outcome.status, outcome.errors.replacing(sandbox.url.path, with: ""))
    }

    private func check() async throws -> (status: Int32, errors: String) {
        try await run("check", ["notes", "names", "tmp", "top", "etc"])
    }

    @Test("tests that keep to their own folders pass it")
    func passes() async throws {
        try write("", to: "tmp/pkgmine-1")
        let verdict = try await check()
        #expect(verdict.status == 0, "\(verdict.errors)")
        #expect(verdict.errors == "")
    }

    @Test("a file that was emptied or made elsewhere, and a hostile name in the temporary folder, fail it by name")
    func finds() async throws {
        try write("", to: "etc/passwd")
        try write("", to: "top/stray")
        try write("", to: "tmp/$(id)")
        try write("", to: "tmp/two\nlines")
        let verdict = try await check()
        #expect(verdict.status == 1)
        #expect(
            verdict.errors == """
                error: tests have touched what is not theirs (before | after):
                \tf 0 /etc/passwd
                \tf 0 /top/stray
                f 2 /etc/passwd
                left in /tmp: $(id)
                left in /tmp: two lines

                """)
    }
}
