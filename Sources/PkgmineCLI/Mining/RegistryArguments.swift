public import ArgumentParser
import Foundation
public import Logging
import PackageMining
import Pkgmine

/// The options of all commands that ask registries.
public struct RegistryArguments: ParsableArguments, Sendable {
    static let defaultConcurrency = 256
    static let defaultLogLevel = Logger.Level.warning

    @Option(
        help: ArgumentHelp(
            "The most requests at once. It can lower a registry's pace, never raise it.", valueName: "number"))
    public var concurrency = RegistryArguments.defaultConcurrency

    @Option(
        help: ArgumentHelp(
            "How the registry's operators reach you, for the User-Agent: a mail address or a page.",
            valueName: "address"))
    public var contact: String?

    @Option(
        help: ArgumentHelp("Certificates to trust instead of the system's, in PEM.", valueName: "file"),
        completion: .file())
    public var caFile: String?

    @Option(help: "How progress is shown on stderr: auto, bar, plain, json or none.")
    public var progress = ProgressStyle.auto

    @Option(help: ArgumentHelp("Keep every exchange with the registries.", valueName: "folder"), completion: .directory)
    public var record: String?

    @Option(
        help: ArgumentHelp("Answer from recorded exchanges, and from nowhere else.", valueName: "folder"),
        completion: .directory)
    public var replay: String?

    @Option(help: "What is logged on stderr: trace, debug, info, notice, warning, error or critical.")
    public var logLevel = RegistryArguments.defaultLogLevel

    public init() {}

    func check() throws {
        try checkForSeveral()
        if let replay, !FileManager.default.fileExists(atPath: replay + "/recording.json") {
            throw ValidationError(
                "--replay takes the folder of a recording; \(printable(replay)) has no recording.json")
        }
    }

    /// What holds for several ecosystems too, each of which has a recording of its own.
    func checkForSeveral() throws {
        guard concurrencies.contains(concurrency) else {
            throw ValidationError("--concurrency takes a number from 1 to 4096, not \(concurrency)")
        }
        if record != nil, replay != nil { throw ValidationError("--record and --replay exclude each other") }
        if let caFile, !FileManager.default.isReadableFile(atPath: caFile) {
            throw ValidationError("--ca-file takes a file that can be read; \(printable(caFile)) cannot")
        }
        if let contact, contact.hasControlCharacter {
            throw ValidationError("--contact takes a line of text without control characters")
        }
    }
}

extension RegistryArguments {
    var log: Logger {
        var log = Logger(label: PkgmineTool.toolbox.name) { StreamLogHandler.standardError(label: $0) }
        log.logLevel = logLevel
        return log
    }

    /// What of them is not as by default, in words of a command line, for one of several ecosystems: but for how progress
    /// is shown, which is one for all. Each has a recording of its own.
    func words(of id: String) -> [String] {
        [
            concurrency == Self.defaultConcurrency ? nil : "--concurrency=\(concurrency)",
            contact.map { "--contact=\($0)" }, caFile.map { "--ca-file=\($0)" },
            record.map { "--record=\($0)/\(id)" }, replay.map { "--replay=\($0)/\(id)" },
            logLevel == Self.defaultLogLevel ? nil : "--log-level=\(logLevel.rawValue)",
        ].compactMap(\.self)
    }
}

extension String {
    var hasControlCharacter: Bool { unicodeScalars.contains { $0.properties.generalCategory == .control } }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}

/// How progress is shown.
public enum ProgressStyle: String, ExpressibleByArgument, CaseIterable, Sendable {
    case auto, bar, plain, json, none
}
