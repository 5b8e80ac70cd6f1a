import CBodyDecoders

/// Inflates Brotli (RFC 7932).
final class BrotliDecoder: BodyDecoder {
    private let state: OpaquePointer
    private(set) var isComplete = false
    private let output = UnsafeMutableRawBufferPointer.allocate(byteCount: inflationStep, alignment: 16)

    init() throws(DecodingFailure) {
        guard let state = BrotliDecoderCreateInstance(nil, nil, nil) else {
            output.deallocate()
            throw .corrupt
        }
        self.state = state
    }

    deinit {
        BrotliDecoderDestroyInstance(state)
        output.deallocate()
    }

    func feed(_ input: UnsafeRawBufferPointer, into body: inout [UInt8], limit: Int) throws(DecodingFailure) {
        var next = input.bindMemory(to: UInt8.self).baseAddress
        var available = input.count
        var result = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT
        while !isComplete, available > 0 || result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT {
            var place = output.bindMemory(to: UInt8.self).baseAddress
            var room = output.count
            result = BrotliDecoderDecompressStream(state, &available, &next, &room, &place, nil)
            if result == BROTLI_DECODER_RESULT_ERROR { throw .corrupt }
            try append(UnsafeRawBufferPointer(rebasing: output[..<(output.count - room)]), to: &body, limit: limit)
            isComplete = result == BROTLI_DECODER_RESULT_SUCCESS
        }
    }
}
