/// What storing a page brought.
public struct KeptPage: Sendable {
    public let newPackages: Int
    public let forks: [StoredSpan]

    public init(newPackages: Int, forks: [StoredSpan]) {
        self.newPackages = newPackages
        self.forks = forks
    }
}
