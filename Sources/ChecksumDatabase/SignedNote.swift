import ContentDigest
import Foundation

/// A text and who has signed it (golang.org/x/mod/sumdb/note).
///
/// The text is all up to and with the line feed before the last blank line; behind that each line is a signature.
package struct SignedNote {
    /// What was signed.
    package let text: String
    private let signatures: [(name: String, hash: UInt32, bytes: Data)]

    /// More signatures than any note of a checksum database has: each is work that the sender can ask of us.
    private static let mostSignatures = 100

    /// - Throws: ``MalformedDocument``
    package init(_ bytes: [UInt8]) throws {
        guard let note = String(validating: bytes, as: UTF8.self) else {
            throw MalformedDocument("the note is not UTF-8")
        }
        guard bytes.allSatisfy({ $0 >= 0x20 || $0 == UInt8(ascii: "\n") }) else {
            throw MalformedDocument("the note has a control character")
        }
        guard let blank = bytes.lastRange(ofBlankLine: ()), bytes.last == UInt8(ascii: "\n") else {
            throw MalformedDocument("the note has no signatures behind a blank line")
        }
        text = String(decoding: bytes[...blank], as: UTF8.self)
        let lines = String(decoding: bytes[(blank + 2)...], as: UTF8.self).dropLast()
            .split(separator: "\n", omittingEmptySubsequences: false)
        guard note.utf8.count > blank + 2, lines.count <= Self.mostSignatures else {
            throw MalformedDocument("the note has no signature, or more than \(Self.mostSignatures)")
        }
        signatures = try lines.map(SignedNote.signature)
    }

    private static func signature(_ line: Substring) throws -> (name: String, hash: UInt32, bytes: Data) {
        let malformed = MalformedDocument("a line of the note's signatures is none")
        guard line.hasPrefix("\u{2014} ") else { throw malformed }
        let words = line.dropFirst(2).split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 2, VerifierKey.isName(words[0]), let bytes = Data(base64Encoded: String(words[1])),
            bytes.count > 4
        else { throw malformed }
        let hash = bytes.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return (String(words[0]), hash, bytes.dropFirst(4))
    }

    /// Holds the note to its first signature by the key. Signatures by others say nothing.
    ///
    /// - Throws: ``MalformedDocument``
    package func hold(to key: VerifierKey) throws {
        guard let signature = signatures.first(where: { $0.name == key.name && $0.hash == key.hash }) else {
            throw MalformedDocument("the note is not signed by \(key.id)")
        }
        guard try key.key.verifies(signature.bytes, of: text.utf8) else {
            throw MalformedDocument("the note's signature by \(key.id) is not right")
        }
    }
}

/// What came from a checksum database is not what it should be.
package struct MalformedDocument: Error, Equatable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}

extension [UInt8] {
    /// Where the line feed before the last blank line stands.
    fileprivate func lastRange(ofBlankLine: ()) -> Int? {
        guard count > 1 else { return nil }
        let newline = UInt8(ascii: "\n")
        return (0..<(count - 1)).reversed().first { self[$0] == newline && self[$0 + 1] == newline }
    }
}
