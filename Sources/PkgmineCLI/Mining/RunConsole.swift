import ArgumentParser
import Foundation
import Logging
import PackageMining

/// What runs at the console share: progress on stderr, signals, errors in words and exit codes.
struct RunConsole {
    let arguments: RegistryArguments
    let ecosystem: Ecosystem

    private enum Event<Report: Sendable>: Sendable {
        case ended(Result<Report, any Error>)
        case signal(Int32)
        case displayEnded
    }

    /// Runs `body`; what it throws is told, and becomes an exit code.
    func tell(_ body: () async throws -> Void) async throws {
        do {
            try await body()
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

    /// Runs until the end or the first signal, which stops the run in order; see `Signals` for a second one.
    func supervise<Report: Sendable>(
        _ progress: RunProgress, _ session: any RegistrySession, run: @escaping @Sendable () async throws -> Report
    ) async throws -> Result<Report, any Error> {
        let display = ProgressDisplay(
            style: arguments.progress, ecosystem: ecosystem, progress: progress, session: session)
        let signals = Signals()
        return try await withThrowingTaskGroup(of: Event<Report>.self) { group in
            group.addTask { .ended(await result { try await run() }) }
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
                    if let signal, case .failure = result { throw interrupted(by: signal, progress) }
                    return result.mapError { Stopped(cause: $0, progress: progress.snapshot()) }
                case .displayEnded: continue
                }
            }
            throw CancellationError()
        }
    }

    private func interrupted(by signal: Int32, _ progress: RunProgress) -> Interrupted {
        let now = progress.snapshot()
        let verified = now.auditedEntries > 0 ? ", \(grouped(now.auditedEntries)) records verified" : ""
        return Interrupted(
            signal: signal,
            message: """
                stopped in step \(now.step.rawValue): all that had arrived is stored (\(grouped(now.newPackages)) new \
                packages listed, \(grouped(now.lookedUp)) looked up\(verified) in this process)\(now.publishedInWords)

                hint: run `\(command)` again to go on from there
                """)
    }

    var log: Logger {
        var log = Logger(label: PkgmineTool.toolbox.name) { StreamLogHandler.standardError(label: $0) }
        log.logLevel = arguments.logLevel
        return log
    }

    /// The command as it was given, for hints: quoted for a shell, without credentials.
    var command: String {
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
