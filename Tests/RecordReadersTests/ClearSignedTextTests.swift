import RecordReaders
import Testing

@Suite("Clear-signed texts")
struct ClearSignedTextTests {
    private static let begin = "-----BEGIN PGP SIGNED MESSAGE-----\n"
    private static let end = "-----BEGIN PGP SIGNATURE-----\n\nbm9uZQ==\n-----END PGP SIGNATURE-----\n"

    private func text(_ message: String) throws -> String {
        String(decoding: try ClearSignedText(Array(message.utf8)).bytes, as: UTF8.self)
    }

    @Test("The text is what stands between the headers and the signature, with its hyphens as they were")
    func text() throws {
        let message = Self.begin + "Hash: SHA256\nHash: SHA512\n\na: 1\n\n- -----x\n- - y\n-\n\tb \n" + Self.end
        #expect(try text(message) == "a: 1\n\n-----x\n- y\n-\n\tb\n")
        #expect(try text(Self.begin + "\n" + Self.end) == "")
        #expect(try text((Self.begin + "\na \n" + Self.end).replacing("\n", with: "\r\n")) == "a\n")
        #expect(ClearSignedText.begins(Array(message.utf8)) && !ClearSignedText.begins(Array("Origin: x\n".utf8)))
    }

    @Test(
        "What is none, is cut, or has something around it is refused with its line",
        arguments: [
            ("", "line 1: it is not clear-signed"), ("Origin: x\n", "line 1: it is not clear-signed"),
            ("\n[\na\n]", "line 1: it is not clear-signed"), ("[Comment: x\n\na\n]", "line 2: it is no Hash header"),
            ("[\n-a\n]", "line 3: a hyphen is not escaped"), ("[\n[\na\n]", "line 3: a hyphen is not escaped"),
            ("[\na\n]b\n", "line 8: something stands behind the signature"),
            ("[\na\n][\nb\n]", "line 8: something stands behind the signature"),
            ("[\na\n", "line 4: it is cut off: its signature has no end"),
        ])
    func refused(_ message: String, reason: String) {
        let whole = message.replacing("[", with: Self.begin).replacing("]", with: Self.end)
        let error = #expect(throws: RecordError.self) { _ = try text(whole) }
        #expect(error?.description == reason)
    }

    @Test("A signature that is cut is no end")
    func cut() {
        let message = Self.begin + "\na\n" + Self.end.dropLast(3)
        let error = #expect(throws: RecordError.self) { _ = try text(message) }
        #expect(error?.description == "line 7: it is cut off: its signature has no end")
    }
}
