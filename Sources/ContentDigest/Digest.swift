import CLibCrypto

/// A checksum over bytes that arrive piece by piece, computed by libcrypto with the processor's own instructions.
public struct Digest: ~Copyable {
    public enum Algorithm: String, CaseIterable, Sendable {
        case md5, sha1, sha224, sha256, sha384, sha512
    }

    private let context: OpaquePointer

    public init(_ algorithm: Algorithm) {
        // Both fail only where the process cannot have a few hundred bytes, and Swift itself ends then.
        context = EVP_MD_CTX_new()!
        EVP_DigestInit_ex(context, EVP_get_digestbyname(algorithm.rawValue)!, nil)
    }

    deinit { EVP_MD_CTX_free(context) }

    public mutating func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { _ = EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
    }

    /// The checksum in lower-case hexadecimal digits.
    public consuming func finish() -> String {
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var count: UInt32 = 0
        EVP_DigestFinal_ex(context, &digest, &count)
        return digest.prefix(Int(count)).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
