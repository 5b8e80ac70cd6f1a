import Foundation

/// How one package is looked up, and what becomes of the answer.
struct LookUp<Miner: EcosystemMiner>: Sendable {
    let miner: Miner
    let session: RefusalNotes
    private let lastWord: LastWord

    init(miner: Miner, session: RefusalNotes, run: OpenRun) {
        self.miner = miner
        self.session = session
        lastWord = LastWord(began: run.facts.began, placeIsTime: miner.ecosystem.placeIsTime)
    }

    /// One package failing never stops the others: what it throws is its outcome. Only the end of the run is passed on, and
    /// a ban, which ends it.
    func callAsFunction(_ known: KnownPackage) async throws -> EndedLookUp {
        guard let package = miner.package(known) else {
            let withdrawn = LookedUp(package: known.id, resolution: Resolution(.withdrawn), newest: nil)
            return EndedLookUp(lookedUp: withdrawn, outcome: .withdrawn, isAnswer: false)
        }
        do {
            let resolution = try await miner.resolve(package, through: session)
            return EndedLookUp(
                lookedUp: lookedUp(resolution, known, package.newest), outcome: resolution.outcome,
                isAnswer: !resolution.isOfList && !resolution.outcome.isOfNobody)
        } catch {
            if Task.isCancelled || (error as? WireError)?.category == .cancelled { throw CancellationError() }
            if (error as? WireError)?.category == .banned { throw error }
            let told = known.hasLinks ? nil : package.newest
            let links = [told?.homepage, told?.repository].map { $0.flatMap { linkWithoutPassword($0) ?? $0 } }
            let failed = LookedUp(
                package: known.id,
                resolution: Resolution(.failed, homepage: links[0], repository: links[1]), newest: package.newest,
                problem: printable("\(error)"), unsettledSince: lastWord.openSince(known, newest: package.newest))
            return EndedLookUp(
                lookedUp: failed, outcome: .failed, isUnreachable: (error as? WireError)?.isNoAnswer == true)
        }
    }

    private func lookedUp(_ answer: Resolution, _ known: KnownPackage, _ newest: Release) -> LookedUp {
        let doubt = lastWord.doubt(answer, of: known, newest: newest)
        // A refusal brings at most what the list tells, and the links that are known stay while it is not settled.
        let isRefusal = answer.outcome == .forbidden || answer.outcome.isAbsence && doubt != nil
        let links = isRefusal && known.hasLinks ? [nil, nil] : [answer.homepage, answer.repository]
        let clean = links.map { $0.flatMap(linkWithoutPassword) }
        let resolution = Resolution(
            doubt == nil ? answer.outcome : .unsettled, homepage: clean[0] ?? links[0],
            repository: clean[1] ?? links[1])
        var problem = doubt?.reason
        var since = doubt?.since
        if !answer.outcome.isSettled {
            problem = answer.problem ?? "the registry refuses to answer"
            since = lastWord.openSince(known, newest: newest)
        }
        return LookedUp(
            package: known.id, resolution: resolution, newest: newest, problem: problem.map { printable($0) },
            unsettledSince: since, hidesPassword: clean.contains { $0 != nil }, document: answer.document)
    }
}

/// A look-up that has come to its end.
struct EndedLookUp: Sendable {
    let lookedUp: LookedUp

    /// What the registry's answer says, settled or not.
    let outcome: Outcome

    /// Whether it tells something of the service that packages are looked up at: the list may have told all.
    var isAnswer = true

    /// Whether the registry gave no answer at all.
    var isUnreachable = false
}

extension Outcome {
    /// Whether nobody was asked.
    fileprivate var isOfNobody: Bool { [.noVersion, .invalidName, .skipped, .withdrawn].contains(self) }
}

extension WireError {
    /// Whether the registry gave no answer at all, as opposed to one that cannot be used.
    fileprivate var isNoAnswer: Bool {
        (category == .unreachable && status == nil) || category == .throttled
    }
}
