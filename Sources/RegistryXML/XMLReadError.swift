/// Why a document could not be read, and where.
public struct XMLReadError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Kind: Hashable, Sendable {
        /// The document is not well-formed, or is cut off.
        case malformed
        /// It names an entity that XML does not define. Those that a document declares itself are not read.
        case undefinedEntity
        /// Bytes are not of the encoding, or the encoding is not known.
        case encoding
        /// It is another document: its outermost element is not the one that was asked for.
        case otherDocument
        /// It is deeper or larger than the options allow.
        case tooLarge
    }

    public let kind: Kind

    /// What happened, in words.
    public let reason: String

    /// Counted from 1.
    public let line: Int

    /// Counted from 1, in bytes of UTF-8. 0 where it is not known.
    public let column: Int

    public var description: String {
        column > 0 ? "line \(line), column \(column): \(reason)" : "line \(line): \(reason)"
    }
}
