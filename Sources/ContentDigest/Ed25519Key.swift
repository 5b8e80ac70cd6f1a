import CLibCrypto

/// A public key of Ed25519 (RFC 8032).
public struct Ed25519Key: Hashable, Sendable {
    public static let byteCount = 32
    public static let signatureByteCount = 64

    private let bytes: [UInt8]

    /// - Returns: nil for other than 32 bytes.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = Array(bytes)
    }

    /// Whether the owner of the key has signed the message. No for any signature that is not 64 bytes long.
    ///
    /// - Throws: ``SignaturesUnavailable`` where libcrypto knows no Ed25519, as some builds held to FIPS.
    public func verifies(_ signature: some Collection<UInt8>, of message: some Collection<UInt8>) throws -> Bool {
        guard let key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, bytes, bytes.count) else {
            throw SignaturesUnavailable()
        }
        defer { EVP_PKEY_free(key) }
        guard let context = EVP_MD_CTX_new() else { throw SignaturesUnavailable() }
        defer { EVP_MD_CTX_free(context) }
        guard EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1 else { throw SignaturesUnavailable() }
        let (signature, message) = (Array(signature), Array(message))
        guard signature.count == Self.signatureByteCount else { return false }
        return EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
    }
}

/// libcrypto cannot verify signatures of Ed25519.
public struct SignaturesUnavailable: Error, CustomStringConvertible {
    public var description: String { "this machine's libcrypto does not offer Ed25519" }
}
