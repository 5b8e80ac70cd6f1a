extension EcosystemMiner {
    /// The package as it is looked up; nil where all its releases are withdrawn.
    func package(_ known: KnownPackage) -> Package? {
        let newest = newest(Package.mostOlder + 1, of: standing(of: known))
        guard let first = newest.first else { return nil }
        return Package(
            id: known.id, name: known.name, newest: first, older: Array(newest.dropFirst()),
            lastTold: known.releases.lastTold, told: known.releases, known: known.answer)
    }

    /// The newest release that is not withdrawn; nil where all are.
    package func newest(of known: KnownPackage) -> Release? {
        newest(1, of: standing(of: known)).first
    }

    /// The releases that are not withdrawn, by their place: of a package that was deleted as a whole those that were
    /// told since, or at once with that. A release without a version says no more than that the package is there, and
    /// is none beside others.
    private func standing(of known: KnownPackage) -> [Release] {
        let told = known.deletedAt.map { deletion in known.releases.filter { $0.place >= deletion } }
        let standing = standing(of: told ?? known.releases)
        if standing.allSatisfy(\.version.isEmpty) { return standing }
        return standing.filter { !$0.version.isEmpty }
    }

    /// The releases that are not withdrawn, by their place.
    ///
    /// What the registry said last of a version counts: a version that was withdrawn may have been published again.
    private func standing(of releases: [Release]) -> [Release] {
        if releases.count == 1 { return releases[0].isWithdrawn ? [] : releases }
        let releases = releases.sorted { $0.place < $1.place }
        return releases.contains(where: \.isWithdrawn) ? lastWord(on: releases) : releases
    }

    /// So many releases of different versions, newest first. Where neither of two versions is newer, the one told
    /// later comes first.
    private func newest(_ count: Int, of releases: [Release]) -> [Release] {
        var newest: [Release] = []
        for release in releases {
            let index = newest.firstIndex { !isVersion($0.version, newerThan: release.version) } ?? newest.count
            if index == count { continue }
            newest.removeAll { $0.version.utf8.elementsEqual(release.version.utf8) }
            newest.insert(release, at: min(index, newest.count))
            if newest.count > count { newest.removeLast() }
        }
        return newest
    }

    private func lastWord(on releases: [Release]) -> [Release] {
        var last: [[UInt8]: Int] = [:]
        for (index, release) in releases.enumerated() { last[Array(release.version.utf8)] = index }
        return last.values.sorted().map { releases[$0] }.filter { !$0.isWithdrawn }
    }
}

extension [Release] {
    /// The one with the latest place, taken back or not.
    var lastTold: Release? {
        reduce(nil) { last, release in last.map { release.place < $0.place } == true ? last : release }
    }
}
