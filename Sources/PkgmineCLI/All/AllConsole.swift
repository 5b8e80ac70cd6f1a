import ArgumentParser
import Foundation
import PackageMining
import Pkgmine
import RegistryHTTP

/// Several runs at the console.
struct AllConsole {
    let jobs: [SeveralJobs.One]
    let list: ListArguments
    let registry: RegistryArguments
    let listsAtOnce: Int

    func run() async throws {
        do {
            let (ends, signal) = try await mine()
            let code = AllConsole.exitCode(of: Array(ends.values), signal)
            if registry.progress != .json { for line in try await summary(code) { printError(line) } }
            try printLists(of: ends)
            if code != 0 { throw ExitCode(code) }
        } catch let code as ExitCode {
            throw code
        } catch {
            printError(Failure(error, command: CommandWords.given.text).text)
            throw ExitCode(1)
        }
    }

    private func mine() async throws -> (ends: [String: EndOfRun], signal: Int32?) {
        try OutputFolder(url: list.folder).make()
        OpenFiles.allowMost()
        let progress = ProgressOfSeveral(jobs.map(\.id))
        let display = ProgressDisplay(of: progress, as: registry.progress)
        let runs = RunsSideBySide(
            jobs: jobs, listsAtOnce: listsAtOnce, session: registry.replay == nil ? try session() : nil,
            progress: progress, display: display)
        let supervision = try await Supervision(shownBy: display) { await runs.run() }
        return (try supervision.result.get(), supervision.signal)
    }

    /// Hosts that several ecosystems share have one pace, the slowest that is told of them.
    private func session() throws -> CurlSession {
        var arguments = registry
        // An option of one may be higher than what holds for the others, whose runs ask for no more than theirs.
        arguments.concurrency = jobs.map(\.job.arguments.registry.concurrency).max() ?? registry.concurrency
        return try CurlSession(RegistryAccess.configuration(arguments, jobs.flatMap(\.job.registries)))
    }

    private func summary(_ code: Int32) async throws -> [String] {
        var rows: [ListRow] = []
        for one in jobs { rows.append(ListRow(one.id, try await ListReading.of(one.id, in: list.folder))) }
        let lines = ListTable(rows: rows, folder: list.outputDir, isGoneOnWith: true).lines
        let stopped = code > 128 ? ["stopped: all that had arrived is stored", ""] : []
        let again = code == 75 ? "to ask for what is not settled once more" : "to go on with all"
        return stopped + lines + (code == 0 ? [] : ["", "hint: run `\(CommandWords.given.text)` again \(again)"])
    }

    private func printLists(of ends: [String: EndOfRun]) throws {
        for one in jobs {
            if case .mined(let mined) = ends[one.id] { try printResult(mined.report.list.relativePath) }
        }
    }

    /// What a script must know first comes first: that it was stopped, that something has failed, that running again would
    /// bring more.
    static func exitCode(of ends: [EndOfRun], _ signal: Int32?) -> Int32 {
        if let signal, ends.contains(where: { if case .stopped = $0 { true } else { false } }) { return 128 + signal }
        return ends.reduce(0) { worst, end in
            switch end {
            case .stopped: 1
            case .failed(let code): worst == 1 ? worst : code
            case .mined(let mined): worst == 1 || mined.exitCode == 0 ? worst : mined.exitCode
            }
        }
    }
}
