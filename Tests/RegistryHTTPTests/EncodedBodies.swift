import Foundation

/// Bodies as `gzip -n`, `zstd` and Node's brotli made them.
enum EncodedBodies {
    /// `golang.org/x/text` three times, with spaces between.
    static let gzip = bytes("H4sIAAAAAAAAA0vPz0nMS9fLL0rXr9AvSa0oUUgnLAIApzS2QDUAAAA=")
    /// `hello from zstd`
    static let zstd = bytes("KLUv/QRYeQAAaGVsbG8gZnJvbSB6c3RkIGyjYA==")
    /// `hello from brotli`
    static let brotli = bytes("GxAA4KXS2HIQQySJHGKrfPQA")

    private static func bytes(_ base64: String) -> [UInt8] {
        [UInt8](Data(base64Encoded: base64) ?? Data())
    }
}
