import CLibCrypto

/// A way to compute a checksum.
public enum DigestAlgorithm: String, CaseIterable, Sendable {
    case md5, sha1, sha224, sha256, sha384, sha512

    /// The algorithm that a registry names, in any case. `sha` is an old word for SHA-1
    /// (librepo, `lr_checksum_type`).
    public init?(named name: String) {
        let name = name.lowercased()
        self.init(rawValue: name == "sha" ? "sha1" : name)
    }

    /// How many digits a checksum has in hexadecimal.
    public var hexadecimalCount: Int {
        switch self {
        case .md5: 32
        case .sha1: 40
        case .sha224: 56
        case .sha256: 64
        case .sha384: 96
        case .sha512: 128
        }
    }

    var implementation: OpaquePointer? {
        switch self {
        case .md5: EVP_md5()
        case .sha1: EVP_sha1()
        case .sha224: EVP_sha224()
        case .sha256: EVP_sha256()
        case .sha384: EVP_sha384()
        case .sha512: EVP_sha512()
        }
    }
}
