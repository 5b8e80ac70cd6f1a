import ArgumentParser
import EcosystemPlugins
import PackageMining

/// The command that may have been meant by a word that is none.
struct NearestCommand {
    let name: String

    /// The command with the fewest letters to change, one by its own name before one by another. Nil where that are more
    /// than two, or all of the word, which is no slip of the finger.
    init?(to word: String, among commands: [any ParsableCommand.Type]) {
        let word = Array(word.lowercased().unicodeScalars.prefix(60))
        let distances = commands.map { command -> (name: String, count: Int, own: Int) in
            let counts = command.names.map { lettersToChange(word, Array($0.unicodeScalars)) }
            return (name: command._commandName, count: counts.min() ?? 60, own: counts.first ?? 60)
        }
        let near = distances.filter { $0.count <= 2 && $0.count < word.count }
        guard let nearest = near.min(by: { ($0.count, $0.own) < ($1.count, $1.own) }) else { return nil }
        name = nearest.name
    }
}

extension ParsableCommand {
    /// What the command is called here, and elsewhere: Go's packages are `pkg:golang/…`.
    fileprivate static var names: [String] {
        [_commandName] + PkgmineTool.toolbox.ecosystems.filter { $0.id == _commandName }.map(\.purlType)
    }
}

extension Toolbox {
    /// The command of an ecosystem that a user has named among others.
    ///
    /// - Throws: `ValidationError` with the nearest, where there is none.
    func command(of id: String) throws -> any EcosystemCommand.Type {
        let commands = plugins.map { $0.command }
        if let command = commands.first(where: { $0.ecosystem.id == id }) { return command }
        let nearest = NearestCommand(to: id, among: commands).map { "; the nearest is `\($0.name)`" } ?? ""
        throw ValidationError("there is no ecosystem `\(printable(id, limit: 60))`\(nearest)")
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
