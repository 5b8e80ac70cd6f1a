/// A registry that can prove what it says has not: a signature, a hash or a tree is not right.
///
/// It ends the run, and nothing is published.
public struct BrokenProof: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where it was asked for, without credentials.
    public let url: String

    /// What is not right.
    public let reason: String

    public init(at url: String, _ reason: String) {
        self.url = urlWithoutCredentials(url)
        self.reason = reason
    }

    public var description: String { reason }
}
