import Foundation

/// A place inside a compressed stream from which it can be read on, in another process too.
///
/// A gzip stream consists of blocks. Behind a block all that is needed to go on is the last 32 KiB that came out and a
/// few bits (as in zran.c of zlib's examples). The checksum goes on as well, so that what is put together from two
/// halves is known to be whole.
public struct InflationPoint: Codable, Hashable, Sendable {
    /// The compressed bytes before it: where to go on reading.
    public let offset: Int64

    /// The bytes that came out before it.
    public let inflatedCount: Int64

    /// Nil between two members of the stream.
    let block: Block?

    /// A place between two blocks of a member.
    struct Block: Codable, Hashable, Sendable {
        /// Bits of the byte before `offset` that belong to what comes.
        let bitCount: Int32
        let bits: Int32
        let window: Data
        /// Checksum and size of what came out of the member so far.
        let checksum: UInt32
        let size: UInt32
    }
}
