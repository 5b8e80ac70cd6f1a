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
}
