/// Parts of a registry's list could not be had, and it would be another list with them.
///
/// It ends the run, and nothing is published. All else is kept, and the next run asks for these parts alone.
public struct WithheldParts: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where each was asked for, without credentials, and what came of that.
    public let parts: [Part]

    public struct Part: Hashable, Sendable {
        public let url: String
        public let reason: String

        public init(at url: String, _ reason: String) {
            self.url = urlWithoutCredentials(url)
            self.reason = reason
        }
    }

    public init(_ parts: [Part]) {
        self.parts = parts
    }

    private static let mostNamed = 20

    public var description: String {
        let named = parts.prefix(Self.mostNamed).map { "\($0.url): \($0.reason)" }.joined(separator: "; ")
        let others = parts.count > Self.mostNamed ? "; and \(grouped(parts.count - Self.mostNamed)) others" : ""
        return named + others
    }
}
