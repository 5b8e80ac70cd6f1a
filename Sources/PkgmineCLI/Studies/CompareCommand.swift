public import ArgumentParser
import Foundation
public import PackageStudies

/// `pkgmine compare`: which repositories appear in more than one ecosystem.
public struct CompareCommand: AsyncParsableCommand {
    public static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "compare",
            abstract: "Find the repositories that several ecosystems share.",
            usage: "\(PkgmineTool.toolbox.name) compare <list> ... --output-dir <folder> [<options>]",
            discussion: """
                Reads lists of this tool or of older ones, plain or gzip, and needs no network. An ecosystem is the \
                Platform of a row, not the file. A repository is counted once, in the exact set of ecosystems that name \
                it.
                """)
    }

    @Argument(help: ArgumentHelp("Lists to compare.", valueName: "list"), completion: .lists)
    public var lists: [String]

    @Option(help: ArgumentHelp("The folder to write to.", valueName: "folder"), completion: .directory)
    public var outputDir: String

    @Option(help: "What packages are matched by: \(Match.allCases.map(\.rawValue).joined(separator: ", ")).")
    public var match: Match = .repository

    @Flag(help: "Write a row a repository, with the packages of each ecosystem joined.")
    public var wide = false

    @Flag(help: "Pack the tables: summary.csv.gz and so on.")
    public var gzip = false

    @Flag(help: "Infer repositories from pages, badges and import paths, and label them.")
    public var inferred = false

    @Flag(name: .shortAndLong, help: "Say nothing on the way.")
    public var quiet = false

    public init() {}

    public func run() async throws {
        let options = ComparisonOptions(match: match, inferring: inferred)
        let told = StudyProgress(quiet: quiet)
        let comparison = try await told.study {
            try await Comparison.of(lists, options: options, progress: told.step)
        }
        try await told.study { try comparison.write(to: outputDir, wide: wide, isGzip: gzip) }
        let shared = comparison.combinations.reduce(0) { $0 + $1.repositories }
        let summary = "\(outputDir)/summary.csv" + (gzip ? ".gz" : "")
        told.step("\(shared) shared in \(comparison.combinations.count) combinations: \(summary)")
    }
}

extension Match: ExpressibleByArgument {}
