import CLibZ
import ContentInflation

/// The bytes as one gzip member (https://www.rfc-editor.org/rfc/rfc1952), for fixtures whose registry publishes such
/// files. Members may be put behind one another: `gzip(a) + gzip(b)` inflates to `a + b`.
///
/// - Parameter level: how hard zlib tries, from 0, which packs nothing, to 9.
public func gzip(_ bytes: [UInt8], level: Int32 = 1) -> [UInt8] {
    let encoder = encoder(level: level)
    return encoder.encode(bytes) + encoder.finish()
}

/// A gzip stream that inflates to that many MiB of zeros from about a thousandth of it.
///
/// One MiB is deflated up to a full flush, behind which nothing refers back, and stands in the stream as often as
/// is wanted.
func gzipBomb(mebibytes: Int) -> [UInt8] {
    let block = [UInt8](repeating: 0, count: 1 << 20)
    let encoder = encoder(level: 1)
    var stream = encoder.encode([], flush: .full)
    let packed = encoder.encode(block, flush: .full)
    let blockChecksum = checksum(block)
    var crc = checksum([])
    for _ in 0..<mebibytes {
        stream += packed
        crc = crc32_combine(crc, blockChecksum, 1 << 20)
    }
    return stream + encoder.finish().dropLast(trailerSize) + trailer(crc: crc, count: mebibytes << 20)
}

/// zlib refuses one for want of memory alone, where an array would end the program too.
private func encoder(level: Int32) -> GzipEncoder {
    do { return try GzipEncoder(level: level) } catch { fatalError("\(error)") }
}

private let trailerSize = 8

private func trailer(crc: UInt, count: Int) -> [UInt8] {
    littleEndian(UInt32(truncatingIfNeeded: crc)) + littleEndian(UInt32(truncatingIfNeeded: count))
}

private func littleEndian(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
}

private func checksum(_ bytes: [UInt8]) -> UInt {
    bytes.withUnsafeBufferPointer { crc32(0, $0.baseAddress, UInt32($0.count)) }
}
