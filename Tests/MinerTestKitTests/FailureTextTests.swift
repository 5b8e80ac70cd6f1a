import MinerTestKit
import Testing

@Suite("What is said of a list that is wrong")
struct FailureTextTests {
    private static let head = "Package ID,Platform,Name\n"

    @Test(
        "What is said of a list that is wrong tells the counts where they differ, the first wrong line, and its bytes where eyes cannot tell it",
        arguments: [
            ("1,Shelf,a\n", "1,Shelf,b\n", #"line 2 is "1,Shelf,a", not "1,Shelf,b""#),
            ("1,Shelf,a\n", "1,Shelf,a\n2,Shelf,b\n", #"the list has 2 lines, not 3; line 3 is "", not "2,Shelf,b""#),
            (
                "1,Shelf,e\u{301}\n", "1,Shelf,é\n",
                "line 2 is \"1,Shelf,e\u{301}\", not \"1,Shelf,é\"; in bytes from the 9th on 65 cc 81, not c3 a9"
            ),
            (
                "1,Shelf,ê,\n", "1,Shelf,é,\n",
                #"line 2 is "1,Shelf,ê,", not "1,Shelf,é,"; in bytes from the 9th on c3 aa 2c, not c3 a9 2c"#
            ),
            (
                "1,Shelf,a\n", "1,Shelf,a \n",
                #"line 2 is "1,Shelf,a", not "1,Shelf,a "; in bytes from the 10th on nothing, not 20"#
            ),
        ])
    func differences(found: String, wanted: String, text: String) {
        #expect(
            firstDifference(of: Array((Self.head + found).utf8), from: Array((Self.head + wanted).utf8))?.unicodeScalars
                .map(\.value) == text.unicodeScalars.map(\.value))
        #expect(firstDifference(of: Array(found.utf8), from: Array(found.utf8)) == nil)
    }

    @Test("What is said of a list that is wrong shows a name by its bytes as well where it may look like another one")
    func names() {
        #expect(shownName("plain-1".utf8) == "\"plain-1\"")
        #expect(shownName("two words".utf8) == "\"two words\" (74 77 6f 20 77 6f 72 64 73)")
        #expect(shownName("\u{202E}drow".utf8) == "\"\\u{202E}drow\" (e2 80 ae 64 72 6f 77)")
        #expect(shownName([0xE9]) == "\"\u{FFFD}\" (e9)")
        #expect(shownName(String(repeating: "é", count: 20).utf8).hasSuffix(" c3 a9 …)"))
    }
}
