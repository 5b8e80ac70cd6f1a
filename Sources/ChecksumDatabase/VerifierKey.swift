import ContentDigest
import Foundation

/// The public key of a checksum database, as GOSUMDB has it: `sum.golang.org+033de0ae+Ac4zctda0e5eza+HJ…`.
///
/// A name, eight hexadecimal digits and the base64 of an algorithm's number and its key, as golang.org/x/mod/sumdb/note
/// writes them. The digits are the first of a hash of the other two: a key that was not copied whole is noticed.
package struct VerifierKey: Hashable, Sendable {
    package let name: String

    /// What signatures are marked with.
    package let hash: UInt32
    let key: Ed25519Key

    private static let ed25519: UInt8 = 1

    /// - Throws: ``BadSetting``
    package init(_ text: some StringProtocol) throws {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { throw BadSetting(reason: "a key is NAME+HASH+KEY") }
        guard VerifierKey.isName(parts[0]) else { throw BadSetting(reason: "the key's name is none") }
        guard parts[1].utf8.count == 8, parts[1].utf8.allSatisfy(isHexadecimal), let hash = UInt32(parts[1], radix: 16)
        else {
            throw BadSetting(reason: "the key's hash is not eight hexadecimal digits")
        }
        guard let bytes = Data(base64Encoded: String(parts[2])), bytes.first == Self.ed25519,
            let key = Ed25519Key(bytes.dropFirst())
        else {
            throw BadSetting(reason: "the key is no Ed25519 key in base64")
        }
        guard try VerifierKey.hash(of: parts[0], bytes) == hash else {
            throw BadSetting(reason: "the key's hash is of another name or key")
        }
        name = String(parts[0])
        self.hash = hash
        self.key = key
    }

    /// Whether a signer may have that name: no white space, no plus.
    package static func isName(_ name: some StringProtocol) -> Bool {
        !name.isEmpty && name.unicodeScalars.allSatisfy { !$0.properties.isWhitespace && $0 != "+" }
    }

    /// `sum.golang.org+033de0ae`
    package var id: String {
        let digits = String(hash, radix: 16)
        return name + "+" + String(repeating: "0", count: 8 - digits.count) + digits
    }

    static func hash(of name: some StringProtocol, _ key: some Collection<UInt8>) throws -> UInt32 {
        let hex = try Digest.hex(of: Array(name.utf8) + [UInt8(ascii: "\n")] + key, by: .sha256)
        return UInt32(hex.prefix(8), radix: 16) ?? 0
    }
}

private func isHexadecimal(_ byte: UInt8) -> Bool {
    Character(UnicodeScalar(byte)).isHexDigit
}

/// What a user has written for a checksum database is none.
package struct BadSetting: Error, Equatable, CustomStringConvertible {
    package let reason: String

    package init(reason: String) {
        self.reason = reason
    }

    package var description: String { reason }
}
