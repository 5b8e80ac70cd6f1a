import ArgumentParser
import PkgmineCLI
import Testing

@Suite("Help")
struct HelpTests {
    private static let commands: [any ParsableCommand.Type] = [Pkgmine.self] + Pkgmine.configuration.subcommands

    @Test("Help fits 80 columns for every command, and breaks no line that is laid out")
    func fits() {
        for command in Self.commands {
            let lines = Pkgmine.helpMessage(for: command, columns: 80).split(separator: "\n")
            for line in lines { #expect(line.count <= 80, "\(line)") }
            let laidOut = command.configuration.discussion.split(separator: "\n").filter { $0.hasPrefix("  ") }
            for line in laidOut { #expect(lines.contains(line), "\(line)") }
        }
    }
}

@Suite("A first word that is no command")
struct UnknownCommandTests {
    @Test(
        "A first word that is no command is told with the nearest command, under its name elsewhere too",
        arguments: [
            (["foo"], "`foo`; the nearest is `go`"), (["mavne", "-o", "x"], "`mavne`; the nearest is `maven`"),
            (["Nuget"], "`Nuget`; the nearest is `nuget`"), (["golang"], "`golang`; the nearest is `go`"),
            (["help", "stats"], "`stats`; the nearest is `status`"), (["cargo"], "`cargo`; the nearest is `crates`"),
            (["x"], "`x`"), (["a\u{1B}[2Jb"], "`a\\u{1B}[2Jb`"), ([String(repeating: "go", count: 90)], "…"),
        ])
    func tells(words: [String], told: String) throws {
        let text = try #require(UnknownCommand(words)?.text)
        #expect(text.hasPrefix("error: there is no command or ecosystem `"))
        #expect(text.contains(told), "\(text)")
        #expect(told.contains("nearest") == text.contains("nearest"), "\(text)")
    }

    @Test(
        "A first word that is no command is looked for in front only",
        arguments: [
            [], ["go"], ["go", "foo"], ["help"], ["help", "help"], ["help", "go"], ["--version"], ["-x", "foo"],
        ])
    func passes(words: [String]) {
        #expect(UnknownCommand(words) == nil)
    }
}
