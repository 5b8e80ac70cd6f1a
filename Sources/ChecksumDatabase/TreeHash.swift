import Foundation

/// The hash of a record or a node of the tree: 32 bytes, written in base64.
package struct TreeHash: Hashable, Sendable {
    package static let byteCount = 32

    /// In four parts, so that it needs no memory of its own.
    private var parts: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    /// All zero.
    package init() {}

    /// - Returns: nil for other than 32 bytes.
    package init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        withUnsafeMutableBytes { $0.copyBytes(from: bytes) }
    }

    /// - Returns: nil for text that is not the base64 of 32 bytes, in its one spelling.
    package init?(base64: some StringProtocol) {
        guard let data = Data(base64Encoded: String(base64)), data.base64EncodedString() == base64 else { return nil }
        self.init(data)
    }

    package var base64: String { withUnsafeBytes { Data($0) }.base64EncodedString() }

    package func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try Swift.withUnsafeBytes(of: parts, body)
    }

    package mutating func withUnsafeMutableBytes<Result>(
        _ body: (UnsafeMutableRawBufferPointer) throws -> Result
    ) rethrows -> Result {
        try Swift.withUnsafeMutableBytes(of: &parts, body)
    }

    package static func == (a: TreeHash, b: TreeHash) -> Bool { a.parts == b.parts }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(parts.0)
        hasher.combine(parts.1)
    }
}

extension TreeHash: Codable {
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let hash = TreeHash(base64: text) else {
            let context = DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "no hash: \(text)")
            throw DecodingError.dataCorrupted(context)
        }
        self = hash
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(base64)
    }
}
