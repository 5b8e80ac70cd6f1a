import ChecksumDatabase
import Foundation
import TestDatabase
import Testing

@Suite("A signed note")
struct SignedNoteTests {
    private static let text = "go.sum database tree\n3\nVtP0G1NVD0Z1tlcDCj9IWDSx6hL2ZlW2hP1QbnO9a1Q=\n"
    private static let good = SigningKey.test.note(text)
    private static let line = SigningKey.test.line(of: text)
    private static let foreign = "\u{2014} other.test AAAAAWFi\n"
    private let key: VerifierKey

    init() throws {
        key = try VerifierKey(SigningKey.testVerifier)
    }

    private func read(_ note: String) throws -> String {
        let note = try SignedNote(Array(note.utf8))
        try note.hold(to: key)
        return note.text
    }

    @Test(
        "A signed note is taken with signatures of others around the known one",
        arguments: [
            good, text + "\n" + foreign + line, text + "\n" + line + foreign,
            text + "\n" + String(repeating: foreign, count: 99) + line,
            // Behind a signature that is right nothing by the same key is looked at.
            text + "\n" + line + SigningKey.test.line(of: "another"),
        ])
    func takes(note: String) throws {
        #expect(try read(note) == Self.text)
    }

    @Test("A signed note is signed up to its last blank line")
    func hasBlankLines() throws {
        let text = "a\n\nb\n\nc\n"
        #expect(try read(SigningKey.test.note(text)) == text)
    }

    private static let noSignatures = "the note has no signatures behind a blank line"
    private static let noOrTooMany = "the note has no signature, or more than 100"
    private static let notRight = "the note's signature by sum.test+c7fe060c is not right"
    private static let isNone = "a line of the note's signatures is none"

    private static let refused: [(String, String)] = [
        ("", noSignatures),
        (text, noSignatures),
        (text + "\n", noOrTooMany),
        (String(good.dropLast()), noSignatures),
        (text + "\n" + foreign, "the note is not signed by sum.test+c7fe060c"),
        (good.replacing("\n3\n", with: "\n4\n"), notRight),
        (text + "\n" + SigningKey.test.line(of: "another") + line, notRight),
        (text + "\n" + line.replacing("\u{2014}", with: "-"), isNone),
        (text + "\n\u{2014} sum.test !\n" + line, isNone),
        (text + "\n" + String(repeating: foreign, count: 100) + line, noOrTooMany),
        (good.replacing("3", with: "\r3"), "the note has a control character"),
    ]

    @Test("A signed note is refused with the reason", arguments: refused)
    func refuses(note: String, reason: String) {
        #expect(throws: MalformedDocument(reason)) { try read(note) }
    }

    @Test("A signed note that is not UTF-8 is refused")
    func refusesOtherEncodings() {
        #expect(throws: MalformedDocument("the note is not UTF-8")) {
            try SignedNote(Array(Self.good.utf8) + [0xFF, 10])
        }
    }

    @Test(
        "A signed note tells a tree head, whatever stands behind it",
        arguments: [("", 3), ("more\n", 3), ("\n", 3)])
    func tells(more: String, size: Int) throws {
        #expect(try TreeHead(text: Self.text + more).size == size)
    }

    @Test(
        "with another text tells none",
        arguments: [
            ("go.sum database\n3\nVtP0G1NVD0Z1tlcDCj9IWDSx6hL2ZlW2hP1QbnO9a1Q=\n", "the note tells no tree head"),
            ("go.sum database tree\n3\n", "the note tells no tree head"),
            (text.replacing("\n3\n", with: "\n03\n"), "the tree's number of records is none"),
            (text.replacing("\n3\n", with: "\n-3\n"), "the tree's number of records is none"),
            (text.replacing("\n3\n", with: "\n99999999999999999999\n"), "the tree's number of records is none"),
            (text.replacing("a1Q=", with: "a1R="), "the tree's root is no hash"),
            (text.replacing("VtP0", with: ""), "the tree's root is no hash"),
        ])
    func tellsNone(text: String, reason: String) {
        #expect(throws: MalformedDocument(reason)) { try TreeHead(text: text) }
    }
}
