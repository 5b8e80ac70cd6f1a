public import Foundation

/// A package's outcome, on its way to the store.
public struct LookedUp: Sendable {
    public let package: PackageID
    public let resolution: Resolution

    /// What the list told of the newest release; nil where it told of none.
    public let newest: Release?

    /// What happened, where the outcome is not settled.
    public let problem: String?

    /// Since when it is not settled whether the package is gone; nil where it is, or never was in doubt.
    public let unsettledSince: Date?

    /// Whether a link had a password, which was left out.
    public let hidesPassword: Bool

    /// The document that told the links, where the miner has said which.
    public let document: KnownAnswer?

    public init(
        package: PackageID, resolution: Resolution, newest: Release?, problem: String? = nil,
        unsettledSince: Date? = nil, hidesPassword: Bool = false, document: KnownAnswer? = nil
    ) {
        self.document = document
        self.package = package
        self.resolution = resolution
        self.newest = newest
        self.problem = problem
        self.unsettledSince = unsettledSince
        self.hidesPassword = hidesPassword
    }
}
