import ArgumentParser
import Foundation
import Logging
import MiningStore
import PackageMining

/// A run at the console: its progress on stderr, its result on stdout, its signals and its exit code.
struct MiningConsole {
    let arguments: MiningArguments
    let ecosystem: Ecosystem

    private enum Event: Sendable {
        case ended(Result<RunReport, any Error>)
        case signal(Int32)
        case displayEnded
    }

    func run(_ miner: some EcosystemMiner) async throws {
        do {
            let report = try await mine(miner)
            try Summary(report: report, command: command).print(told: arguments.progress != .json)
            if report.exitCode != 0 { throw ExitCode(report.exitCode) }
        } catch let interrupted as Interrupted {
            printError(interrupted.message)
            throw ExitCode(128 + interrupted.signal)
        } catch let code as ExitCode {
            throw code
        } catch let stopped as Stopped {
            let isReplayed = arguments.replay != nil
            let failure = Failure(
                stopped.cause, command: command, progress: stopped.progress, isReplayed: isReplayed)
            printError(failure.text)
            throw ExitCode(1)
        } catch {
            printError(Failure(error, command: command).text)
            throw ExitCode(1)
        }
    }

    private func mine(_ miner: some EcosystemMiner) async throws -> RunReport {
        try OutputFolder(url: arguments.outputFolder).make()
        var options = options
        try options.refuseFilesOfAnother(than: ecosystem)
        let store = try MiningStore(
            StateFiles(outputFolder: arguments.outputFolder, id: ecosystem.id), fresh: arguments.fresh)
        let access = try RegistryAccess(arguments, to: ecosystem.registries, log: log)
        options.began = access.began
        let run = MiningRun(miner, through: access.session, into: store, options: options)
        let result = try await supervise(run, access.session)
        try await store.close()
        return try result.mapError { Stopped(cause: $0, progress: run.progress.snapshot()) }.get()
    }

    private var options: MiningOptions {
        var options = MiningOptions(outputFolder: arguments.outputFolder)
        options.fileName = arguments.fileName
        options.header = arguments.csvHeader
        options.resolves = !arguments.skipsResolving
        options.limit = arguments.limit
        options.acceptsShrinking = arguments.acceptShrinking
        options.concurrency = arguments.concurrency
        options.movedFrom = arguments.movedFrom
        options.tool = PkgmineTool.toolbox.told
        return options
    }

    /// Runs until the end or the first signal, which stops the run in order; see `Signals` for a second one.
    private func supervise<Miner: EcosystemMiner>(
        _ run: MiningRun<Miner>, _ session: any RegistrySession
    ) async throws -> Result<RunReport, any Error> {
        let display = ProgressDisplay(
            style: arguments.progress, ecosystem: ecosystem, progress: run.progress, session: session)
        let signals = Signals()
        return try await withThrowingTaskGroup(of: Event.self) { group in
            group.addTask { .ended(await result { try await run.run() }) }
            group.addTask { await signals.first().map(Event.signal) ?? .displayEnded }
            group.addTask {
                await display.run()
                return .displayEnded
            }
            var signal: Int32?
            while let event = try await group.next() {
                switch event {
                case .signal(let number):
                    signal = number
                    group.cancelAll()
                case .ended(let result):
                    group.cancelAll()
                    try await group.waitForAll()
                    try display.finish()
                    if let signal, case .failure = result { throw interrupted(by: signal, run.progress) }
                    return result
                case .displayEnded: continue
                }
            }
            throw CancellationError()
        }
    }

    private func interrupted(by signal: Int32, _ progress: RunProgress) -> Interrupted {
        let now = progress.snapshot()
        return Interrupted(
            signal: signal,
            message: """
                stopped in step \(now.step.rawValue): all that had arrived is stored (\(grouped(now.newPackages)) new \
                packages listed, \(grouped(now.lookedUp)) looked up in this process)

                hint: run `\(command)` again to go on from there
                """)
    }

    private var log: Logger {
        var log = Logger(label: PkgmineTool.toolbox.name) { StreamLogHandler.standardError(label: $0) }
        log.logLevel = arguments.logLevel
        return log
    }

    /// The command as it was given, for hints: quoted for a shell, without credentials.
    private var command: String {
        let words = CommandLine.arguments.dropFirst().filter { $0 != "--fresh" }.map(urlWithoutCredentials)
        return printable(([PkgmineTool.toolbox.name] + words.map(quotedForShell)).joined(separator: " "), limit: 2_000)
    }
}

/// The word as a shell takes it for one.
private func quotedForShell(_ word: String) -> String {
    let isPlain = word.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || "0123456789-_./:=,+@%".unicodeScalars.contains($0)
    }
    return isPlain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
}

/// The run was stopped by an error.
private struct Stopped: Error {
    let cause: any Error
    let progress: RunProgress.Snapshot
}

/// The run was stopped by a signal.
private struct Interrupted: Error {
    let signal: Int32
    let message: String
}

private func result<Value: Sendable>(_ body: () async throws -> Value) async -> Result<Value, any Error> {
    do { return .success(try await body()) } catch { return .failure(error) }
}
