import Foundation

/// Whether a registry's answer is its last word on a package.
///
/// What lists and what answers are two services in most ecosystems, and lag behind one another for minutes to hours. So
/// "gone" is not settled at once where something speaks against it: links that were known before, or a release that the
/// list has told of less than a day ago. Nor is an answer that lags behind such a release. The package is named and
/// asked for again, and what a run finds a day later or more, if it is the same, is settled.
struct LastWord {
    /// When the run began.
    let began: Date

    /// Whether the list has been whole before.
    let isUpdate: Bool

    /// Whether places are times, in nanoseconds since 1970 UTC.
    let placeIsTime: Bool

    /// The longest lag that was reported of a registry is some hours; a day is the next round number (DESIGN.md).
    static let patience: TimeInterval = 86_400

    /// An answer that is not settled yet.
    struct Doubt: Hashable {
        let reason: String
        let since: Date
    }

    /// What speaks against taking the answer as settled; nil where nothing does, or where it has for a day.
    func doubt(_ answer: Resolution, of known: KnownPackage, newest: Release) -> Doubt? {
        guard answer.outcome.isSettled, answer.outcome.isAbsence || answer.contradiction != nil else { return nil }
        let isKnown = known.lookedUp?.version.utf8.elementsEqual(newest.version.utf8) == true
        if isKnown, let since = known.unsettledSince {
            if began.timeIntervalSince(since) >= Self.patience { return nil }
            return doubt(answer, since: since, because: known.hasLinks ? Self.hadLinks : told(newest))
        }
        if answer.outcome.isAbsence, known.hasLinks { return doubt(answer, since: began, because: Self.hadLinks) }
        return isFresh(newest, isKnown: isKnown) ? doubt(answer, since: began, because: told(newest)) : nil
    }

    private static let hadLinks = "it had links before"

    /// Without times, what an update tells for the first time is fresh: the first run cannot know.
    private func isFresh(_ release: Release, isKnown: Bool) -> Bool {
        guard placeIsTime else { return isUpdate && !isKnown }
        return Double(release.place) / 1e9 > began.timeIntervalSince1970 - Self.patience
    }

    private func told(_ release: Release) -> String {
        "the list has told of \(release.version.isEmpty ? "it" : release.version) only just now"
    }

    private func doubt(_ answer: Resolution, since: Date, because reason: String) -> Doubt {
        let settled = (since + Self.patience).formatted(.iso8601)
        let what = answer.contradiction ?? "the registry says that it is \(answer.outcome.rawValue)"
        return Doubt(
            reason: "\(what), and \(reason): not settled before a run from \(settled) on finds the same", since: since)
    }
}

extension Outcome {
    /// Whether the registry says that it does not have the package: what its list may contradict.
    var isAbsence: Bool { self == .gone || self == .notCached || self == .rejected }
}
