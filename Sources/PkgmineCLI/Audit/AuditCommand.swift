import ArgumentParser
import EcosystemPlugins
import Foundation
import PackageMining

/// `pkgmine audit`
struct AuditCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "audit",
            abstract: "Holds a list against a source that proves that it leaves nothing out.",
            discussion: """
                What was proven is kept beside the list: a second audit asks only for what is new.

                Exit codes:

                  0         the list has the same names
                  1         a proof does not hold, or there is no list; nothing is published
                  75        there are differences, which a file names, or a part of the
                            source could not be had
                """,
            subcommands: PkgmineTool.toolbox.plugins.compactMap { ($0 as? any AuditedPlugin.Type)?.auditCommand })
    }
}

extension AuditedPlugin {
    static var auditCommand: any ParsableCommand.Type { ListAuditCommand<Self>.self }
}

/// `pkgmine audit go`
struct ListAuditCommand<Plugin: AuditedPlugin>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: Plugin.ecosystem.id, abstract: Plugin.Audit.abstract,
            discussion: "Examples:\n\n" + examples.joined(separator: "\n"))
    }

    private static var examples: [String] {
        Plugin.Audit.examples.map { "  " + PkgmineTool.toolbox.spelled($0) }
    }

    @Option(
        name: [.customShort("o"), .long], help: ArgumentHelp("The folder of the lists.", valueName: "folder"),
        completion: .directory)
    var outputDir = "Package-List"

    @Option(
        name: [.customShort("f"), .long],
        help: ArgumentHelp("The list's file name. (default: that of its last run)", valueName: "name"))
    var outputFile: String?

    @Flag(help: "Start over: prove all of it again.")
    var fresh = false

    @OptionGroup var registry: RegistryArguments
    @OptionGroup var audit: Plugin.Audit

    func validate() throws {
        try registry.check()
        do { _ = try audit.makeWitness() } catch { throw ValidationError("\(error)") }
    }

    func run() async throws {
        let console = RunConsole(arguments: registry, ecosystem: Plugin.ecosystem)
        try await console.tell {
            let report = try await report(of: audit.makeWitness(), console)
            if registry.progress != .json { for line in report.lines { printError(line) } }
            if report.rows > 0 { try printResult(report.file.relativePath) }
            if report.exitCode != 0 { throw ExitCode(report.exitCode) }
        }
    }

    private func report(of witness: Plugin.Audit.ItsWitness, _ console: RunConsole) async throws -> AuditReport {
        let list = try list()
        let access = try RegistryAccess(registry, to: witness.ecosystem.registries, log: console.log)
        var options = MiningOptions(outputFolder: folder)
        options.concurrency = registry.concurrency
        options.began = access.began
        options.tool = PkgmineTool.toolbox.told
        let progress = RunProgress()
        let audit = try ListAudit(
            of: Plugin.ecosystem, by: witness, through: access.session, options: options, progress: progress,
            fresh: fresh)
        let result = try await console.supervise(progress, access.session) {
            try await audit.prove()
            return try await audit.compare(list)
        }
        try await audit.close()
        return try result.get()
    }

    private var folder: URL { URL(filePath: outputDir, directoryHint: .isDirectory) }

    private func list() throws -> URL {
        let published = PublishedList(of: Plugin.ecosystem.id, in: folder)?.path
        let name = outputFile ?? published ?? "\(Plugin.ecosystem.fileName).csv"
        let list = folder.appending(path: name)
        guard FileManager.default.fileExists(atPath: list.path) else {
            throw NothingToAudit(list: list.relativePath, command: "\(PkgmineTool.toolbox.name) \(Plugin.ecosystem.id)")
        }
        return list
    }
}

/// There is no list.
struct NothingToAudit: Error, CustomStringConvertible {
    let list: String
    let command: String

    var description: String {
        """
        there is no list to audit
          at: \(printable(list, limit: 4_096))
          because: there is no such file
          saved: everything; nothing was asked for

        hint: run `\(command)` first, or name the folder of the list with --output-dir
        """
    }
}
