public import PackageMining

/// A run at one moment: how far it is and how fast it goes.
///
/// Printed, it is the line that the command writes to a log:
/// `go resolve  [######..............] 6,500 of 20,000, 2,724/s, ETA 4 s; 5,849 resolved, …; 2,731/s requests, …`
public struct RunMoment: Sendable, CustomStringConvertible {
    /// The ecosystem's id: `go`.
    public let ecosystem: String

    let facts: ProgressFacts

    /// The step, and what was listed and looked up by now.
    public var run: RunProgress.Snapshot { facts.run }

    /// What the session has done by now, and is doing.
    public var session: SessionActivity { facts.session }

    /// The seconds that the step will still take, where that can be told.
    public var remainingSeconds: Double? { facts.remainingSeconds }

    public var description: String { ProgressText(facts, ecosystem).plain }
}
