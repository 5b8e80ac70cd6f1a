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

    /// The command with the fewest letters to change, one by its own name before one by another. More than two, or all of
    /// the word, are no slip of the finger.
    private var nearest: String? {
        let word = Array(word.lowercased().unicodeScalars.prefix(60))
        let distances = PkgmineTool.commands.map { command -> (name: String, count: Int, own: Int) in
            let counts = command.names.map { lettersToChange(word, Array($0.unicodeScalars)) }
            return (name: command._commandName, count: counts.min() ?? 60, own: counts.first ?? 60)
        }
        let near = distances.filter { $0.count <= 2 && $0.count < word.count }
        return near.min { ($0.count, $0.own) < ($1.count, $1.own) }?.name
    }
}

extension PkgmineTool {
    fileprivate static var commands: [any ParsableCommand.Type] { Pkgmine.configuration.subcommands }
}

extension ParsableCommand {
    fileprivate static func answers(to word: String) -> Bool {
        word == _commandName || configuration.aliases.contains(word)
    }

    /// What the command is called here, and elsewhere: Go's packages are `pkg:golang/…`.
    fileprivate static var names: [String] {
        [_commandName] + PkgmineTool.toolbox.ecosystems.filter { $0.id == _commandName }.map(\.purlType)
    }
}

/// How many letters are to be put in, left out, replaced, or exchanged with their neighbour.
private func lettersToChange(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var rows = [Array(0...b.count)]
    for i in a.indices {
        var row = [i + 1]
        for j in b.indices {
            var least = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { least = min(least, rows[i - 1][j - 1] + 1) }
            row.append(least)
        }
        rows.append(row)
    }
    return rows[a.count][b.count]
}
