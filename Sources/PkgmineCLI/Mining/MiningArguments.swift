public import ArgumentParser
import Foundation
import PackageMining
import Pkgmine

/// The options of a run of one ecosystem.
public struct MiningArguments: ParsableArguments, Sendable {
    @OptionGroup public var list: ListArguments

    @Option(
        name: [.customShort("f"), .long],
        help: ArgumentHelp(
            "The list's file name; .csv is added if missing, and .csv.gz is gzip. A list under another name stays as it "
                + "is, and is in the manifest no more. (default: the ecosystem's, as Go.csv)",
            valueName: "name"))
    public var outputFile: String?

    @Option(
        help: ArgumentHelp(
            "The registry has moved: go on with the list that was made from this address.", valueName: "url"))
    public var movedFrom: String?

    @Flag(
        help: ArgumentHelp(
            "Take a list that is told whole and has lost all its packages, or more than a fifth and at least a hundred."
        ))
    public var acceptShrinking = false

    @OptionGroup public var registry: RegistryArguments

    public init() {}

    func check() throws {
        try list.check()
        try registry.check()
        if let outputFile, !outputFile.isFileName {
            throw ValidationError(
                "--output-file takes a file name without control characters; its folder is given with --output-dir")
        }
    }

    var fileName: String? {
        outputFile.map { name in
            [".csv", ".csv.gz"].contains { name.lowercased().hasSuffix($0) } ? name : name + ".csv"
        }
    }
}
