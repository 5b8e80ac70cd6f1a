import ArgumentParser
import Foundation
import MiningStore
import PackageMining

/// `pkgmine status`
struct StatusCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        let name = PkgmineTool.toolbox.name
        return CommandConfiguration(
            commandName: "status",
            abstract: "Says what the lists of a folder hold, how far their runs are, and what to do next.",
            discussion: """
                Examples:

                  \(name) status     a row for each list
                  \(name) status go  all that is known of one: outcomes, what failed, its audit

                A list is complete, limited (it ends where --limit ended it), stopped (it is published, and its update is \
                not done), never finished, or running: a process works on it. Linked are packages with a homepage or a \
                repository. Files that are gone, or of another size than they were published with, are told; what is in \
                them is not looked at.
                """)
    }

    @Argument(
        help: ArgumentHelp("Which to tell all of. (default: a row for each)", valueName: "ecosystem"),
        completion: .ecosystem)
    var ecosystems: [String] = []

    @Option(
        name: [.customShort("o"), .long], help: ArgumentHelp("The folder of the lists.", valueName: "folder"),
        completion: .directory)
    var outputDir = ListArguments.defaultFolder

    func validate() throws {
        for id in ecosystems { _ = try PkgmineTool.toolbox.command(of: id) }
    }

    func run() async throws {
        var rows: [ListRow] = []
        var details: [String] = []
        var errors: [StateError] = []
        for ecosystem in PkgmineTool.toolbox.ecosystems where ecosystems.isEmpty || ecosystems.contains(ecosystem.id) {
            let reading = try await ListReading.of(ecosystem.id, in: folder)
            let audit = AuditNote(of: ecosystem.id, in: folder)?.lines ?? []
            switch reading {
            case .notBegun:
                if !audit.isEmpty { details += ["\(ecosystem.platform): not mined into this folder"] + audit }
                continue
            case .told(let status, _, let changes):
                details += lines(of: status, ecosystem) + changes.map { "  changed     \(printable($0))" } + audit
            case .unreadable(let error): errors.append(error)
            }
            rows.append(ListRow(ecosystem.id, reading))
        }
        for error in errors { printError("error: \(error)") }
        let table = ecosystems.isEmpty && !rows.isEmpty ? ListTable(rows: rows, folder: outputDir).lines : details
        let lines = rows.isEmpty && details.isEmpty ? [nothing] : table
        if !lines.isEmpty { try orExit { try printResult(lines.joined(separator: "\n")) } }
        if !errors.isEmpty { throw ExitCode(1) }
    }

    private var folder: URL { URL(filePath: outputDir, directoryHint: .isDirectory) }

    private var nothing: String {
        let maker = "`\(PkgmineTool.toolbox.name) \(ecosystems.first ?? "go")` makes one"
        return "no list in \(printable(folder.path)) yet; \(maker)"
    }

    private func lines(of status: StateStatus, _ ecosystem: Ecosystem) -> [String] {
        let outcomes = Outcome.allCases.compactMap { outcome in
            status.tally.outcomes[outcome].map { "\(grouped($0)) \(outcome.rawValue)" }
        }
        let withdrawn = status.tally.packages - status.tally.listed
        var lines = [
            "\(ecosystem.platform): \(grouped(status.tally.packages)) packages with a Package ID"
                + (withdrawn > 0 ? ", \(grouped(withdrawn)) of them withdrawn and not in the list" : "")
        ]
        lines += outcomes.enumerated().map { ($0.offset == 0 ? "  looked up   " : "              ") + $0.element }
        if status.pending > 0 { lines.append("  to look up  \(grouped(status.pending))") }
        lines += status.failures.map { problem in
            let kind = problem.kind.rawValue.padding(toLength: 12, withPad: " ", startingAt: 0)
            return "  \(kind)\(printable(problem.subject)): \(printable(problem.detail))"
        }
        if let problems = status.tally.problemsInWords { lines.append("  problems    \(problems)") }
        if let finished = status.finished { lines.append("  last run    finished \(finished.ISO8601Format())") }
        if let open = status.openRun {
            let step = open.isListed ? "listed, to be looked up and published" : "in the middle of its listing"
            lines.append("  this run    begun \(open.began.ISO8601Format()), \(step)")
            if !open.isListed { lines.append("              \(grouped(status.unnumbered)) packages found so far") }
            let command = "\(PkgmineTool.toolbox.name) \(ecosystem.id)"
            lines.append("  next        run `\(command)` with the same options to go on")
        }
        return lines
    }
}
