/// A package that has its Package ID, as it is handed over to be looked up.
public struct Package: Hashable, Sendable {
    /// 1, 2, 3 … in order of first appearance in the registry's list. Given once.
    public let id: Int

    /// The name exactly as the registry spells it. Compare it by its UTF-8: `==` on strings merges names that differ
    /// in their Unicode form only.
    public let name: String

    /// The newest release that the list told of, by the miner's order of versions.
    public let newest: Release

    public init(id: Int, name: String, newest: Release) {
        self.id = id
        self.name = name
        self.newest = newest
    }
}

/// A release of a package, as far as the registry's list tells.
public struct Release: Hashable, Sendable {
    /// The version as the registry spells it. Empty where the list names none.
    public let version: String

    /// Where it stands in the registry's own order; see ``Page/append(name:version:place:)``.
    public let place: Int64

    public let homepage: String?
    public let repository: String?

    /// True for a release that the registry took back: deleted, or no longer listed.
    public let isWithdrawn: Bool

    public init(
        version: String, place: Int64 = 0, homepage: String? = nil, repository: String? = nil, isWithdrawn: Bool = false
    ) {
        self.version = version
        self.place = place
        self.homepage = homepage
        self.repository = repository
        self.isWithdrawn = isWithdrawn
    }
}
