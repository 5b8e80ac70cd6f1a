import ArgumentParser
import CStandardStreams
import EcosystemPlugins
import Foundation
import PackageMining
import Synchronization

/// The command-line tool, with the ecosystems of this package and those that an outside package adds.
///
/// ```swift
/// import PkgmineCLI
///
/// @main struct MyTool {
///     static func main() async { await PkgmineTool.main(adding: [MyPlugin.self]) }
/// }
/// ```
public enum PkgmineTool {
    public static let version = "0.1.0"

    /// Where this project lives, for registries' operators. Nil as long as it has no address of its own: one that
    /// somebody else may take must not stand in a User-Agent.
    public static let projectURL: String? = nil

    private static let added = Mutex<[any EcosystemPlugin.Type]>([])

    /// Those of this package, which `list-ecosystems` finds in `Plugins/`, and those that were added.
    static var allPlugins: [any EcosystemPlugin.Type] {
        plugins + added.withLock { $0 }
    }

    /// Each at its default registries.
    static var ecosystems: [Ecosystem] { allPlugins.map { $0.ecosystem } }

    /// Runs the tool with the process's arguments and ends the process with its exit code.
    public static func main(adding plugins: [any EcosystemPlugin.Type] = []) async {
        added.withLock { $0 = plugins }
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
            commandName: "pkgmine",
            abstract: "Lists every package of a software ecosystem, with its homepage and repository.",
            discussion: """
                One command for each ecosystem, one CSV schema for all:

                  pkgmine go                     every Go module, into Package-List/Go.csv
                  pkgmine go --limit 1000        try it on the first 1,000
                  pkgmine status                 what the lists hold, and how far a run is

                A run that was stopped goes on where it stopped when the same command is run again. A run that was \
                finished brings its list up to date.

                Exit codes:

                  0         complete
                  1         stopped by an error, which says what to do
                  64        wrong usage
                  75        complete but for what the problems file names; run again
                  130, 143  interrupted; run again to go on
                """,
            version: PkgmineTool.version,
            subcommands: PkgmineTool.allPlugins.map { $0.command } + [
                EcosystemsCommand.self, StatusCommand.self, CompareCommand.self, DiffCommand.self,
                ReportCommand.self,
            ])
    }

    package init() {}
}
