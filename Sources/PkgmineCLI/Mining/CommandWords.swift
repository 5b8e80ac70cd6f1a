import PackageMining

/// A command line, for hints: quoted for a shell, without credentials, and without `--fresh`, which would start over
/// where a run is to go on.
struct CommandWords {
    let text: String

    /// - Parameter words: those behind the tool's name.
    init(_ words: some Sequence<String>) {
        let words = words.filter { $0 != "--fresh" }.map(urlWithoutCredentials)
        text = printable(([PkgmineTool.toolbox.name] + words.map(quotedForShell)).joined(separator: " "), limit: 2_000)
    }

    /// As it was given to this process.
    static var given: CommandWords { CommandWords(CommandLine.arguments.dropFirst()) }
}

/// The word as a shell takes it for one.
private func quotedForShell(_ word: String) -> String {
    let isPlain = word.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || "0123456789-_./:=,+@%".unicodeScalars.contains($0)
    }
    return isPlain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
}
