/// About how large the whole list of a registry is, so that it can be said beforehand what it takes.
public struct ListSize: Hashable, Sendable {
    public let packages: Int

    /// All that the list tells of, the first release of each package too.
    public let releases: Int

    public init(packages: Int, releases: Int) {
        self.packages = packages
        self.releases = releases
    }

    /// Bytes on the disk, in round figures, as they were measured for Go: a release takes 34 and 13 in the index by package,
    /// a package 80 and what it was looked up for 110, a row of the list 140, and while a list is written the last one
    /// stays beside it.
    public var bytes: Int { releases * 47 + packages * (190 + 2 * 140) }
}
