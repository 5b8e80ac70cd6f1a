import Foundation

/// What a run has done, for its last lines and its exit code.
public struct RunReport: Hashable, Sendable {
    public let list: URL

    /// The problems file, where there is one.
    public let problems: URL?

    public let tally: Tally
    public let newPackages: Int
    public let lookedUp: Int

    /// Whether the registry's list was walked to its end; not with a limit.
    public let isWhole: Bool

    /// Whether packages were looked up, or only listed.
    public let resolves: Bool

    public let activity: SessionActivity

    /// Whether nothing is left to say: the exit code is 0, and 75 otherwise.
    public var isSettled: Bool { problems == nil }

    public var exitCode: Int32 { isSettled ? 0 : 75 }
}
