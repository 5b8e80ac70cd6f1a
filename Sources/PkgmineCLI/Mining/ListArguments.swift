public import ArgumentParser
import Foundation
public import PackageMining

/// The options that runs of one ecosystem and of several share: where lists go, and how much of them is made.
public struct ListArguments: ParsableArguments, Sendable {
    static let defaultFolder = "Package-List"

    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp("The folder of the lists; made if missing.", valueName: "folder"), completion: .directory)
    public var outputDir = ListArguments.defaultFolder

    @Flag(help: "Start over. The old state is kept aside until the new list is published.")
    public var fresh = false

    @Flag(name: .customLong("no-resolve"), help: "List names only: look no package up.")
    public var skipsResolving = false

    @Option(
        help: ArgumentHelp(
            "Try it on the first packages, whose Package IDs the next whole run gives anew. A list that has been whole is "
                + "brought up to date instead.",
            valueName: "number"))
    public var limit: Int?

    @Flag(
        help: ArgumentHelp(
            "Write LIST.outcomes.csv too, which says why each nan is nan: how the package's look-up ended, when the run "
                + "began that asked, and for which release. Without this the file of an earlier run is removed."))
    public var outcomes = false

    @Option(help: "The list's first line: standard or legacy.")
    public var csvHeader = ListHeader.standard

    public init() {}

    func check() throws {
        if let limit, limit < 1 { throw ValidationError("--limit takes a number from 1 on, not \(limit)") }
    }

    var folder: URL { URL(filePath: outputDir, directoryHint: .isDirectory) }

    /// What of them is not as by default, in words of a command line.
    var words: [String] {
        [
            outputDir == Self.defaultFolder ? nil : "--output-dir=\(outputDir)", fresh ? "--fresh" : nil,
            skipsResolving ? "--no-resolve" : nil, limit.map { "--limit=\($0)" },
            outcomes ? "--outcomes" : nil, csvHeader == .standard ? nil : "--csv-header=\(csvHeader.rawValue)",
        ].compactMap(\.self)
    }
}

extension ListHeader: ExpressibleByArgument {}
