public import Foundation

/// A package with all that the list told of its releases, in the order in which they were stored.
public struct KnownPackage: Sendable {
    public let id: PackageID
    public let name: String
    public let releases: [Release]

    /// The latest place at which the list told that the whole package was deleted; nil where it never did.
    public let deletedAt: Int64?

    /// What the list told of the newest release when the package was last looked up, its place aside; nil where that
    /// never happened. Of a package that is withdrawn, ``Release/isWithdrawn`` is true.
    public let lookedUp: Release?

    /// Whether an earlier look-up brought links.
    public let hasLinks: Bool

    /// When the run began that first found what is not settled still; nil where that is not so.
    public let unsettledSince: Date?

    /// Whether the list has told something of it that it had not told when it was last complete.
    public let isNews: Bool

    /// Whether the list has said, since the package was last looked through, that something of it has changed.
    public let asksAgain: Bool

    /// What an earlier look-up found, where the document is known that told it.
    public let answer: KnownAnswer?

    public init(
        id: PackageID, name: String, releases: [Release], deletedAt: Int64? = nil, lookedUp: Release?,
        hasLinks: Bool = false, unsettledSince: Date? = nil, isNews: Bool = false, asksAgain: Bool = false,
        answer: KnownAnswer? = nil
    ) {
        self.answer = answer
        self.isNews = isNews
        self.asksAgain = asksAgain
        self.deletedAt = deletedAt
        self.id = id
        self.name = name
        self.releases = releases
        self.lookedUp = lookedUp
        self.hasLinks = hasLinks
        self.unsettledSince = unsettledSince
    }
}
