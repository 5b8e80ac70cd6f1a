import ArgumentParser
import Foundation
import PackageMining
import Pkgmine

/// The options of a run of one ecosystem, but for those of its plug-in.
///
/// They are groups side by side in the command. One that held the others would be parsed as well; built for debugging,
/// though, ArgumentParser checks a group by making it several times, and at each time its own groups as often.
struct MiningArguments: Sendable {
    let list: ListArguments
    let single: SingleListArguments
    let registry: RegistryArguments

    func check() throws {
        try list.check()
        try registry.check()
        try single.check()
    }
}

/// The options that make sense for one list, and not for several.
struct SingleListArguments: ParsableArguments, Sendable {
    @Option(
        name: [.customShort("f"), .long],
        help: ArgumentHelp(
            "The list's file name; .csv is added if missing, and .csv.gz is gzip. A list under another name stays as it "
                + "is, and is in the manifest no more. (default: the ecosystem's, as Go.csv)",
            valueName: "name"))
    var outputFile: String?

    @Option(
        help: ArgumentHelp(
            "The registry has moved: go on with the list that was made from this address.", valueName: "url"))
    var movedFrom: String?

    @Flag(
        help: ArgumentHelp(
            "Take a list that is told whole and has lost all its packages, or more than a fifth and at least a hundred."
        ))
    var acceptShrinking = false

    func check() throws {
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
