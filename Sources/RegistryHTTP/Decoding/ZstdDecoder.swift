import CBodyDecoders

/// Inflates Zstandard (RFC 8878), also in several frames, with a window of at most 8 MiB, as RFC 9659 has it for HTTP.
final class ZstdDecoder: BodyDecoder {
    private let stream: OpaquePointer
    private(set) var isComplete = false
    private let output = UnsafeMutableRawBufferPointer.allocate(byteCount: inflationStep, alignment: 16)

    init() throws(DecodingFailure) {
        guard let stream = ZSTD_createDStream() else {
            output.deallocate()
            throw .corrupt
        }
        self.stream = stream
        ZSTD_DCtx_setParameter(stream, ZSTD_d_windowLogMax, 23)
    }

    deinit {
        ZSTD_freeDStream(stream)
        output.deallocate()
    }

    func feed(_ input: UnsafeRawBufferPointer, into body: inout [UInt8], limit: Int) throws(DecodingFailure) {
        var source = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
        var isFull = false
        while source.pos < source.size || isFull {
            var place = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
            let hint = ZSTD_decompressStream(stream, &place, &source)
            if ZSTD_isError(hint) != 0 { throw .corrupt }
            try append(UnsafeRawBufferPointer(rebasing: output[..<place.pos]), to: &body, limit: limit)
            isComplete = hint == 0
            isFull = place.pos == place.size && !isComplete
        }
    }
}
