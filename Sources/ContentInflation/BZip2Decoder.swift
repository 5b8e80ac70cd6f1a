import CLibBZip2

/// bzip2 streams, one behind another, as parallel compressors write them. The library needs 4 MB at most.
///
/// The bzip2 tool passes over what is no bzip2 behind the last stream; here it is damage.
package final class BZip2Decoder: StreamDecoder {
    private let stream: UnsafeMutablePointer<bz_stream>
    private var total: Int64 = 0
    private var isInMember = false

    package var mayEnd: Bool { !isInMember }

    package init() throws(InflationError) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: bz_stream())
        do {
            try beginMember()
        } catch {
            stream.deallocate()
            throw error
        }
    }

    deinit {
        if isInMember { BZ2_bzDecompressEnd(stream) }
        stream.deallocate()
    }

    package func decode(_ bytes: [UInt8], from taken: inout Int, atMost count: Int) throws(InflationError) -> [UInt8] {
        while taken < bytes.count || isInMember {
            if !isInMember { try beginMember() }
            let start = taken
            let piece = try decodeOnce(bytes, from: &taken, atMost: count)
            if !piece.isEmpty || (isInMember && taken == start) { return piece }
        }
        return []
    }

    private func beginMember() throws(InflationError) {
        stream.pointee = bz_stream()
        guard BZ2_bzDecompressInit(stream, 0, 0) == BZ_OK else { throw .unavailable("libbz2") }
        isInMember = true
    }

    private func decodeOnce(
        _ bytes: [UInt8], from taken: inout Int, atMost count: Int
    ) throws(InflationError) -> [UInt8] {
        var status = BZ_OK
        let start = taken
        var left = 0
        let piece = [UInt8](unsafeUninitializedCapacity: count) { output, written in
            bytes.withUnsafeBytes { input in
                // libbz2 reads from where it may, by its type, write.
                let first = input.bindMemory(to: CChar.self).baseAddress
                stream.pointee.next_in = UnsafeMutablePointer(mutating: first.map { $0 + start })
                stream.pointee.avail_in = UInt32(input.count - start)
                output.withMemoryRebound(to: CChar.self) { stream.pointee.next_out = $0.baseAddress }
                stream.pointee.avail_out = UInt32(count)
                status = BZ2_bzDecompress(stream)
                left = Int(stream.pointee.avail_in)
                written = count - Int(stream.pointee.avail_out)
            }
        }
        taken = bytes.count - left
        total += Int64(piece.count)
        switch status {
        case BZ_OK: break
        case BZ_STREAM_END: endMember()
        case BZ_DATA_ERROR_MAGIC: throw .damaged("bytes that are no bzip2", after: total)
        case BZ_DATA_ERROR: throw .damaged("incorrect data check", after: total)
        default: throw .damaged("libbz2 \(status)", after: total)
        }
        return piece
    }

    private func endMember() {
        BZ2_bzDecompressEnd(stream)
        isInMember = false
    }
}
