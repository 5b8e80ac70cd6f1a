/// What the giving of Package IDs brought.
public struct NumberedPackages: Hashable, Sendable {
    /// How many packages got one for the first time.
    public let count: Int

    /// Whether all packages have one that the list tells of, and none was left out by a limit.
    public let isAll: Bool

    public init(count: Int, isAll: Bool = true) {
        self.count = count
        self.isAll = isAll
    }
}
