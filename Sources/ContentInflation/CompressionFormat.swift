/// The format of a compressed stream, told by its first bytes.
enum CompressionFormat: Sendable {
    case gzip, zstd, xz, bzip2, none

    /// How many bytes tell the format.
    static let magicSize = 6

    init(magic bytes: [UInt8]) {
        self =
            if bytes.starts(with: [0x1F, 0x8B]) {
                .gzip
            } else if bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) || CompressionFormat.isSkippableFrame(bytes) {
                .zstd
            } else if bytes.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]) {
                .xz
            } else if bytes.starts(with: Array("BZh".utf8)) {
                .bzip2
            } else {
                .none
            }
    }

    /// zstd may begin with a frame of metadata (RFC 8878, 3.1.2).
    private static func isSkippableFrame(_ bytes: [UInt8]) -> Bool {
        bytes.count >= 4 && bytes[0] & 0xF0 == 0x50 && bytes[1...3].elementsEqual([0x2A, 0x4D, 0x18])
    }

    func decoder() throws(InflationError) -> any StreamDecoder {
        switch self {
        case .gzip: try GzipDecoder()
        case .zstd: try ZstdDecoder()
        case .xz: try XZDecoder()
        case .bzip2: try BZip2Decoder()
        case .none: PlainDecoder()
        }
    }
}

/// Hands bytes on as they are.
private final class PlainDecoder: StreamDecoder {
    let mayEnd = true

    func decode(_ bytes: [UInt8], from taken: inout Int, atMost count: Int) -> [UInt8] {
        let end = min(bytes.count, taken + count)
        defer { taken = end }
        return Array(bytes[taken..<end])
    }
}
