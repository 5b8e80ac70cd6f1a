public import ArgumentParser
import Foundation
import PackageMining
import PackageStudies

/// `pkgmine identify`: which repository each row's address names.
public struct IdentifyCommand: AsyncParsableCommand {
    public static var configuration: CommandConfiguration {
        let name = PkgmineTool.toolbox.name
        return CommandConfiguration(
            commandName: "identify",
            abstract: "Add to each row of a list which repository its address names.",
            usage: "\(name) identify [<list> ...] [--column <name>] [-o <file>] [<options>]",
            discussion: """
                Examples:

                  \(name) identify Go.csv -o Go-repositories.csv.gz
                  \(name) identify --column Homepage < other.csv | sort
                  grep -rhoE 'https?://[^ ]+' notes | \(name) identify --lines

                One row in, one row out, in order, with these columns added: Canonical Repository, Host, Owner, \
                Repository Name, Subdirectory, Not Understood. The first is what `\(name) compare` matches by; two rows \
                name the same repository where it is the same. Not Understood says why an address names none. What there \
                is not is empty.

                It reads lists and any other CSV with a header, plain or gzip, by name or from standard input. Where \
                there is no column of addresses and only one column at all, each line is an address, and no header is \
                written. A column Platform, where there is one, tells what owner/name means: in npm's, a repository of \
                GitHub.
                """)
    }

    @Argument(help: ArgumentHelp("Lists, or - for standard input. (default: -)", valueName: "list"))
    public var lists: [String] = []

    @Option(help: ArgumentHelp("The column of addresses. (default: Repository)", valueName: "name"))
    public var column: String?

    @Flag(help: "Each line is an address, whatever is in it, and there is no header.")
    public var lines = false

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Write to this file, gzip if it ends in .gz; - is standard output.", valueName: "file"))
    public var output = "-"

    @Flag(help: "Infer repositories from pages, badges and import paths, and label them in Inferred From.")
    public var inferred = false

    public init() {}

    public func validate() throws {
        if lines, column != nil {
            throw ValidationError("--lines and --column exclude each other: lines have no columns")
        }
        if sources.count(where: { $0 == "-" }) > 1 { throw ValidationError("standard input can be read once only") }
        if lists.isEmpty, isatty(STDIN_FILENO) != 0 {
            throw ValidationError("name a list, or give one on standard input")
        }
    }

    private var sources: [String] { lists.isEmpty ? ["-"] : lists }

    public func run() async throws {
        let identification = Identification(sources, column: column, isLines: lines, inferring: inferred)
        let told = StudyProgress(quiet: true)
        if output != "-" { return try await told.study { try await identification.write(to: output) } }
        // Who reads no further ends it, as any other filter.
        signal(SIGPIPE, SIG_DFL)
        var isBegun = false
        do {
            try await identification.run { rows in
                isBegun = true
                try writeResult(rows)
            }
        } catch let error as StudyError {
            printError(isBegun ? error.told(saved: "the rows before it were written") : error.description)
            throw ExitCode(1)
        } catch let error as ResultNotWritten {
            printError("error: \(error)")
            throw ExitCode(1)
        }
    }
}
