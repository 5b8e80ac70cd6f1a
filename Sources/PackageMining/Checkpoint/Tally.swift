/// What a store holds, counted.
public struct Tally: Hashable, Sendable {
    /// Packages with a Package ID.
    public var packages = 0
    /// Those among them that are in the list: not those that were withdrawn.
    public var listed = 0
    public var outcomes: [Outcome: Int] = [:]
    public var problems: [Problem.Kind: Int] = [:]

    /// Packages whose links had a password, which was left out.
    public var hiddenPasswords = 0

    public init() {}
}
