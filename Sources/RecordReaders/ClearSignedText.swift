/// The text of a clear-signed message (https://www.rfc-editor.org/rfc/rfc9580#section-7), as Debian's `InRelease` is one.
///
/// ```
/// -----BEGIN PGP SIGNED MESSAGE-----
/// Hash: SHA256
///
/// the text, where a line that begins with a hyphen has `- ` before it
/// -----BEGIN PGP SIGNATURE-----
/// …
/// -----END PGP SIGNATURE-----
/// ```
///
/// Nothing may stand before it or behind it: what is verified is then what is read. The signature is not looked at here.
public struct ClearSignedText: Sendable {
    /// Line by line, without the blanks at the ends of lines, which are not signed either.
    public private(set) var bytes: [UInt8] = []

    private enum Part { case head, text, signature, end }

    /// - Throws: for what is no such message, or is cut.
    public init(_ message: [UInt8]) throws(RecordError) {
        var part = Part.head
        var number = 0
        for line in message.split(separator: newline, omittingEmptySubsequences: false) {
            number += 1
            let text = line[..<((line.lastIndex { !isBlank($0) } ?? line.startIndex - 1) + 1)]
            if number == 1 {
                guard text.elementsEqual(Self.begin) else { throw RecordError(at: "line 1", "it is not clear-signed") }
            } else if let reason = take(text, &part) {
                throw RecordError(at: "line \(number)", reason)
            }
        }
        guard part == .end else { throw RecordError(at: "line \(number)", "it is cut off: its signature has no end") }
    }

    /// Whether a document is such a message, or begins as one.
    public static func begins(_ document: [UInt8]) -> Bool { document.starts(with: begin) }

    private static let begin = "-----BEGIN PGP SIGNED MESSAGE-----".utf8

    /// - Returns: what is wrong with the line.
    private mutating func take(_ line: ArraySlice<UInt8>, _ part: inout Part) -> String? {
        switch part {
        case .head:
            if line.isEmpty { part = .text } else if !line.starts(with: "Hash: ".utf8) { return "it is no Hash header" }
        case .text:
            if line.elementsEqual("-----BEGIN PGP SIGNATURE-----".utf8) {
                part = .signature
            } else if line.first == hyphen, !line.starts(with: "- ".utf8), line.count > 1 {
                return "a hyphen is not escaped"
            } else {
                bytes += (line.starts(with: "- ".utf8) ? line.dropFirst(2) : line) + [newline]
            }
        case .signature:
            if line.elementsEqual("-----END PGP SIGNATURE-----".utf8) { part = .end }
        case .end:
            if !line.isEmpty { return "something stands behind the signature" }
        }
        return nil
    }
}

private let hyphen = UInt8(ascii: "-")

private func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 13 }
