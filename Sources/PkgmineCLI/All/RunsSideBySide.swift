import Logging
import PackageMining
import RegistryHTTP

/// How one of several runs has ended.
enum EndOfRun: Sendable {
    case mined(Mined)
    /// By an error, which was told, with the exit code that it has by itself.
    case failed(Int32)
    /// By a signal, before or after it had begun.
    case stopped
}

/// Runs in one process, side by side, through one session: one ends as it may, and the others go on.
struct RunsSideBySide: Sendable {
    let jobs: [SeveralJobs.One]

    /// How many lists are read at once. Look-ups wait for registries, and go on beside them all; to read a list takes
    /// processor time, the disk and memory.
    let listsAtOnce: Int

    /// What asks registries for all; nil where recordings answer.
    let session: CurlSession?

    let progress: ProgressOfSeveral
    let display: ProgressDisplay

    func run() async -> [String: EndOfRun] {
        let turns = Turns(listsAtOnce)
        return await withTaskGroup(of: (String, EndOfRun).self) { group in
            for one in jobs { group.addTask { (one.id, await run(one, turns)) } }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }

    private func run(_ one: SeveralJobs.One, _ turns: Turns) async -> EndOfRun {
        guard let turn = await turns.next() else {
            progress.ended(one.id, in: "stopped  before it had begun")
            return .stopped
        }
        defer { turn.giveBack() }
        do {
            let mined = try await mine(one, turn)
            progress.ended(one.id, in: mined.inWords)
            return .mined(mined)
        } catch {
            return tell(error, of: one)
        }
    }

    private func mine(_ one: SeveralJobs.One, _ turn: Turn) async throws -> Mined {
        let opened = try one.job.open({ _ in try access(of: one.job) }, whenListed: { turn.giveBack() })
        progress.began(one.id, opened.progress, opened.session)
        let result: Result<Mined, any Error>
        do { result = .success(try await opened.run()) } catch {
            result = .failure(Stopped(cause: error, progress: opened.progress.snapshot()))
        }
        try await opened.close()
        return try result.get()
    }

    private func access(of job: MiningJob) throws -> RegistryAccess {
        let arguments = job.arguments.registry
        return try RegistryAccess(arguments, log: arguments.log) {
            guard let session else { throw CancellationError() }
            return session.shared()
        }
    }

    private func tell(_ error: any Error, of one: SeveralJobs.One) -> EndOfRun {
        if Task.isCancelled {
            progress.ended(one.id, in: "stopped  by a signal")
            return .stopped
        }
        let stopped = error as? Stopped
        let failure = Failure(
            stopped?.cause ?? error, command: one.command.text, progress: stopped?.progress,
            isReplayed: one.job.arguments.registry.replay != nil)
        progress.ended(one.id, in: "failed   \(failure.headline)")
        display.tell("\(one.id):\n\(failure.text)\n")
        return .failed(Failure.exitCode(of: stopped?.cause ?? error))
    }
}

extension Mined {
    /// `done     1,234 packages, 3 problems`
    fileprivate var inWords: String {
        let problems = report.tally.problemCounts.values.reduce(0, +)
        return "done     \(grouped(report.tally.listed)) packages, \(grouped(report.newPackages)) of them new"
            + (problems > 0 ? ", \(grouped(problems)) \(problems == 1 ? "problem" : "problems")" : "")
    }
}
