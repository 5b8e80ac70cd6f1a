import CLibZ

/// Compresses into one gzip member (https://www.rfc-editor.org/rfc/rfc1952): chunks in, chunks out.
///
/// The header has no time and no name: the same bytes in make the same bytes out, wherever and whenever, by the same
/// zlib and however they are cut.
package final class GzipEncoder {
    /// What else than more input ends a chunk.
    package enum Flush {
        case none
        /// What comes behind refers to nothing before.
        case full
        fileprivate var value: Int32 { self == .none ? Z_NO_FLUSH : Z_FULL_FLUSH }
    }

    private let stream: UnsafeMutablePointer<z_stream>

    private static let outputSize = 1 << 16

    /// - Parameter level: how hard zlib tries, from 0, which packs nothing, to 9; 6 is its own default.
    package init(level: Int32 = 6) throws(InflationError) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // What `deflateInit2`, a macro, stands for. 16 asks for gzip, 8 is its default of memory.
        let status = deflateInit2_(
            stream, level, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else {
            stream.deallocate()
            throw .unavailable("zlib")
        }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// - Returns: what is ready by now, which may be nothing.
    package func encode(_ bytes: [UInt8], flush: Flush = .none) -> [UInt8] { run(bytes, flush.value) }

    /// The rest, with the checksum. Nothing may follow.
    package func finish() -> [UInt8] { run([], Z_FINISH) }

    private func run(_ bytes: [UInt8], _ flush: Int32) -> [UInt8] {
        var packed: [UInt8] = []
        bytes.withUnsafeBufferPointer { input in
            stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
            stream.pointee.avail_in = UInt32(input.count)
            // It is done with what it has where it leaves room.
            repeat { packed += step(flush) } while stream.pointee.avail_out == 0
        }
        return packed
    }

    private func step(_ flush: Int32) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: Self.outputSize) { output, written in
            stream.pointee.next_out = output.baseAddress
            stream.pointee.avail_out = UInt32(Self.outputSize)
            deflate(stream, flush)
            written = Self.outputSize - Int(stream.pointee.avail_out)
        }
    }
}
