import ArgumentParser
import Foundation
import MiningStore
import PackageMining

/// `pkgmine status`
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Says what each list holds, how far an unfinished run is, and what failed.")

    @Option(
        name: [.customShort("o"), .long], help: ArgumentHelp("The folder of the lists.", valueName: "folder"),
        completion: .directory)
    var outputDir = "Package-List"

    func run() async throws {
        let folder = URL(filePath: outputDir, directoryHint: .isDirectory)
        var found = 0
        var damaged = 0
        for ecosystem in PkgmineTool.toolbox.ecosystems {
            let files = StateFiles(outputFolder: folder, id: ecosystem.id)
            guard files.exists else { continue }
            found += 1
            do {
                let status = try await StateStatus.read(files)
                try orExit { try printResult(lines(of: status, ecosystem).joined(separator: "\n")) }
            } catch is StateNotBegun {
                found -= 1
            } catch let error as StateError {
                damaged += 1
                printError("error: \(error)")
            }
        }
        if found == 0 {
            let maker = "`\(PkgmineTool.toolbox.name) go` makes one"
            try orExit { try printResult("no list in \(printable(folder.path)) yet; \(maker)") }
        }
        if damaged > 0 { throw ExitCode(1) }
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
