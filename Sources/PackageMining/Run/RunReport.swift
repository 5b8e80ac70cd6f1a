public import Foundation

/// What a run has done, for its last lines and its exit code.
public struct RunReport: Hashable, Sendable {
    public let list: URL

    /// The problems file, where there is one.
    public let problems: URL?

    public let tally: Tally

    /// Packages that are in the list for the first time.
    public let newPackages: Int
    public let lookedUp: Int

    /// Whether the registry's list was walked to its end; not with a limit.
    public let isWhole: Bool

    /// The change for which the registry's list was not taken, so that the list is as it was; nil where it was taken.
    public let refused: ListChange?

    /// Whether packages were looked up, or only listed.
    public let resolves: Bool

    public let activity: SessionActivity

    package init(
        list: URL, problems: URL?, tally: Tally, work: RunWork, resolves: Bool, activity: SessionActivity
    ) {
        self.list = list
        self.problems = problems
        self.tally = tally
        newPackages = work.newPackages
        lookedUp = work.lookedUp
        isWhole = work.isWhole
        refused = work.refused
        self.resolves = resolves
        self.activity = activity
    }

    /// Whether nothing is left to say: the exit code is 0, and 75 otherwise.
    public var isSettled: Bool { problems == nil }

    public var exitCode: Int32 { isSettled ? 0 : 75 }
}

/// What a run has done up to its last step.
package struct RunWork {
    /// Packages that got a Package ID.
    package var newPackages = 0
    package var lookedUp = 0
    package var isWhole = true
    package var refused: ListChange?

    package init(newPackages: Int = 0, lookedUp: Int = 0, isWhole: Bool = true, refused: ListChange? = nil) {
        self.newPackages = newPackages
        self.lookedUp = lookedUp
        self.isWhole = isWhole
        self.refused = refused
    }
}
