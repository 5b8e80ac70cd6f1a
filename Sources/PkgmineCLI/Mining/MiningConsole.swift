import ArgumentParser
import Foundation
import MiningStore
import PackageMining

/// A run at the console, and the audit that was asked for with it.
struct MiningConsole {
    let arguments: MiningArguments
    let ecosystem: Ecosystem

    private var console: RunConsole { RunConsole(arguments: arguments.registry, ecosystem: ecosystem) }

    func run(_ miner: some EcosystemMiner, auditedBy witness: (any Witness)? = nil) async throws {
        let console = console
        try await console.tell {
            let (report, audit) = try await mine(miner, witness)
            if let audit, arguments.registry.progress != .json { for line in audit.lines { printError(line) } }
            try Summary(report: report, command: console.command).print(told: arguments.registry.progress != .json)
            let code = max(report.exitCode, audit?.exitCode ?? 0)
            if code != 0 { throw ExitCode(code) }
        }
    }

    private func mine(
        _ miner: some EcosystemMiner, _ witness: (any Witness)?
    ) async throws -> (RunReport, AuditReport?) {
        try OutputFolder(url: arguments.outputFolder).make()
        var options = options
        try options.refuseFilesOfAnother(than: ecosystem)
        let store = try MiningStore(
            StateFiles(outputFolder: arguments.outputFolder, id: ecosystem.id), fresh: arguments.fresh)
        let registries = ecosystem.registries + (witness?.ecosystem.registries ?? [])
        let access = try RegistryAccess(arguments.registry, to: registries, log: console.log)
        options.began = access.began
        let progress = RunProgress()
        let audit = try witness.map { witness in
            if let own = miner as? any Witness, own.ecosystem.signedBy == witness.ecosystem.signedBy {
                return ListAudit(
                    ofListBy: own, in: store, through: access.session, options: options, progress: progress)
            }
            return try ListAudit(
                of: ecosystem, by: witness, through: access.session, options: options, progress: progress)
        }
        let run = MiningRun(
            miner, through: access.session, into: store, options: options, progress: progress,
            beforePublishing: { try await audit?.prove() })
        let result = try await console.supervise(progress, access.session) {
            let report = try await run.run()
            return (report, try await audit?.compare(report.list))
        }
        try await store.close()
        try await audit?.close()
        return try result.get()
    }

    private var options: MiningOptions {
        var options = MiningOptions(outputFolder: arguments.outputFolder)
        options.fileName = arguments.fileName
        options.header = arguments.csvHeader
        options.resolves = !arguments.skipsResolving
        options.limit = arguments.limit
        options.acceptsShrinking = arguments.acceptShrinking
        options.concurrency = arguments.registry.concurrency
        options.movedFrom = arguments.movedFrom
        options.tool = PkgmineTool.toolbox.told
        return options
    }
}
