/// Finds the packages whose outcome no longer fits what the list tells of them.
struct Staleness<Miner: EcosystemMiner> {
    let miner: Miner
    let checkpoint: any Checkpoint

    /// Marks those that are to be looked up again, and settles those that are withdrawn, for which nobody need be asked.
    ///
    /// - Returns: how many packages the list has told of since the last run.
    func settle() async throws -> Int {
        var count = 0
        var after: PackageID?
        while true {
            let touched = try await checkpoint.touchedPackages(after: after, limit: 1_000)
            guard let last = touched.last else { break }
            after = last.id
            try await settle(touched)
            count += touched.count
        }
        try await checkpoint.forgetTouched()
        return count
    }

    private func settle(_ touched: [KnownPackage]) async throws {
        var withdrawn: [LookedUp] = []
        var stale: [PackageID] = []
        for known in touched {
            guard let newest = miner.newest(of: known) else {
                withdrawn.append(LookedUp(package: known.id, resolution: Resolution(.withdrawn), newest: nil))
                continue
            }
            if let lookedUp = known.lookedUp, known.asksAgain || !lookedUp.tellsTheSame(as: newest) {
                stale.append(known.id)
            }
        }
        if !withdrawn.isEmpty { try await checkpoint.keep(withdrawn) }
        if !stale.isEmpty { try await checkpoint.markStale(stale) }
    }
}

extension Release {
    /// Whether a look-up would find what one found for this release, as far as the list tells. Of a withdrawn package
    /// every new word counts.
    fileprivate func tellsTheSame(as newest: Release) -> Bool {
        guard !isWithdrawn, version.utf8.elementsEqual(newest.version.utf8) else { return false }
        return (homepage ?? "").utf8.elementsEqual((newest.homepage ?? "").utf8)
            && (repository ?? "").utf8.elementsEqual((newest.repository ?? "").utf8)
    }
}
