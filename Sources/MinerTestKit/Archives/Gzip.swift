import CLibZ

/// The bytes as one gzip member (https://www.rfc-editor.org/rfc/rfc1952), for fixtures whose registry publishes such
/// files. Members may be put behind one another: `gzip(a) + gzip(b)` inflates to `a + b`.
///
/// - Parameter level: how hard zlib tries, from 0, which packs nothing, to 9.
public func gzip(_ bytes: [UInt8], level: Int32 = 1) -> [UInt8] {
    gzipHeader + deflated(bytes, flush: Z_FINISH, level: level) + trailer(crc: checksum(bytes), count: bytes.count)
}

/// A gzip stream that inflates to that many MiB of zeros from about a thousandth of it.
///
/// One MiB is deflated up to a full flush, behind which nothing refers back, and stands in the stream as often as
/// is wanted.
func gzipBomb(mebibytes: Int) -> [UInt8] {
    let block = [UInt8](repeating: 0, count: 1 << 20)
    let packed = deflated(block, flush: Z_FULL_FLUSH)
    let blockChecksum = checksum(block)
    var crc = checksum([])
    var stream = gzipHeader
    for _ in 0..<mebibytes {
        stream += packed
        crc = crc32_combine(crc, blockChecksum, 1 << 20)
    }
    return stream + deflated([], flush: Z_FINISH) + trailer(crc: crc, count: mebibytes << 20)
}

private let gzipHeader: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 4, 0xff]

private func trailer(crc: UInt, count: Int) -> [UInt8] {
    littleEndian(UInt32(truncatingIfNeeded: crc)) + littleEndian(UInt32(truncatingIfNeeded: count))
}

private func littleEndian(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
}

private func checksum(_ bytes: [UInt8]) -> UInt {
    bytes.withUnsafeBufferPointer { crc32(0, $0.baseAddress, UInt32($0.count)) }
}

/// Raw deflate (https://www.rfc-editor.org/rfc/rfc1951) in one call; the room is what zlib says is enough.
private func deflated(_ bytes: [UInt8], flush: Int32, level: Int32 = 1) -> [UInt8] {
    var stream = z_stream()
    deflateInit2_(
        &stream, level, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    defer { deflateEnd(&stream) }
    var input = bytes
    let room = Int(deflateBound(&stream, UInt(bytes.count))) + 64
    return input.withUnsafeMutableBufferPointer { source in
        [UInt8](unsafeUninitializedCapacity: room) { target, count in
            stream.next_in = source.baseAddress
            stream.avail_in = UInt32(source.count)
            stream.next_out = target.baseAddress
            stream.avail_out = UInt32(room)
            deflate(&stream, flush)
            count = room - Int(stream.avail_out)
        }
    }
}
