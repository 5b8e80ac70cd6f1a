/// Why a stream could not be read, and where.
public struct RecordError: Error, Hashable, Sendable, CustomStringConvertible {
    /// As the format counts: a line, a row, a byte.
    public let place: String

    public let reason: String

    public init(at place: String, _ reason: String) {
        self.place = place
        self.reason = reason
    }

    public var description: String { "\(place): \(reason)" }
}
