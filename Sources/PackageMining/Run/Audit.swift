public import Foundation

/// Holds an ecosystem's list against a witness: a source that proves that it leaves nothing out.
///
/// ``prove()`` walks the witness's list and keeps it, so that a later audit asks only for what is new. ``compare(_:)``
/// holds a list to it and publishes what came of that.
public struct Audit<ItsWitness: Witness>: Sendable {
    private let witness: ItsWitness
    private let ecosystem: Ecosystem
    private let session: any RegistrySession
    private let checkpoint: any Checkpoint & NameComparison
    private let options: MiningOptions
    private let now: @Sendable () -> Date

    public let progress: RunProgress

    /// - Parameters:
    ///   - ecosystem: whose list is audited.
    ///   - checkpoint: where the witness's names are kept.
    ///   - progress: that of the run that the audit is part of.
    public init(
        of ecosystem: Ecosystem, by witness: ItsWitness, through session: any RegistrySession,
        into checkpoint: any Checkpoint & NameComparison, options: MiningOptions, progress: RunProgress = RunProgress(),
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.witness = witness
        self.ecosystem = ecosystem
        self.session = session
        self.checkpoint = checkpoint
        self.options = options
        self.progress = progress
        self.now = now
    }

    /// Walks all that the witness has and that was not walked before.
    ///
    /// - Throws: ``BrokenProof`` where something of it is not right. All else is kept then.
    public func prove() async throws -> Testimony {
        progress.enter(.audit)
        let isResumed = try await walk()
        // What was begun long ago ends where the source was then.
        if isResumed { _ = try await walk() }
        return try await testimony()
    }

    /// - Returns: whether an earlier run had begun it.
    private func walk() async throws -> Bool {
        let open = try await checkpoint.openRun(
            RunFacts(began: options.began ?? now()), of: witness.ecosystem,
            on: RunTerms(cursorFormat: ItsWitness.cursorFormat))
        progress.goesOn(open)
        let before = session.activity()
        _ = try await listing.run(open)
        let activity = session.activity()
        try await checkpoint.finishRun(
            RunEnd(
                finished: now(), isComplete: true, requests: activity.requests - before.requests,
                retries: activity.retries - before.retries))
        if let broken = try await testimony().broken.first { throw broken }
        return open.isResumed
    }

    /// What was proven, where the checkpoint holds a walk that has come to its end.
    public func testimony() async throws -> Testimony {
        var walked: [ItsWitness.Cursor] = []
        for cursor in try await checkpoint.walkedCursors() { walked.append(try await listing.decode(cursor)) }
        return try witness.testimony(of: walked)
    }

    private var listing: Listing<ItsWitness> {
        var options = options
        options.limit = nil
        let began = options.began
        return Listing(
            miner: witness, session: session, checkpoint: checkpoint, options: options, progress: progress,
            now: { began ?? now() })
    }
}

extension Audit {
    /// Holds names to those of the witness, and publishes the differences.
    ///
    /// - Parameter names: hands over the names of the list.
    public func compare(
        _ testimony: Testimony, with list: URL, names: ((Page) async throws -> Void) async throws -> Void
    ) async throws -> AuditReport {
        progress.enter(.publish)
        try await checkpoint.beginComparison()
        var rows = 0
        try await names { page in
            rows += page.count
            try await checkpoint.compare(page)
        }
        let report = AuditReport(
            witness: witness.ecosystem.registries.first?.name ?? witness.ecosystem.id, testimony: testimony,
            differences: try await checkpoint.finishComparison(),
            file: ListNames(list: list).audit)
        let file = try await AuditFile(report: report).write(checkpoint)
        try DataPackage(folder: options.outputFolder).note(
            ListEntry.Audit(
                report, file: file, of: try sha256(of: list),
                registries: Dictionary(
                    witness.ecosystem.registries.map { ($0.name, urlWithoutCredentials($0.url)) },
                    uniquingKeysWith: { $1 }),
                finished: now()),
            on: ecosystem, at: list, rows: rows)
        progress.enter(.done)
        return report
    }
}
