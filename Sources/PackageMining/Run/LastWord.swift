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

    /// Whether places are times, in nanoseconds since 1970 UTC.
    let placeIsTime: Bool

    /// The longest lag that was reported of a registry is some hours; a day is the next round number.
    static let patience: TimeInterval = 86_400

    /// An answer that is not settled yet.
    struct Doubt: Hashable {
        let reason: String
        let since: Date
    }

    /// What speaks against taking the answer as settled; nil where nothing does, or where it has for a day.
    func doubt(_ answer: Resolution, of known: KnownPackage, newest: Release) -> Doubt? {
        guard answer.outcome.isSettled, answer.outcome.isAbsence || answer.contradiction != nil else { return nil }
        // It is the list itself that names no version: only links speak against that.
        if answer.outcome == .noVersion, !known.hasLinks { return nil }
        let isKnown = isKnown(newest, known)
        let told = answer.contradiction == nil ? newest : known.releases.lastTold ?? newest
        // What lies ahead is a day that has not begun, or was noted by a clock that was wrong.
        if isKnown, let since = known.unsettledSince.map({ min($0, began) }), !isNews(told, since: since) {
            if began.timeIntervalSince(since) >= Self.patience { return nil }
            return doubt(answer, since: since, because: known.hasLinks ? Self.hadLinks : justTold(newest))
        }
        if known.hasLinks, answer.outcome.isAbsence || !isKnown {
            return doubt(answer, since: began, because: Self.hadLinks)
        }
        return isFresh(told, known, isKnown: isKnown) ? doubt(answer, since: began, because: justTold(told)) : nil
    }

    /// Whether an earlier look-up was for what the list tells now: for that release, where no change was told since that
    /// names none.
    private func isKnown(_ newest: Release, _ known: KnownPackage) -> Bool {
        guard let lookedUp = known.lookedUp, !lookedUp.isWithdrawn else { return false }
        if known.isNews, known.releases.lastTold?.version.isEmpty == true { return false }
        return lookedUp.version.utf8.elementsEqual(newest.version.utf8)
    }

    /// Since when a package is open that could not be asked for; nil where "gone" would be settled.
    ///
    /// A service that first fails and then lags is not to be believed earlier than one that lags at once: the day begins
    /// with the first answer, and lies in the distant future until then.
    func openSince(_ known: KnownPackage, newest: Release) -> Date? {
        doubt(Resolution(.gone), of: known, newest: newest).map { $0.since < began ? $0.since : .distantFuture }
    }

    private static let hadLinks = "it had links before"

    /// Whether the list has told of the release since then. What is still to come, by a wrong clock, is none.
    private func isNews(_ release: Release, since time: Date) -> Bool {
        placeIsTime && time.timeIntervalSince1970 < release.seconds && release.seconds <= began.timeIntervalSince1970
    }

    /// Without times, what an update tells for the first time is fresh: the first listing cannot know, whenever its
    /// packages are looked up.
    private func isFresh(_ release: Release, _ known: KnownPackage, isKnown: Bool) -> Bool {
        guard placeIsTime else { return known.isNews && !isKnown }
        return release.seconds > began.timeIntervalSince1970 - Self.patience
    }

    private func justTold(_ release: Release) -> String {
        "the list has told of \(release.version.isEmpty ? "it" : release.version) only just now"
    }

    private func doubt(_ answer: Resolution, since: Date, because reason: String) -> Doubt {
        let settled = (since + Self.patience).formatted(.iso8601)
        let isNone = answer.outcome == .noVersion
        let word = isNone ? "the list names no version" : "the registry says that it is \(answer.outcome.rawValue)"
        let what = answer.contradiction ?? word
        return Doubt(
            reason: "\(what), and \(reason): not settled before a run from \(settled) on finds the same", since: since)
    }
}

extension Outcome {
    /// Whether the registry says that it does not have the package, or no version of it: what its list, or links that
    /// were known, may contradict.
    var isAbsence: Bool { self == .gone || self == .notCached || self == .rejected || self == .noVersion }
}

extension Release {
    /// Its place, where that is a time.
    fileprivate var seconds: Double { Double(place) / 1e9 }
}
