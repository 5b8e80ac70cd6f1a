/// Why a stream could not be inflated.
public enum InflationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The stream ended inside a member, or before its checksum.
    case truncated(after: Int64)
    /// The library found the stream damaged, in its words.
    case damaged(String, after: Int64)
    /// More bytes came out than may.
    case tooLarge(limit: Int64)
    /// The library refused to begin, in want of memory.
    case unavailable(String)

    public var description: String {
        switch self {
        case .truncated(let count): "the compressed stream is cut off after \(count) inflated bytes"
        case .damaged(let reason, let count):
            "the compressed stream is damaged after \(count) inflated bytes: \(reason)"
        case .tooLarge(let limit): "the stream inflates to more than \(limit) bytes"
        case .unavailable(let library): "\(library) could not begin"
        }
    }
}
