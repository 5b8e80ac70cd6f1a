import CLibZstd

/// zstd frames, one behind another (RFC 8878).
package final class ZstdDecoder: StreamDecoder {
    private let stream: OpaquePointer
    private var total: Int64 = 0
    package private(set) var mayEnd = false

    /// - Parameter windowLog: the largest window, as a power of two: 128 MiB, which is all that zstd itself takes.
    package init(windowLog: Int32 = 27) throws(InflationError) {
        guard let stream = ZSTD_createDStream() else { throw .unavailable("zstd") }
        self.stream = stream
        ZSTD_initDStream(stream)
        ZSTD_DCtx_setParameter(stream, ZSTD_d_windowLogMax, windowLog)
    }

    deinit {
        ZSTD_freeDStream(stream)
    }

    package func decode(_ bytes: [UInt8], from taken: inout Int, atMost count: Int) throws(InflationError) -> [UInt8] {
        while true {
            var result = 0
            let before = taken
            let piece = [UInt8](unsafeUninitializedCapacity: count) { output, written in
                bytes.withUnsafeBytes { source in
                    var input = ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: before)
                    var target = ZSTD_outBuffer(dst: output.baseAddress, size: count, pos: 0)
                    result = ZSTD_decompressStream(stream, &target, &input)
                    taken = input.pos
                    written = target.pos
                }
            }
            total += Int64(piece.count)
            if ZSTD_isError(result) != 0 {
                throw .damaged(String(cString: ZSTD_getErrorName(result)), after: total)
            }
            // Zero says that a frame is complete; asked again without input it would say that another is awaited.
            if taken > before || !piece.isEmpty { mayEnd = result == 0 }
            if !piece.isEmpty || taken == bytes.count { return piece }
        }
    }
}
