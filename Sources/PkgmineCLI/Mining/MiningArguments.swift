public import ArgumentParser
import Foundation
public import Logging
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

    @Option(
        help: ArgumentHelp(
            "The most requests at once. It can lower a registry's pace, never raise it.", valueName: "number"))
    public var concurrency = 256

    @Option(
        help: ArgumentHelp(
            "How the registry's operators reach you, for the User-Agent: a mail address or a page.",
            valueName: "address"))
    public var contact: String?

    @Option(
        help: ArgumentHelp("Certificates to trust instead of the system's, in PEM.", valueName: "file"),
        completion: .file())
    public var caFile: String?

    @Option(help: "The list's first line: standard or legacy.")
    public var csvHeader = ListHeader.standard

    @Option(help: "How progress is shown on stderr: auto, bar, plain, json or none.")
    public var progress = ProgressStyle.auto

    @Option(help: ArgumentHelp("Keep every exchange with the registries.", valueName: "folder"), completion: .directory)
    public var record: String?

    @Option(
        help: ArgumentHelp("Answer from recorded exchanges, and from nowhere else.", valueName: "folder"),
        completion: .directory)
    public var replay: String?

    @Option(help: "What is logged on stderr: trace, debug, info, notice, warning, error or critical.")
    public var logLevel = Logger.Level.warning

    public init() {}

    func check() throws {
        if let limit, limit < 1 { throw ValidationError("--limit takes a number from 1 on, not \(limit)") }
        guard (1...4_096).contains(concurrency) else {
            throw ValidationError("--concurrency takes a number from 1 to 4096, not \(concurrency)")
        }
        if record != nil, replay != nil { throw ValidationError("--record and --replay exclude each other") }
        if let outputFile, !outputFile.isFileName {
            throw ValidationError(
                "--output-file takes a file name without control characters; its folder is given with --output-dir")
        }
        if let caFile, !FileManager.default.isReadableFile(atPath: caFile) {
            throw ValidationError("--ca-file takes a file that can be read; \(printable(caFile)) cannot")
        }
        if let replay, !FileManager.default.fileExists(atPath: replay + "/recording.json") {
            throw ValidationError(
                "--replay takes the folder of a recording; \(printable(replay)) has no recording.json")
        }
        if let contact, contact.unicodeScalars.contains(where: isControl) {
            throw ValidationError("--contact takes a line of text without control characters")
        }
    }

    private func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control
    }

    var fileName: String? {
        outputFile.map { $0.lowercased().hasSuffix(".csv") ? $0 : $0 + ".csv" }
    }

    var outputFolder: URL { URL(filePath: outputDir, directoryHint: .isDirectory) }
}

extension ListHeader: ExpressibleByArgument {}
extension Logger.Level: @retroactive ExpressibleByArgument {}

/// How progress is shown.
public enum ProgressStyle: String, ExpressibleByArgument, CaseIterable, Sendable {
    case auto, bar, plain, json, none
}
