package import ArgumentParser
import CStandardStreams
public import EcosystemPlugins
import Foundation
import PackageMining
import Pkgmine
import Synchronization

/// The command-line tool, with the ecosystems of this package and those that an outside package adds.
///
/// ```swift
/// import PkgmineCLI
///
/// @main struct MyTool {
///     static func main() async { await PkgmineTool.main(adding: [MyPlugin.self], name: "mytool", version: "1.0") }
/// }
/// ```
public enum PkgmineTool {
    /// The version of this package.
    public static let version = ThisPackage.version

    /// Where this project lives, for registries' operators. Nil as long as it has no address of its own: one that
    /// somebody else may take must not stand in a User-Agent.
    public static let projectURL: String? = nil

    private static let running = Mutex(Toolbox.pkgmine)

    /// The tool that this process is.
    static var toolbox: Toolbox { running.withLock { $0 } }

    /// Runs `pkgmine` with the process's arguments and ends the process with its exit code.
    public static func main() async {
        await run(.pkgmine)
    }

    /// Runs a tool of another name with the process's arguments and ends the process with its exit code.
    ///
    /// - Parameters:
    ///   - plugins: what it mines beside the ecosystems of this package. Their ids and file names must be their own.
    ///   - name: the command, as it stands in hints, help, the manifest and the User-Agent.
    public static func main(adding plugins: [any EcosystemPlugin.Type], name: String, version: String) async {
        do {
            await run(try Toolbox(name: name, version: version, adding: plugins))
        } catch {
            printError("error: \(error)")
            exit(1)
        }
    }

    private static func run(_ toolbox: Toolbox) async {
        running.withLock { $0 = toolbox }
        pkgmine_hold_standard_streams()
        // A closed pipe, or a file beyond the limit of its size, is an error of the write that met it, and not the end
        // of the process.
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        if let unknown = UnknownCommand(CommandLine.arguments.dropFirst()) {
            printError(unknown.text)
            exit(EX_USAGE)
        }
        await Pkgmine.main()
    }
}

package struct Pkgmine: AsyncParsableCommand {
    package static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: PkgmineTool.toolbox.name,
            abstract: "Lists every package of a software ecosystem, with its homepage and repository.",
            discussion: """
                One command for each ecosystem, one CSV schema for all:

                \(examples)

                A run that was stopped goes on where it stopped when the same command is run again. A run that was \
                finished brings its list up to date.

                Exit codes:

                  0         complete
                  1         stopped by an error, which says what to do
                  64        wrong usage
                  75        complete but for what the problems file names; run again
                  130, 143  interrupted; run again to go on
                """,
            version: PkgmineTool.toolbox.version,
            subcommands: PkgmineTool.toolbox.plugins.map { $0.command } + ownCommands)
    }

    /// Those that are no ecosystem's.
    static let ownCommands: [any ParsableCommand.Type] = [
        AllCommand.self, EcosystemsCommand.self, StatusCommand.self, AuditCommand.self, CompareCommand.self,
        DiffCommand.self, ReportCommand.self, IdentifyCommand.self,
    ]

    private static var examples: String {
        let name = PkgmineTool.toolbox.name
        return [
            ("go", "every Go module, into Package-List/Go.csv"), ("go --limit 1000", "try it on the first 1,000"),
            ("all", "all ecosystems, side by side"),
            ("status", "what the lists hold, and how far a run is"),
        ]
        .map { "  " + "\(name) \($0)".padding(toLength: name.count + 24, withPad: " ", startingAt: 0) + $1 }
        .joined(separator: "\n")
    }

    package init() {}
}
