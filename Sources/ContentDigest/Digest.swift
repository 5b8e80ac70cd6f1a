import CLibCrypto

/// The checksum of content that is handed over piece by piece.
///
/// ```swift
/// let digest = try Digest(.sha256)
/// digest.update(chunk)
/// let hex = digest.finish()
/// ```
public final class Digest {
    public let algorithm: DigestAlgorithm
    private let context: OpaquePointer

    /// Begins a checksum.
    ///
    /// - Throws: ``DigestUnavailable`` where libcrypto refuses the algorithm, as builds held to FIPS refuse MD5.
    public init(_ algorithm: DigestAlgorithm) throws {
        guard let context = EVP_MD_CTX_new() else { throw DigestUnavailable(algorithm: algorithm) }
        guard EVP_DigestInit_ex(context, algorithm.implementation, nil) == 1 else {
            EVP_MD_CTX_free(context)
            throw DigestUnavailable(algorithm: algorithm)
        }
        self.algorithm = algorithm
        self.context = context
    }

    deinit {
        EVP_MD_CTX_free(context)
    }

    /// Takes the next bytes.
    public func update(_ bytes: UnsafeRawBufferPointer) {
        EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
    }

    /// Takes the next bytes.
    public func update(_ bytes: some Collection<UInt8>) {
        let wasContiguous: Void? = bytes.withContiguousStorageIfAvailable { update(UnsafeRawBufferPointer($0)) }
        if wasContiguous == nil { Array(bytes).withUnsafeBytes { update($0) } }
    }

    /// The checksum in hexadecimal, lower case. The next bytes begin a new checksum.
    public func finish() -> String {
        var bytes = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        bytes.withUnsafeMutableBytes { finish(into: $0) }
        return hexadecimal(bytes.prefix(algorithm.hexadecimalCount / 2))
    }

    /// Writes the checksum as bytes, half as many as it has digits. The next bytes begin a new checksum.
    public func finish(into bytes: UnsafeMutableRawBufferPointer) {
        precondition(bytes.count * 2 >= algorithm.hexadecimalCount, "a checksum needs room")
        EVP_DigestFinal_ex(context, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), nil)
        // To name the algorithm again would have libcrypto look for it again, which takes longer than a short text.
        EVP_DigestInit_ex(context, nil, nil)
    }

    /// The checksum of content that lies in memory as a whole.
    public static func hex(of bytes: some Collection<UInt8>, by algorithm: DigestAlgorithm) throws -> String {
        let digest = try Digest(algorithm)
        digest.update(bytes)
        return digest.finish()
    }
}

/// libcrypto refuses an algorithm.
public struct DigestUnavailable: Error, CustomStringConvertible {
    public let algorithm: DigestAlgorithm

    public var description: String {
        "this machine's libcrypto does not offer \(algorithm.rawValue)"
    }
}

private func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}
