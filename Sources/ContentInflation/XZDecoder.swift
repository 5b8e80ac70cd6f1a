import CLibLZMA

/// xz streams, one behind another. Dictionaries that take more than 128 MiB are refused.
package final class XZDecoder: StreamDecoder {
    private static let memory: UInt64 = 128 << 20

    private let stream: UnsafeMutablePointer<lzma_stream>
    private var total: Int64 = 0
    private var hasEnded = false

    /// liblzma tells a complete stream only when it is told that no more will come.
    package var mayEnd: Bool {
        if hasEnded { return true }
        var byte: UInt8 = 0
        stream.pointee.next_in = nil
        stream.pointee.avail_in = 0
        let status = withUnsafeMutablePointer(to: &byte) { byte in
            stream.pointee.next_out = byte
            stream.pointee.avail_out = 1
            return lzma_code(stream, LZMA_FINISH)
        }
        hasEnded = status == LZMA_STREAM_END
        return hasEnded
    }

    package init() throws(InflationError) {
        stream = .allocate(capacity: 1)
        guard pkgmine_unxz_open(stream, XZDecoder.memory) == LZMA_OK else {
            stream.deallocate()
            throw .unavailable("liblzma")
        }
    }

    deinit {
        lzma_end(stream)
        stream.deallocate()
    }

    package func decode(_ bytes: [UInt8], from taken: inout Int, atMost count: Int) throws(InflationError) -> [UInt8] {
        var status = LZMA_OK
        let start = taken
        var left = 0
        let piece = [UInt8](unsafeUninitializedCapacity: count) { output, written in
            bytes.withUnsafeBufferPointer { input in
                stream.pointee.next_in = input.baseAddress.map { $0 + start }
                stream.pointee.avail_in = input.count - start
                stream.pointee.next_out = output.baseAddress
                stream.pointee.avail_out = count
                status = lzma_code(stream, LZMA_RUN)
                left = stream.pointee.avail_in
                written = count - stream.pointee.avail_out
            }
        }
        taken = bytes.count - left
        total += Int64(piece.count)
        switch status {
        case LZMA_OK, LZMA_STREAM_END, LZMA_BUF_ERROR: return piece
        case LZMA_MEMLIMIT_ERROR: throw .damaged("it needs more than 128 MiB", after: total)
        default: throw .damaged("liblzma \(status.rawValue)", after: total)
        }
    }
}
