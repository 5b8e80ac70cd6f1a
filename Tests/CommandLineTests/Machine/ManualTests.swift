import Foundation
import MachineTools
import Testing

/// What `.make/manual` writes of what the program says of itself.
@Suite("The manual")
struct ManualTests {
    private static let man = Tool.machine("man")

    /// The pages, in a folder of their own.
    private func pages() async throws -> (folder: Scratch, names: [String]) {
        let folder = try Scratch()
        let written = try await Tool.make("manual").run([Tool.pkgmine.executable.path, folder.path])
        #expect(written.status == 0, "\(written.errors)")
        return (folder, try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted())
    }

    @Test("The manual has a page for each command, which tells each of its options and its examples")
    func isWhole() async throws {
        let (folder, names) = try await pages()
        let help = try await Tool.pkgmine.run(["--help"]).output
        let commands = help.split(separator: "SUBCOMMANDS:")[1].matches(of: /(?m)^  ([a-z]+(?:-[a-z]+)*)(?: |$)/)
            .map { "pkgmine-\($0.output.1).1" }
        #expect(commands.count > 25)
        #expect(names == (commands + ["pkgmine.1", "pkgmine-audit-go.1"]).sorted())
        for command in ["go", "all", "status", "compare"] {
            let help = try await Tool.pkgmine.run(["help", command]).output
            let page = try folder.text("pkgmine-\(command).1").replacing("\\-", with: "-")
            for option in help.matches(of: /(?m)^  (?:-\w, )?(--[a-z-]+)/).map(\.output.1) {
                #expect(page.contains("\\fB\(option)\\fP"), "\(command) \(option)")
            }
            for example in help.matches(of: /(?m)^  (pkgmine \S+(?: \S+)*)/).map(\.output.1) {
                #expect(page.contains("\n\\fB\(example)\\fP\n"), "\(command): \(example)")
            }
        }
    }

    @Test("The manual fits 80 columns and is set without a warning", .enabled(if: man != nil, "needs man"))
    func isReadable() async throws {
        let (folder, names) = try await pages()
        let set = try await #require(Self.man).run(
            ["--warnings=w", "-l"] + names, in: folder.url,
            environment: ["MANWIDTH": "80", "MANPAGER": "cat", "PAGER": "cat", "LC_ALL": "C.UTF-8"])
        #expect(set.status == 0)
        #expect(set.errors == "")
        let lines = set.output.split(separator: "\n")
        #expect(lines.count { $0.contains("SEE ALSO") } == names.count)
        for line in lines { #expect(line.count <= 80, "\(line)") }
    }
}

extension Tool {
    /// A script of `.make`.
    static func make(_ script: String) -> Tool { Tool(executable: packageFolder.appending(path: ".make/\(script)")) }
}
