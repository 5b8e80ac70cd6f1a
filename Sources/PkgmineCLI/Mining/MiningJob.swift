package import PackageMining
import Pkgmine

/// What a mining command is to run: a miner, the audit that was asked for with it, and the options of both.
package struct MiningJob: Sendable {
    typealias Access = ([Registry]) throws -> RegistryAccess

    package let ecosystem: Ecosystem
    let arguments: MiningArguments

    /// What is asked: the miner's registries, and those of the audit.
    let registries: [Registry]

    /// What is to be said before it begins, a line each: what of the options is not done as it was asked for, what it takes.
    package let notices: [String]

    private let opening: @Sendable (MiningJob, Access, @escaping @Sendable () -> Void) throws -> OpenedRun

    init(
        _ miner: some EcosystemMiner, auditedBy witness: (any Witness)?, _ arguments: MiningArguments,
        notices: [String]
    ) {
        ecosystem = miner.ecosystem
        registries = miner.ecosystem.registries + (witness?.ecosystem.registries ?? [])
        self.arguments = arguments
        self.notices = notices
        opening = { job, access, whenListed in
            try OpenedRun(miner, auditedBy: witness, job, access, whenListed: whenListed)
        }
    }

    /// Opens the state, which is then held, and what asks the registries.
    ///
    /// - Parameter whenListed: told when look-ups begin.
    func open(_ access: Access, whenListed: @escaping @Sendable () -> Void = {}) throws -> OpenedRun {
        try opening(self, access, whenListed)
    }

    var options: MiningOptions {
        var options = MiningOptions(outputFolder: arguments.list.folder)
        options.fileName = arguments.single.fileName
        options.header = arguments.list.csvHeader
        options.tellsOutcomes = arguments.list.outcomes
        options.resolves = !arguments.list.skipsResolving
        options.limit = arguments.list.limit
        options.acceptsShrinking = arguments.single.acceptShrinking
        options.concurrency = arguments.registry.concurrency
        options.movedFrom = arguments.single.movedFrom
        options.tool = PkgmineTool.toolbox.told
        return options
    }
}

/// What came of a run that ended well.
struct Mined: Sendable {
    let report: RunReport
    let audit: AuditReport?

    var exitCode: Int32 { max(report.exitCode, audit?.exitCode ?? 0) }
}

/// A run whose state is open, and held by this process until it is closed.
struct OpenedRun: Sendable {
    let progress = RunProgress()
    let session: any RegistrySession
    let run: @Sendable () async throws -> Mined
    let close: @Sendable () async throws -> Void

    fileprivate init(
        _ miner: some EcosystemMiner, auditedBy witness: (any Witness)?, _ job: MiningJob, _ access: MiningJob.Access,
        whenListed: @escaping @Sendable () -> Void
    ) throws {
        var options = job.options
        let list = try OpenedList(of: miner.ecosystem, options, fresh: job.arguments.list.fresh)
        let access = try access(job.registries)
        options.began = access.began
        let (session, progress) = (access.session, progress)
        let audit = try witness.map {
            try ListAudit(of: miner, in: list.store, by: $0, through: session, options: options, progress: progress)
        }
        let run = MiningRun(
            miner, through: session, into: list.store, options: options, progress: progress, whenListed: whenListed,
            beforePublishing: { try await audit?.prove() })
        self.session = session
        self.run = {
            let report = try await run.run()
            return Mined(report: report, audit: try await audit?.compare(report.list))
        }
        close = {
            try await list.close()
            try await audit?.close()
        }
    }
}
