import Foundation

/// What a look-up has found, and the document that told it, in the state that it had.
///
/// A miner that keeps it (``Resolution/told(by:_:)``) asks the next time with ``Validators``, and answers with these
/// links where the document is as it was.
public struct KnownAnswer: Hashable, Sendable {
    public let homepage: String?
    public let repository: String?

    /// Where the document is.
    public let url: String

    public let validators: Validators

    /// The segments of the document's path, without escapes.
    public var segments: [String] {
        let parts = url.prefix { $0 != "?" }.split(separator: "/").drop { $0.hasSuffix(":") }.dropFirst()
        return parts.map { $0.removingPercentEncoding ?? String($0) }
    }

    public init(homepage: String?, repository: String?, url: String, validators: Validators) {
        self.homepage = homepage
        self.repository = repository
        self.url = url
        self.validators = validators
    }
}
