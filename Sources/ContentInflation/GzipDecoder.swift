import CLibZ

/// gzip by zlib: members one behind another, each with its checksum; zeros behind the last one are padding, as to gzip.
final class GzipDecoder: StreamDecoder {
    private let stream: UnsafeMutablePointer<z_stream>
    private var total: Int64 = 0
    private var isInMember = true
    private var isPadding = false

    var mayEnd: Bool { !isInMember }

    init() throws(InflationError) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let size = Int32(MemoryLayout<z_stream>.size)
        // What `inflateInit2`, a macro, stands for. 16 asks for gzip.
        guard inflateInit2_(stream, 16 + MAX_WBITS, ZLIB_VERSION, size) == Z_OK else {
            stream.deallocate()
            throw .unavailable("zlib")
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    func decode(_ bytes: [UInt8], from taken: inout Int, atMost count: Int) throws(InflationError) -> [UInt8] {
        while taken < bytes.count || isInMember {
            if !isInMember, !beginMember(bytes, from: &taken) { return [] }
            let piece = try inflateOnce(bytes, from: &taken, atMost: count)
            if !piece.isEmpty { return piece }
            if isInMember { return [] }
        }
        return []
    }

    /// Another member, unless only padding is left.
    private func beginMember(_ bytes: [UInt8], from taken: inout Int) -> Bool {
        if bytes[taken] == 0 { isPadding = true }
        if isPadding {
            taken = bytes.count
            return false
        }
        inflateReset(stream)
        isInMember = true
        return true
    }

    private func inflateOnce(
        _ bytes: [UInt8], from taken: inout Int, atMost count: Int
    ) throws(InflationError) -> [UInt8] {
        var status = Z_OK
        let start = taken
        var left = 0
        let piece = [UInt8](unsafeUninitializedCapacity: count) { output, written in
            bytes.withUnsafeBufferPointer { input in
                stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress.map { $0 + start })
                stream.pointee.avail_in = UInt32(input.count - start)
                stream.pointee.next_out = output.baseAddress
                stream.pointee.avail_out = UInt32(count)
                status = inflate(stream, Z_NO_FLUSH)
                left = Int(stream.pointee.avail_in)
                written = count - Int(stream.pointee.avail_out)
            }
        }
        taken = bytes.count - left
        total += Int64(piece.count)
        if status == Z_STREAM_END {
            isInMember = false
        } else if status != Z_OK && status != Z_BUF_ERROR {
            throw .damaged(stream.pointee.msg.map { String(cString: $0) } ?? "zlib \(status)", after: total)
        }
        return piece
    }
}
