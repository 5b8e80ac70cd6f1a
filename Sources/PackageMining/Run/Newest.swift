extension EcosystemMiner {
    /// The newest release that is not withdrawn; nil where all are.
    ///
    /// What the registry said last of a version counts: a version that was withdrawn may have been published again.
    func newest(of releases: [Release]) -> Release? {
        if releases.count == 1 { return releases[0].isWithdrawn ? nil : releases[0] }
        let releases = releases.sorted { $0.place < $1.place }
        let standing = releases.contains(where: \.isWithdrawn) ? lastWord(on: releases) : releases
        return standing.reduce(nil) { newest, release in
            guard let newest else { return release }
            return isVersion(newest.version, newerThan: release.version) ? newest : release
        }
    }

    private func lastWord(on releases: [Release]) -> [Release] {
        var last: [[UInt8]: Int] = [:]
        for (index, release) in releases.enumerated() { last[Array(release.version.utf8)] = index }
        return last.values.sorted().map { releases[$0] }.filter { !$0.isWithdrawn }
    }
}
