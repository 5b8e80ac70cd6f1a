import ArgumentParser
import Foundation
import PackageMining

/// A run at the console, and the audit that was asked for with it.
struct MiningConsole {
    let job: MiningJob

    func run() async throws {
        let console = RunConsole(arguments: job.arguments.registry, ecosystem: job.ecosystem)
        try await console.tell {
            let mined = try await mine(console)
            let isTold = job.arguments.registry.progress != .json
            if let audit = mined.audit, isTold { for line in audit.lines { printError(line) } }
            try Summary(report: mined.report, command: console.command).print(told: isTold)
            if mined.exitCode != 0 { throw ExitCode(mined.exitCode) }
        }
    }

    private func mine(_ console: RunConsole) async throws -> Mined {
        let opened = try job.open { try RegistryAccess(job.arguments.registry, to: $0, log: console.log) }
        for notice in job.notices { printError("note: \(printable(notice))") }
        let result = try await console.supervise(opened.progress, opened.session, run: opened.run)
        try await opened.close()
        return try result.get()
    }
}
