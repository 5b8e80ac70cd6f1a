public import ArgumentParser
import Foundation
public import PackageStudies

/// `pkgmine report`: the lists as one page.
public struct ReportCommand: AsyncParsableCommand {
    public static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "report",
            abstract: "Write a report on lists: one HTML page, and the same numbers as JSON.",
            usage: "\(PkgmineTool.toolbox.name) report <list> ... [--output <page>] [<options>]",
            discussion: """
                The page needs no network and no script. What is known of the lists is read from datapackage.json, and \
                their growth over time from the state beside them, where that knows when packages first appeared.
                """)
    }

    @Argument(help: ArgumentHelp("Lists to report on.", valueName: "list"), completion: .lists)
    public var lists: [String]

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The page to write; the numbers go beside it as .json.", valueName: "page"),
        completion: .file(extensions: ["html"]))
    public var output: String = "report.html"

    @Option(help: "What packages are matched by: \(Match.allCases.map(\.rawValue).joined(separator: ", ")).")
    public var match: Match = .repository

    @Flag(help: "Infer repositories from pages, badges and import paths.")
    public var inferred = false

    @Option(help: "The date that the report shows. (default: today, in UTC)")
    public var date: String?

    @Flag(name: .shortAndLong, help: "Say nothing on the way.")
    public var quiet = false

    public init() {}

    public func run() async throws {
        let told = StudyProgress(quiet: quiet)
        let made = date ?? String(Date().ISO8601Format().prefix(10))
        try await told.study {
            let options = ComparisonOptions(match: match, inferring: inferred)
            let comparison = try await Comparison.of(lists, options: options, progress: told.step)
            let packages = comparison.ecosystems.map { ($0.name, $0.tally.packages) }
            let states = StateTimes(lists: lists, packages: Dictionary(packages) { first, _ in first }, told: told)
            let numbers = try await ReportNumbers(
                comparison, provenance: lists.map(Provenance.beside), tool: PkgmineTool.toolbox.name, made: made,
                firstAppearances: states.times)
            try ReportPage(numbers).write(to: output, numbersTo: jsonPath)
        }
        told.step("\(output) and \(jsonPath)")
    }

    private var jsonPath: String {
        if output.hasSuffix(".html.gz") { return String(output.dropLast(8)) + ".json.gz" }
        return (output.hasSuffix(".html") ? String(output.dropLast(5)) : output) + ".json"
    }
}
