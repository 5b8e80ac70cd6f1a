import ArgumentParser
import Foundation
import Logging
import PackageMining
import Pkgmine

/// What runs at the console share: progress on stderr, signals, errors in words and exit codes.
struct RunConsole {
    let arguments: RegistryArguments
    let ecosystem: Ecosystem

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
            throw ExitCode(Failure.exitCode(of: stopped.cause))
        } catch {
            printError(Failure(error, command: command).text)
            throw ExitCode(1)
        }
    }

    /// Runs until the end or the first signal, which stops the run in order.
    func supervise<Report: Sendable>(
        _ progress: RunProgress, _ session: any RegistrySession, run: @escaping @Sendable () async throws -> Report
    ) async throws -> Result<Report, any Error> {
        let one = ProgressOfOne(ecosystem.id, progress, session)
        let display = ProgressDisplay(of: one, as: arguments.progress)
        let supervision = try await Supervision(shownBy: display, run: run)
        if let signal = supervision.signal, case .failure = supervision.result {
            throw interrupted(by: signal, progress)
        }
        return supervision.result.mapError { Stopped(cause: $0, progress: progress.snapshot()) }
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

    var log: Logger { arguments.log }

    /// For hints.
    var command: String { CommandWords.given.text }
}

/// A run was stopped by an error.
struct Stopped: Error {
    let cause: any Error
    let progress: RunProgress.Snapshot
}

/// The run was stopped by a signal.
private struct Interrupted: Error {
    let signal: Int32
    let message: String
}
