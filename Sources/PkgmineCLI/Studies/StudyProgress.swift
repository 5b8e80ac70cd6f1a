import ArgumentParser
import Foundation
import PackageMining
import PackageStudies

/// Says on standard error what a study does, and shows its errors as they are.
struct StudyProgress: Sendable {
    let quiet: Bool

    func step(_ text: String) {
        if !quiet { printError(printable(text)) }
    }

    /// Runs a step; a fault of the study is shown whole and ends the command with 1.
    func study<Answer>(_ body: () async throws -> Answer) async throws -> Answer {
        do {
            return try await body()
        } catch let error as StudyError {
            printError(error.description)
            throw ExitCode(1)
        } catch let error as ResultNotWritten {
            printError("error: \(error)")
            throw ExitCode(1)
        }
    }
}
