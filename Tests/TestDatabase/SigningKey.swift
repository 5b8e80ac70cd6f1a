import CLibCrypto
import Foundation

/// Signs the heads of a test database: `PRIVATE+KEY+sum.test+c7fe060c+AfP/…`, as golang.org/x/mod/sumdb/note writes it.
public struct SigningKey: Sendable {
    public let name: String
    private let hash: UInt32
    private let seed: [UInt8]

    public static let test = SigningKey("PRIVATE+KEY+sum.test+c7fe060c+AfP/TUUeQp4YIhWq7gai1kttGq3J5QMeS5m/Ea4KeW68")

    /// The key that verifies what ``test`` signs.
    public static let testVerifier = "sum.test+c7fe060c+AS4Nsniw5dX0B4IoxgxDTrz1GFLaKrsRStNNh3cb14Hm"

    public let text: String

    public init(_ text: String) {
        self.text = text
        let parts = text.split(separator: "+", maxSplits: 4)
        name = String(parts[2])
        hash = UInt32(parts[3], radix: 16)!
        seed = Array(Data(base64Encoded: String(parts[4]))!.dropFirst())
    }

    /// The text, a blank line and a signature.
    public func note(_ text: String) -> String {
        text + "\n" + line(of: text)
    }

    /// `— sum.test …`
    public func line(of text: String) -> String {
        let mark = withUnsafeBytes(of: hash.bigEndian) { Array($0) }
        return "\u{2014} \(name) \(Data(mark + sign(text)).base64EncodedString())\n"
    }

    private func sign(_ text: String) -> [UInt8] {
        let key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, seed.count)
        defer { EVP_PKEY_free(key) }
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        var signature = [UInt8](repeating: 0, count: 64)
        var count = signature.count
        let message = Array(text.utf8)
        precondition(EVP_DigestSignInit(context, nil, nil, nil, key) == 1)
        precondition(EVP_DigestSign(context, &signature, &count, message, message.count) == 1 && count == 64)
        return signature
    }
}
