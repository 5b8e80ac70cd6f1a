import CLibZ
import Foundation

/// gzip by zlib: members one behind another, each with its checksum; zeros from the last one to the end are padding, as
/// to gzip.
package final class GzipDecoder: StreamDecoder {
    private let stream: UnsafeMutablePointer<z_stream>
    private var total: Int64 = 0
    private var taken: Int64 = 0
    private var lastByte: UInt8 = 0
    private var isInMember = true
    private var isPadding = false
    private var isBehindBlock = false
    private var rest: MemberRest?

    package var wantsPoint = false
    package private(set) var point: InflationPoint?

    package var mayEnd: Bool { !isInMember }

    package convenience init() throws(InflationError) {
        try self.init(windowBits: GzipDecoder.gzip)
    }

    /// Goes on at a point. A member that is read from its middle is bare deflate data to zlib.
    convenience init(at point: InflationPoint) throws(InflationError) {
        try self.init(windowBits: point.block == nil ? GzipDecoder.gzip : -MAX_WBITS)
        total = point.inflatedCount
        taken = point.offset
        isInMember = point.block != nil
        guard let block = point.block else { return }
        rest = MemberRest(checksum: block.checksum, size: block.size)
        let isPrimed = block.bitCount == 0 || inflatePrime(stream, block.bitCount, block.bits) == Z_OK
        let status = block.window.withUnsafeBytes {
            inflateSetDictionary(stream, $0.bindMemory(to: UInt8.self).baseAddress, UInt32($0.count))
        }
        guard isPrimed && status == Z_OK else { throw .damaged("no point to go on from", after: total) }
    }

    /// 16 asks for gzip.
    private static let gzip = 16 + MAX_WBITS

    private init(windowBits: Int32) throws(InflationError) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // What `inflateInit2`, a macro, stands for.
        guard inflateInit2_(stream, windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            stream.deallocate()
            throw .unavailable("zlib")
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    package func decode(_ bytes: [UInt8], from taken: inout Int, atMost count: Int) throws(InflationError) -> [UInt8] {
        while taken < bytes.count || isInMember {
            if !isInMember, try !beginMember(bytes, from: &taken) { return [] }
            if try readTrailer(bytes, from: &taken), keepPoint() { return [] }
            if !isInMember { continue }
            let start = taken
            let piece = try inflateOnce(bytes, from: &taken, atMost: count)
            if keepPoint() || !piece.isEmpty { return piece }
            if isInMember && taken == start { return [] }
        }
        return []
    }

    /// Another member, unless only padding is left.
    private func beginMember(_ bytes: [UInt8], from taken: inout Int) throws(InflationError) -> Bool {
        if bytes[taken] == 0 { isPadding = true }
        if isPadding {
            guard bytes[taken...].allSatisfy({ $0 == 0 }) else {
                throw .damaged("bytes behind its padding", after: total)
            }
            taken = bytes.count
            return false
        }
        inflateReset2(stream, GzipDecoder.gzip)
        isInMember = true
        return true
    }

    /// Behind the last block of a member that was read from its middle. Returns whether the trailer is complete.
    private func readTrailer(_ bytes: [UInt8], from taken: inout Int) throws(InflationError) -> Bool {
        guard var rest, rest.isAtTrailer else { return false }
        let part = bytes[taken...].prefix(rest.missing)
        taken += part.count
        self.taken += Int64(part.count)
        rest.trailer += part
        self.rest = rest
        guard rest.missing == 0 else { return false }
        guard rest.isRight else { throw .damaged("incorrect data check", after: total) }
        self.rest = nil
        isInMember = false
        return true
    }

    private func inflateOnce(
        _ bytes: [UInt8], from taken: inout Int, atMost count: Int
    ) throws(InflationError) -> [UInt8] {
        if rest?.isAtTrailer == true { return [] }
        var status = Z_OK
        let start = taken
        var left = 0
        let piece = [UInt8](unsafeUninitializedCapacity: count) { output, written in
            bytes.withUnsafeBufferPointer { input in
                stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress.map { $0 + start })
                stream.pointee.avail_in = UInt32(input.count - start)
                stream.pointee.next_out = output.baseAddress
                stream.pointee.avail_out = UInt32(count)
                status = inflate(stream, wantsPoint ? Z_BLOCK : Z_NO_FLUSH)
                left = Int(stream.pointee.avail_in)
                written = count - Int(stream.pointee.avail_out)
            }
        }
        taken = bytes.count - left
        if taken > start { lastByte = bytes[taken - 1] }
        self.taken += Int64(taken - start)
        total += Int64(piece.count)
        rest?.add(piece)
        if status == Z_STREAM_END {
            if rest == nil { isInMember = false } else { rest?.isAtTrailer = true }
        } else if status != Z_OK && status != Z_BUF_ERROR {
            throw .damaged(stream.pointee.msg.map { String(cString: $0) } ?? "zlib \(status)", after: total)
        }
        // 128 says behind a block, 64 that it was the last one.
        isBehindBlock = wantsPoint && status == Z_OK && stream.pointee.data_type & 0xC0 == 0x80
        return piece
    }

    // MARK: - Points

    /// Keeps the place that was reached, where it is wanted and one can go on from there.
    private func keepPoint() -> Bool {
        guard wantsPoint, isBehindBlock || !isInMember else { return false }
        wantsPoint = false
        point = InflationPoint(offset: taken, inflatedCount: total, block: isInMember ? block() : nil)
        return true
    }

    private func block() -> InflationPoint.Block {
        var window = Data(count: 1 << MAX_WBITS)
        var count: UInt32 = 0
        window.withUnsafeMutableBytes {
            _ = inflateGetDictionary(stream, $0.bindMemory(to: UInt8.self).baseAddress, &count)
        }
        let bitCount = stream.pointee.data_type & 7
        return InflationPoint.Block(
            bitCount: bitCount, bits: Int32(lastByte) >> (8 - bitCount), window: window.prefix(Int(count)),
            checksum: rest?.checksum ?? UInt32(truncatingIfNeeded: stream.pointee.adler),
            size: rest?.size ?? UInt32(truncatingIfNeeded: stream.pointee.total_out))
    }
}

/// What zlib does for a whole member, done for one that is read from its middle: checksum, size, trailer.
private struct MemberRest {
    private(set) var checksum: UInt32
    private(set) var size: UInt32
    var isAtTrailer = false
    var trailer: [UInt8] = []

    init(checksum: UInt32, size: UInt32) {
        self.checksum = checksum
        self.size = size
    }

    var missing: Int { 8 - trailer.count }

    var isRight: Bool { number(trailer[..<4]) == checksum && number(trailer[4...]) == size }

    mutating func add(_ piece: [UInt8]) {
        size &+= UInt32(truncatingIfNeeded: piece.count)
        checksum = UInt32(truncatingIfNeeded: crc32(UInt(checksum), piece, UInt32(piece.count)))
    }

    private func number(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
}
