/// How many packages a registry's list told of before, and how many it tells of now that it was told whole again.
public struct ListChange: Hashable, Sendable {
    /// Packages that the list told of until now; not those that were withdrawn.
    public let known: Int

    /// Packages that it tells of now, known ones and new ones.
    public let told: Int

    /// Those among them that were known.
    public let kept: Int

    public init(known: Int, told: Int, kept: Int) {
        self.known = known
        self.told = told
        self.kept = kept
    }

    /// So few packages may go at once from any list, however short: a small repository loses a fifth of its packages in
    /// a day's work.
    private static let fewPackages = 100

    /// Whether the list has lost what no registry loses in a day: all of its packages, or more than a fifth of them and
    /// a hundred at least. A mirror that is being filled, a repository that is being moved and a server that has lost
    /// its disk tell such lists, in the right form and with the right checksums.
    ///
    /// What counts is how long the list is. Where as many packages are new as are gone they were renamed, and that is
    /// news; but where a hundred were known and none of them is left, it is another list.
    public var isShrinking: Bool {
        if known == 0 { return false }
        if told == 0 || kept == 0 && known >= Self.fewPackages { return true }
        return known - told >= Self.fewPackages && (known - told) * 5 > known
    }
}

extension ListChange: CustomStringConvertible {
    public var description: String {
        "\(known) packages were known, \(told) are told of now, \(kept) of them known"
    }
}
