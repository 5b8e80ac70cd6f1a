import CBodyDecoders

/// Inflates gzip (RFC 1952), also in several members; zlib checks the length and the CRC of each.
final class GzipDecoder: BodyDecoder {
    private var stream = z_stream()
    private(set) var isComplete = false
    private let output = UnsafeMutableRawBufferPointer.allocate(byteCount: inflationStep, alignment: 16)

    init() throws(DecodingFailure) {
        if pkgmine_gzip_open(&stream) != Z_OK {
            output.deallocate()
            throw .corrupt
        }
    }

    deinit {
        inflateEnd(&stream)
        output.deallocate()
    }

    func feed(_ input: UnsafeRawBufferPointer, into body: inout [UInt8], limit: Int) throws(DecodingFailure) {
        stream.next_in = UnsafeMutablePointer(mutating: input.bindMemory(to: UInt8.self).baseAddress)
        stream.avail_in = UInt32(input.count)
        repeat {
            if isComplete, try !beginNextMember() { return }
            try inflateStep(into: &body, limit: limit)
        } while stream.avail_in > 0 || stream.avail_out == 0
    }

    private func inflateStep(into body: inout [UInt8], limit: Int) throws(DecodingFailure) {
        stream.next_out = output.bindMemory(to: UInt8.self).baseAddress
        stream.avail_out = UInt32(output.count)
        let result = inflate(&stream, Z_NO_FLUSH)
        guard result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR else { throw .corrupt }
        let produced = output.count - Int(stream.avail_out)
        try append(UnsafeRawBufferPointer(rebasing: output[..<produced]), to: &body, limit: limit)
        isComplete = result == Z_STREAM_END
    }

    /// What follows a member is another one, or padding that is passed over.
    private func beginNextMember() throws(DecodingFailure) -> Bool {
        guard stream.avail_in > 0, stream.next_in.pointee == 0x1f else { return false }
        if inflateReset(&stream) != Z_OK { throw .corrupt }
        isComplete = false
        return true
    }
}
