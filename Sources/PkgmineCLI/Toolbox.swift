import ArgumentParser
package import EcosystemPlugins
package import PackageMining
import Pkgmine

/// A tool: what it is called, and what it can mine.
package struct Toolbox: Sendable {
    /// As it is called on the command line, and in hints, help, the manifest and the User-Agent.
    package let name: String
    package let version: String
    package let plugins: [any EcosystemPlugin.Type]

    /// This package's own, with the ecosystems that `list-ecosystems` finds in `Plugins/`.
    static let pkgmine = Toolbox()

    private init() {
        name = "pkgmine"
        version = PkgmineTool.version
        plugins = PkgmineTool.plugins
    }

    /// - Throws: ``ToolMisbuilt``
    package init(name: String, version: String, adding plugins: [any EcosystemPlugin.Type]) throws {
        self.name = name
        self.version = version
        self.plugins = PkgmineTool.plugins + plugins
        if let fault = fault { throw ToolMisbuilt(tool: name, reason: fault) }
    }

    /// Each at its default registries.
    package var ecosystems: [Ecosystem] { plugins.map { $0.ecosystem } }

    /// For the manifest and for recordings: `hexmine 1.2 (pkgmine 0.1.0)`.
    var told: String { program().told }

    /// - Parameter contact: of whoever runs it.
    func program(contact: String? = nil) -> Program { Program(name: name, version: version, contact: contact) }

    /// A command line that begins with `pkgmine`, as it is for this tool.
    package func spelled(_ example: String) -> String {
        example.hasPrefix("pkgmine ") ? name + example.dropFirst(7) : example
    }
}

extension Toolbox {
    private var fault: String? {
        if !isWord(name, also: "ABCDEFGHIJKLMNOPQRSTUVWXYZ._") { return "\"\(name)\" is no name for a command" }
        if version.isEmpty || !version.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) {
            return "\"\(version)\" is no version"
        }
        return Toolbox.fault(of: ecosystems)
    }

    /// What keeps these from being the ecosystems of one tool, in a line; nil where nothing does.
    ///
    /// An id becomes a command and the names of files of the state, a file name those of the list and its problems. No two
    /// may be one file, on a disk that does not mind case either.
    package static func fault(of ecosystems: [Ecosystem]) -> String? {
        var ids = Set(Pkgmine.ownCommands.map { $0._commandName } + ["help"])
        var files: [String: String] = [:]
        for ecosystem in ecosystems {
            let (id, file) = (ecosystem.id, ecosystem.fileName)
            guard isWord(id), !["-problems", "-outcomes"].contains(where: id.hasSuffix) else {
                return "\"\(id)\" is no id of an ecosystem: it takes a-z, 0-9 and -, begins with a letter, and ends in "
                    + "no -problems and no -outcomes"
            }
            guard ids.insert(id).inserted else { return "there is a command or ecosystem \"\(id)\" already" }
            guard file.isFileName else {
                return "\"\(file)\", the file name of \"\(id)\", is none: it takes a name without folder and ending"
            }
            for name in [file, "\(file).problems", "\(file).outcomes"] {
                if let owner = files.updateValue(id, forKey: simpleLowercase(name)) {
                    return "\(name).csv would be a file of \"\(owner)\" and of \"\(id)\""
                }
            }
        }
        return nil
    }
}

/// Whether the text is a word that begins with a letter.
private func isWord(_ text: String, also more: String = "") -> Bool {
    let letters = "abcdefghijklmnopqrstuvwxyz" + more
    return letters.utf8.contains(text.utf8.first ?? 0)
        && text.utf8.allSatisfy { "\(letters)0123456789-".utf8.contains($0) }
}

/// A tool that was put together so that it cannot run: its author is told.
package struct ToolMisbuilt: Error, CustomStringConvertible {
    let tool: String
    let reason: String

    package var description: String {
        """
        this tool cannot run as it was built
          at: PkgmineTool.main of \(printable(tool, limit: 60))
          because: \(printable(reason))
          saved: everything; nothing was begun

        hint: give each ecosystem an id and a file name of its own, then build the tool again
        """
    }
}
