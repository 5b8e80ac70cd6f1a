public import ArgumentParser
import Foundation
public import PackageMining

/// The options that all ecosystems share.
public struct MiningArguments: ParsableArguments {
    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp("The folder of the lists; made if missing.", valueName: "folder"), completion: .directory)
    public var outputDir = "Package-List"

    @Option(
        name: [.customShort("f"), .long],
        help: ArgumentHelp(
            "The list's file name; .csv is added if missing. A list under another name stays as it is, and is in the "
                + "manifest no more. (default: the ecosystem's, as Go.csv)",
            valueName: "name"))
    public var outputFile: String?

    @Flag(help: "Start over. The old state is kept aside until the new list is published.")
    public var fresh = false

    @Option(
        help: ArgumentHelp(
            "The registry has moved: go on with the list that was made from this address.", valueName: "url"))
    public var movedFrom: String?

    @Flag(name: .customLong("no-resolve"), help: "List names only: look no package up.")
    public var skipsResolving = false

    @Flag(
        help: ArgumentHelp(
            "Take a list that is told whole and has lost all its packages, or more than a fifth and at least a hundred."
        ))
    public var acceptShrinking = false

    @Option(
        help: ArgumentHelp(
            "Try it on the first packages, whose Package IDs the next whole run gives anew. A list that has been whole is "
                + "brought up to date instead.",
            valueName: "number"))
    public var limit: Int?

    @Option(help: "The list's first line: standard or legacy.")
    public var csvHeader = ListHeader.standard

    @OptionGroup public var registry: RegistryArguments

    public init() {}

    func check() throws {
        if let limit, limit < 1 { throw ValidationError("--limit takes a number from 1 on, not \(limit)") }
        try registry.check()
        if let outputFile, !outputFile.isFileName {
            throw ValidationError(
                "--output-file takes a file name without control characters; its folder is given with --output-dir")
        }
    }

    var fileName: String? {
        outputFile.map { $0.lowercased().hasSuffix(".csv") ? $0 : $0 + ".csv" }
    }

    var outputFolder: URL { URL(filePath: outputDir, directoryHint: .isDirectory) }
}

extension ListHeader: ExpressibleByArgument {}
