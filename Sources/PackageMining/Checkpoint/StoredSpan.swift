public import Foundation

/// A span with its last cursor, coded.
public struct StoredSpan: Hashable, Sendable, Identifiable {
    public let id: Int
    public let cursor: Data

    public init(id: Int, cursor: Data) {
        self.id = id
        self.cursor = cursor
    }
}
