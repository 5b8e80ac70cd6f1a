import Foundation

/// The ecosystems of a plug-in's source files, in the order of their names: one, or as many as the protocol has.
///
/// However it is written, a type that says `EcosystemPlugin` is one; one that nobody else can see is told.
func ecosystems(in files: [String]) throws -> [String] {
    try files.flatMap { file in
        try String(contentsOf: URL(filePath: file), encoding: .utf8)
            .matches(of: /(?m)^([\w ]*)(?:struct|enum|class|extension) (\w+)\s*:[^{]*\bEcosystemPlugin\b/)
            .map { declaration in
                let (words, name) = (declaration.output.1, String(declaration.output.2))
                let isSeen = words.split(separator: " ").contains("public") && declaration.output.0.contains("struct")
                if isSeen { return name }
                print("error: \(file): the tool sees a plug-in only as `public struct \(name): EcosystemPlugin`")
                exit(1)
            }
    }.sorted()
}

/// The modules, each with the files that follow its name.
func modules(_ words: some Sequence<String>) -> [(name: String, files: [String])] {
    words.reduce(into: []) { modules, word in
        if word.hasSuffix(".swift") {
            modules[modules.count - 1].files.append(word)
        } else {
            modules.append((word, []))
        }
    }
}

let plugins = modules(CommandLine.arguments.dropFirst(2))
let types = try plugins.flatMap { plugin in
    let types = try ecosystems(in: plugin.files)
    if types.isEmpty {
        print("error: \(plugin.name) has no `public struct …: EcosystemPlugin`, which says what its ecosystem is")
        exit(1)
    }
    return types
}
let source = """
    public import EcosystemPlugins
    \(plugins.map { "import \($0.name)" }.joined(separator: "\n"))

    extension PkgmineTool {
        /// What comes with this package, as the folders of `Plugins/` say it of themselves.
        public static let plugins: [any EcosystemPlugin.Type] = [\(types.map { "\($0).self" }.joined(separator: ", "))]
    }

    """
// A list that says the same is left as it is, and what was compiled with it stands.
let file = CommandLine.arguments[1]
if (try? String(contentsOfFile: file, encoding: .utf8)) != source {
    try source.write(toFile: file, atomically: true, encoding: .utf8)
}
