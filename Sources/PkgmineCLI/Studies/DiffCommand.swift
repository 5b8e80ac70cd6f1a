public import ArgumentParser
import Foundation
import PackageMining
import PackageStudies

/// `pkgmine diff`: what changed between two lists.
public struct DiffCommand: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Tell what changed between two lists.",
        discussion: """
            Packages are matched by platform and name, never by Package ID. Another spelling of the same repository is \
            told apart from a move.
            """)

    @Argument(help: "The list as it was.", completion: .lists)
    public var old: String

    @Argument(help: "The list as it is.", completion: .lists)
    public var new: String

    @Option(
        name: .shortAndLong, help: "Write a row a change to this CSV file, gzip if it ends in .gz.",
        completion: .file(extensions: ["csv", "gz"]))
    public var output: String?

    @Flag(help: "Infer repositories from pages, badges and import paths.")
    public var inferred = false

    @Flag(name: .shortAndLong, help: "Say nothing on the way.")
    public var quiet = false

    public init() {}

    public func run() async throws {
        let told = StudyProgress(quiet: quiet)
        try await told.study {
            let difference = try await ListDifference(
                old: old, new: new, inferring: inferred, progress: told.step)
            if let output { try difference.write(to: output) }
            for line in difference.summaryText().split(separator: "\n") { try printResult(printable(line)) }
        }
    }
}
