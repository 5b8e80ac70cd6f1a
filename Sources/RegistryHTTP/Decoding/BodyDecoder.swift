import ContentInflation

/// Inflates a body as it arrives.
///
/// libcurl could do it, but takes a stream that ends before its own end for a complete one: a gzip body cut behind a
/// proxy that mends the Content-Length would be believed. Here the encoding's own end must have been seen.
final class BodyDecoder {
    private let decoder: any StreamDecoder

    /// The decoder for the value of a Content-Encoding field; none for `identity`.
    ///
    /// Throws for what was not asked for, which also stops bombs of nested encodings.
    init?(for encoding: String) throws(DecodingFailure) {
        do {
            switch encoding.lowercased() {
            case "", "identity": return nil
            case "gzip", "x-gzip": decoder = try GzipDecoder()
            case "br": decoder = try BrotliDecoder()
            // With a window of at most 8 MiB, as RFC 9659 has it for HTTP.
            case "zstd": decoder = try ZstdDecoder(windowLog: 23)
            default: throw DecodingFailure.corrupt
            }
        } catch {
            throw .corrupt
        }
    }

    /// Whether the encoded stream has come to its end.
    var isComplete: Bool { decoder.mayEnd }

    /// Inflates `input` and appends to `body`.
    func feed(_ input: UnsafeRawBufferPointer, into body: inout [UInt8], limit: Int) throws(DecodingFailure) {
        let bytes = Array(input)
        var taken = 0
        while true {
            let piece = try decode(bytes, from: &taken)
            if piece.isEmpty { return }
            try append(piece, to: &body, limit: limit)
        }
    }

    private func decode(_ bytes: [UInt8], from taken: inout Int) throws(DecodingFailure) -> [UInt8] {
        do {
            return try decoder.decode(bytes, from: &taken, atMost: inflationStep)
        } catch {
            throw .corrupt
        }
    }
}

enum DecodingFailure: Error {
    /// These bytes are not of that encoding.
    case corrupt
    /// More than the limit has come out.
    case tooLarge
}

/// The encodings that a session asks for.
let acceptedEncodings = "gzip, br, zstd"

/// Bytes that are inflated at a time: the size up to which a bomb can overshoot its limit.
private let inflationStep = 32 << 10

/// Appends what was inflated, up to the limit.
func append(_ bytes: some Collection<UInt8>, to body: inout [UInt8], limit: Int) throws(DecodingFailure) {
    let room = limit - body.count
    body.append(contentsOf: bytes.prefix(room))
    if bytes.count > room { throw .tooLarge }
}
