import ArgumentParser
import PackageMining

/// A first word that is no command, and the command that may have been meant.
package struct UnknownCommand {
    private let word: String

    /// Nil where the words begin with a command, or with an option, which is the parser's business. `help` is followed
    /// by a command.
    package init?(_ words: some Collection<String>) {
        let word = words.first == "help" ? words.dropFirst().first : words.first
        guard let word, !word.hasPrefix("-"), word != "help" else { return nil }
        if PkgmineTool.commands.contains(where: { $0.answers(to: word) }) { return nil }
        self.word = word
    }

    package var text: String {
        """
        error: there is no command or ecosystem `\(printable(word, limit: 60))`\(nearest.map { "; the nearest is `\($0)`" } ?? "")

        hint: `\(PkgmineTool.toolbox.name) ecosystems` says what can be mined, `\(PkgmineTool.toolbox.name) help` what else there is
        """
    }

    private var nearest: String? { NearestCommand(to: word, among: PkgmineTool.commands)?.name }
}

extension PkgmineTool {
    fileprivate static var commands: [any ParsableCommand.Type] { Pkgmine.configuration.subcommands }
}

extension ParsableCommand {
    fileprivate static func answers(to word: String) -> Bool {
        word == _commandName || configuration.aliases.contains(word)
    }
}
