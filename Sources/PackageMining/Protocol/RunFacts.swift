public import Foundation

/// What a miner may know of the run that it is part of.
public struct RunFacts: Hashable, Codable, Sendable {
    /// When the listing began, by this machine's clock, or by the recording's when one is replayed.
    ///
    /// A feed that grows while it is read needs an end: what appears later is left to the next run.
    public let began: Date

    public init(began: Date) {
        self.began = began
    }

    /// Whether a run began so many days before this one or more, or by a clock that was as far ahead: for what is not to
    /// be done in every run. Whether a run is known at all counts too.
    public func isDue(days: Double, after last: RunFacts?) -> Bool {
        guard let last else { return true }
        return began.timeIntervalSince(last.began).magnitude >= days * 86_400
    }
}
