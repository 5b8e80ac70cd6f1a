import ArgumentParser
import PackageMining

/// `npm.registry-url=https://…`: an option of one ecosystem's command, as a command is told it that runs several.
struct EcosystemSetting: ExpressibleByArgument {
    let id: String

    /// Without its value: `registry-url`.
    let name: String

    /// As the ecosystem's own command takes it: `--registry-url=https://…`.
    let word: String

    init?(argument: String) {
        guard let point = argument.firstIndex(of: ".") else { return nil }
        id = String(argument[..<point])
        let option = argument[point...].dropFirst()
        name = String(option.prefix { $0 != "=" })
        word = "--\(option)"
        if id.isEmpty || name.isEmpty || name.hasPrefix("-") { return nil }
    }

    /// Those that hold for all runs, as there is one display, one folder and one session.
    private static let ofAll: Set = [
        "output-dir", "contact", "ca-file", "progress", "record", "replay", "log-level", "help", "version",
    ]

    var isOfAll: Bool { Self.ofAll.contains(name) }
}
