package import PackageMining

extension RunProgress.Snapshot {
    /// Whether an earlier run has stored something, in which case it is gone on from.
    var hasEarlier: Bool { isResumed || isUpdate }

    /// What a run that has stopped here leaves behind.
    var saved: String {
        let arrived = [
            (entries, "entries listed"), (lookedUp, "packages looked up"), (auditedEntries, "records verified"),
        ].filter { $0.0 > 0 }
            .map { "\(grouped($0.0)) \($0.1)" }
        if arrived.isEmpty {
            return hasEarlier ? "what was stored before; nothing new had arrived" : "nothing had arrived yet"
        }
        return "all that had arrived: \(arrived.joined(separator: ", "))\(publishedInWords)"
    }

    /// What is published of a run that has stopped; nothing where nothing is.
    package var publishedInWords: String {
        isPublishedSoFar ? "; the list is published with what is known by now" : ""
    }
}
