/// The names that a checkpoint holds, held against those of a list.
///
/// Nothing of it is kept: a comparison that was stopped begins anew.
public protocol NameComparison: Sendable {
    /// Begins one, and forgets what an earlier one has found.
    func beginComparison() async throws

    /// Takes names of the list. It may name one more than once.
    func compare(_ names: Page) async throws

    /// Ends it, and returns how many names are only here and only in the list.
    func finishComparison() async throws -> NameDifferences

    /// The differences of a kind, by the names' UTF-8, from `after` on.
    func differences(onlyInList: Bool, after: [UInt8]?, limit: Int) async throws -> [[UInt8]]
}

/// How far two sets of names differ.
public struct NameDifferences: Hashable, Sendable {
    /// Names in both.
    public let common: Int
    public let onlyHere: Int
    public let onlyInList: Int

    public init(common: Int, onlyHere: Int, onlyInList: Int) {
        self.common = common
        self.onlyHere = onlyHere
        self.onlyInList = onlyInList
    }
}
