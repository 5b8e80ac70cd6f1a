/// A reader that can read on in another process.
///
/// It is stored as it is between two records, with what it holds of one that has not ended.
public protocol ResumableReader: RecordReader, Codable, Hashable, Sendable {
    /// The reader without what it needs no more. All records of what it was fed have been asked for.
    var kept: Self { get }
}
