public import Foundation

/// What a user chose for a run.
public struct MiningOptions: Sendable {
    public var outputFolder: URL

    /// The list's file name with its ending. Nil takes the ecosystem's.
    public var fileName: String?

    public var header = ListHeader.standard

    /// Whether `Go.outcomes.csv` is written beside the list: how each look-up ended, when, and for which release.
    public var tellsOutcomes = false

    /// Whether packages are looked up; without it the list has names only.
    public var resolves = true

    /// Try it on the first packages of what is read first.
    ///
    /// Their Package IDs are those of a trial: the whole run that goes on from there gives all IDs as it would have
    /// alone, and asks for none of them again.
    public var limit: Int?

    /// Whether a list that is told whole may have lost any number of its packages; see ``ListChange/isShrinking``.
    public var acceptsShrinking = false

    /// The most look-ups, and walkers of the list, at once. The session's pace may be lower.
    public var concurrency = 256

    /// Where the list's registry was before, if it has moved: the same list, with its Package IDs, from another address.
    public var movedFrom: String?

    /// When the run began, where that is not now: a replayed run begins when the recorded one did.
    public var began: Date?

    /// How many refusals of one kind in a row are looked into at the earliest; see `RefusalStreak`. Fewer where a small
    /// registry is to show what becomes of it.
    package var fewestRefusals = RefusalStreak.fewest

    /// The version of the tool, for the manifest.
    public var tool = "pkgmine"

    public init(outputFolder: URL) {
        self.outputFolder = outputFolder
    }
}
