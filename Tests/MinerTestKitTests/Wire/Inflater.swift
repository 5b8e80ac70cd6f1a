import CLibZ

/// How many bytes a gzip stream inflates to, the first of them, and whether the stream has its end.
func inflated(_ bytes: [UInt8], keeping limit: Int = 1 << 20) -> (count: Int, bytes: [UInt8], isComplete: Bool) {
    var stream = z_stream()
    inflateInit2_(&stream, MAX_WBITS + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    defer { inflateEnd(&stream) }
    var input = bytes
    var room = [UInt8](repeating: 0, count: 1 << 20)
    var kept: [UInt8] = []
    var count = 0
    var status = Z_OK
    input.withUnsafeMutableBufferPointer { source in
        stream.next_in = source.baseAddress
        stream.avail_in = UInt32(source.count)
        while status == Z_OK {
            let produced = room.withUnsafeMutableBufferPointer { target in
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(target.count)
                status = inflate(&stream, Z_NO_FLUSH)
                return target.count - Int(stream.avail_out)
            }
            kept += room.prefix(min(produced, limit - kept.count))
            count += produced
        }
    }
    return (count, kept, status == Z_STREAM_END)
}
