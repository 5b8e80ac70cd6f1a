/// Inflates a body as it arrives.
///
/// libcurl could do it, but takes a stream that ends before its own end for a complete one: a gzip body cut behind a
/// proxy that mends the Content-Length would be believed. Here the encoding's own end must have been seen.
protocol BodyDecoder: AnyObject {
    /// Inflates `input` and appends to `body`.
    func feed(_ input: UnsafeRawBufferPointer, into body: inout [UInt8], limit: Int) throws(DecodingFailure)

    /// Whether the encoded stream has come to its end.
    var isComplete: Bool { get }
}

enum DecodingFailure: Error {
    /// These bytes are not of that encoding.
    case corrupt
    /// More than the limit has come out.
    case tooLarge
}

/// The encodings that a session asks for.
let acceptedEncodings = "gzip, br, zstd"

/// The decoder for the value of a Content-Encoding field; none for `identity`.
///
/// Throws for what was not asked for, which also stops bombs of nested encodings.
func bodyDecoder(for encoding: String) throws(DecodingFailure) -> (any BodyDecoder)? {
    switch encoding.lowercased() {
    case "", "identity": return nil
    case "gzip", "x-gzip": return try GzipDecoder()
    case "br": return try BrotliDecoder()
    case "zstd": return try ZstdDecoder()
    default: throw .corrupt
    }
}

/// Bytes that are inflated at a time: the size up to which a bomb can overshoot its limit.
let inflationStep = 32 << 10

/// Appends what was inflated, unless that would be more than the limit.
func append(_ bytes: UnsafeRawBufferPointer, to body: inout [UInt8], limit: Int) throws(DecodingFailure) {
    if body.count + bytes.count > limit { throw .tooLarge }
    body.append(contentsOf: bytes)
}
