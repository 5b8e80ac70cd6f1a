import CLibBrotli

/// Brotli (RFC 7932), which knows neither a beginning nor several streams: it is told by HTTP.
package final class BrotliDecoder: StreamDecoder {
    private let state: OpaquePointer
    private var total: Int64 = 0
    package private(set) var mayEnd = false

    package init() throws(InflationError) {
        guard let state = BrotliDecoderCreateInstance(nil, nil, nil) else { throw .unavailable("libbrotlidec") }
        self.state = state
    }

    deinit {
        BrotliDecoderDestroyInstance(state)
    }

    package func decode(_ bytes: [UInt8], from taken: inout Int, atMost count: Int) throws(InflationError) -> [UInt8] {
        var result = BROTLI_DECODER_RESULT_ERROR
        let start = taken
        var left = 0
        let piece = [UInt8](unsafeUninitializedCapacity: count) { output, written in
            bytes.withUnsafeBufferPointer { input in
                var next = input.baseAddress.map { $0 + start }
                left = input.count - start
                var place = output.baseAddress
                var room = count
                result = BrotliDecoderDecompressStream(state, &left, &next, &room, &place, nil)
                written = count - room
            }
        }
        taken = bytes.count - left
        total += Int64(piece.count)
        if result == BROTLI_DECODER_RESULT_ERROR {
            throw .damaged("libbrotlidec \(BrotliDecoderGetErrorCode(state).rawValue)", after: total)
        }
        mayEnd = result == BROTLI_DECODER_RESULT_SUCCESS
        if mayEnd && left > 0 { throw .damaged("bytes behind its end", after: total) }
        return piece
    }
}
