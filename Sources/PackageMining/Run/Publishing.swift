import Foundation

/// Step 5 of a run: the list, the files beside it and the manifest are written beside their old selves and renamed.
struct Publishing {
    let ecosystem: Ecosystem
    let session: any RegistrySession
    let checkpoint: any Checkpoint
    let options: MiningOptions
    let now: @Sendable () -> Date

    /// - Parameter registryTime: when the registry made the list, where it says so.
    func run(
        _ open: OpenRun, _ done: RunWork, isUnchanged: Bool, registryTime: Date?
    ) async throws -> RunReport {
        let activity = session.activity()
        let end = end(isComplete: done.isWhole, activity)
        let (problems, tally) = try await write(isUnchanged: isUnchanged) { tally in
            mining(open, end, tally, registryTime, isResolved: options.resolves, isRefused: done.refused != nil)
        }
        try await checkpoint.finishRun(end)
        var work = done
        work.newPackages = try await listed(of: done.newPackages)
        return RunReport(
            list: listURL, problems: problems == nil ? nil : problemsURL, tally: tally, work: work,
            resolves: options.resolves, activity: activity)
    }

    /// Publishes what is known by now of a run that is to go on.
    func publishSoFar(_ open: OpenRun, isWhole: Bool, registryTime: Date?) async throws {
        let end = end(isComplete: isWhole, session.activity())
        _ = try await write(isUnchanged: false) {
            mining(open, end, $0, registryTime, isResolved: false, isRefused: false)
        }
    }

    private func end(isComplete: Bool, _ activity: SessionActivity) -> RunEnd {
        RunEnd(finished: now(), isComplete: isComplete, requests: activity.requests, retries: activity.retries)
    }

    private func write(
        isUnchanged: Bool, _ mining: (Tally) -> ListEntry.Mining
    ) async throws -> (problems: ListEntry.FileFacts?, tally: Tally) {
        // Another run may have published since this one began.
        try options.refuseFilesOfAnother(than: ecosystem)
        let (list, outcomes) = try await writeRows(isUnchanged: isUnchanged)
        let problems = try await ProblemsFile().write(checkpoint, to: problemsURL).map(ListEntry.FileFacts.init)
        let tally = try await checkpoint.tally()
        let package = DataPackage(folder: options.outputFolder)
        let before = package.entry(of: ecosystem.id)
        try package.write(
            ListEntry(
                path: list.path, title: "All packages of \(ecosystem.platform)", file: list, problems: problems,
                outcomes: outcomes, header: options.header.columns, mining: mining(tally),
                audit: before?.path == list.path ? before?.audit : nil))
        return (problems, tally)
    }

    /// How many of the packages that got the last Package IDs are in the list: looked up, some turn out withdrawn.
    private func listed(of newPackages: Int) async throws -> Int {
        guard newPackages > 0, let last = try await checkpoint.lastPackageID() else { return 0 }
        let known = last.advanced(by: -newPackages)
        return try await newPackages - checkpoint.withdrawnPackages(after: known)
    }

    /// The list, and the outcomes where they are wanted: both are on the disk before one takes its place. Outcomes of an
    /// earlier list are not left beside another one.
    private func writeRows(isUnchanged: Bool) async throws -> (list: Facts, outcomes: Facts?) {
        let last = isUnchanged ? DataPackage(folder: options.outputFolder).entry(of: ecosystem.id) : nil
        guard options.tellsOutcomes else {
            let list = try await writeList(unless: last)
            try OutputFile.remove(names.outcomes)
            return (list, nil)
        }
        if let told = last?.outcomes, try isPublished(told, at: names.outcomes) {
            return (try await writeList(unless: last), told)
        }
        let outcomes = try await OutcomesFile().write(checkpoint, to: names.outcomes)
        let list = try await writeList(unless: last)
        return (list, try outcomes.publish())
    }

    /// - Parameter last: what the last run has published, where nothing has changed since.
    private func writeList(unless last: ListEntry?) async throws -> Facts {
        if let last, last.header == options.header.columns, try isPublished(last.file, at: listURL) { return last.file }
        let list = ListFile(platform: ecosystem.platform, header: options.header)
        return Facts(try await list.write(checkpoint, to: listURL))
    }

    /// Whether a file lies there as it was written, byte for byte.
    private func isPublished(_ file: Facts, at url: URL) throws -> Bool {
        try file.path == url.lastPathComponent && sha256(of: url) == file.sha256
    }

    /// A list that stays because the registry's was not taken is as old as it was.
    private func mining(
        _ open: OpenRun, _ end: RunEnd, _ tally: Tally, _ registryTime: Date?, isResolved: Bool, isRefused: Bool
    ) -> ListEntry.Mining {
        let before = isRefused ? DataPackage(folder: options.outputFolder).entry(of: ecosystem.id)?.mining : nil
        return ListEntry.Mining(
            ecosystem: ecosystem.id, platform: ecosystem.platform, purlType: ecosystem.purlType,
            registries: Dictionary(
                ecosystem.registries.map { ($0.name, urlWithoutCredentials($0.url)) }, uniquingKeysWith: { $1 }),
            movedFrom: open.formerRegistries.isEmpty ? nil : open.formerRegistries,
            options: ecosystem.options, signedBy: ecosystem.signedBy, signature: ecosystem.signature,
            registryTime: isRefused ? before?.registryTime : registryTime, began: before?.began ?? open.facts.began,
            finished: before?.finished ?? end.finished,
            isWhole: before?.isWhole ?? end.isComplete, isResolved: isResolved,
            outcomes: Dictionary(uniqueKeysWithValues: tally.outcomes.map { ($0.key.rawValue, $0.value) }),
            problems: Dictionary(uniqueKeysWithValues: tally.problemCounts.map { ($0.key.rawValue, $0.value) }),
            problemsInWords: tally.problemsInWords,
            passwordsLeftOut: tally.hiddenPasswords > 0 ? tally.hiddenPasswords : nil,
            requests: end.requests, retries: end.retries, tool: options.tool)
    }

    private typealias Facts = ListEntry.FileFacts

    private var names: ListNames { options.names(of: ecosystem) }
    private var listURL: URL { names.list }
    private var problemsURL: URL { names.problems }
}
