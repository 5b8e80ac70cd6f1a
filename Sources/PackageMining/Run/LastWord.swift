import Foundation

/// Whether a registry's answer is its last word on a package.
///
/// What lists and what answers are two services in most ecosystems, and lag behind one another for minutes to hours. So
/// "gone" is not settled at once where something speaks against it: links that were known before, or a release that the
/// list has told of less than a day ago. Nor is an answer that lags behind whatever the list has told of less than a day
/// ago, or behind a newer release than the one whose links were known. The package is named and asked for again, and
/// what a run finds a day later or more, if it is the same, is settled.
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
        let told = answer.contradiction == nil ? newest : known.releases.lastTold ?? newest
        if isKnown, let since = known.unsettledSince, !isNews(told, since: since) {
            if began.timeIntervalSince(since) >= Self.patience { return nil }
            return doubt(answer, since: since, because: known.hasLinks ? Self.hadLinks : justTold(newest))
        }
        if known.hasLinks, answer.outcome.isAbsence || !isKnown {
            return doubt(answer, since: began, because: Self.hadLinks)
        }
        return isFresh(told, isKnown: isKnown) ? doubt(answer, since: began, because: justTold(told)) : nil
    }

    private static let hadLinks = "it had links before"

    /// Whether the list has told of the release since then. What is still to come, by a wrong clock, is none.
    private func isNews(_ release: Release, since time: Date) -> Bool {
        placeIsTime && time.timeIntervalSince1970 < release.seconds && release.seconds <= began.timeIntervalSince1970
    }

    /// Without times, what an update tells for the first time is fresh: the first run cannot know.
    private func isFresh(_ release: Release, isKnown: Bool) -> Bool {
        guard placeIsTime else { return isUpdate && !isKnown }
        return release.seconds > began.timeIntervalSince1970 - Self.patience
    }

    private func justTold(_ release: Release) -> String {
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

extension Release {
    /// Its place, where that is a time.
    fileprivate var seconds: Double { Double(place) / 1e9 }
}
