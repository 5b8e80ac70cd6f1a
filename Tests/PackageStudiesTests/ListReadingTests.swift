import Foundation
import PackageStudies
import Testing

@Suite struct ListReadingTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let bytes: [UInt8]
        let line: Int
        let reason: String

        init(_ title: String, _ text: String, _ line: Int, _ reason: String) {
            self.init(title, Array(text.utf8), line, reason)
        }

        init(_ title: String, _ bytes: [UInt8], _ line: Int, _ reason: String) {
            testDescription = title
            self.bytes = bytes
            self.line = line
            self.reason = reason
        }
    }

    static let faults = [
        Fault("an empty file", "", 1, "the file is empty; a list begins with its header"),
        Fault("a foreign header", "a,b,c\n1,2,3\n", 1, "\"a,b,c\" is not the header of a list"),
        Fault(
            "a header of both schemas", "ID,Platform,Name,Homepage,Repository\n", 1,
            "\"ID,Platform,Name,Homepage,Repository\" is not the header of a list"),
        Fault("a ragged row", Lists.header + "1,Go,a,nan,nan\n2,Go,b,nan\n", 3, "the row has 4 of 5 fields"),
        Fault("a row too wide", Lists.header + "1,Go,a,nan,nan,x\n", 2, "the row has 6 of 5 fields"),
        Fault("an empty line amid rows", Lists.header + "\n1,Go,a,nan,nan\n", 2, "an empty line"),
        Fault(
            "an unterminated quote", Lists.header + "1,Go,\"a\nb\",nan,nan\n2,Go,\"b,nan,nan\n", 4,
            "a quote that is never closed"),
        Fault(
            "a quote amid a field", Lists.header + "1,Go,a\"b,nan,nan\n", 2, "a quote inside a field that is not quoted"
        ),
        Fault("text behind a quote", Lists.header + "1,Go,\"a\"b,nan,nan\n", 2, "text behind a closing quote"),
        Fault(
            "invalid UTF-8", Array((Lists.header + "1,Go,a").utf8) + [0xFF] + Array(",nan,nan\n".utf8), 2,
            "bytes that are not UTF-8"),
        Fault("UTF-16", [0xFF, 0xFE, 0x49, 0, 0x44, 0], 1, "the file is UTF-16, not UTF-8"),
        Fault("no platform", Lists.header + "1,,a,nan,nan\n", 2, "the row names no platform"),
    ]

    @Test("a fault names its file and line, and nothing is written", arguments: faults)
    func fault(_ fault: Fault) async throws {
        let lists = try Lists()
        let path = try lists.write("x.csv", fault.bytes)
        await #expect(throws: StudyError.malformed(path, line: fault.line, fault.reason)) {
            _ = try await Comparison.of([path])
        }
    }

    static let rows = "\"1\",Go,\"a\n\"\"b\"\"\",nan,https://github.com/u/r\n2,NPM,c,,u/r"

    @Test(
        "marks, line ends, compression and the order of the columns change nothing",
        arguments: ["plain", "mark", "crlf", "last line ended", "blank lines at the end", "columns", "older"])
    func same(form: String) async throws {
        let lists = try Lists()
        var text = Lists.header + Self.rows
        switch form {
        case "mark": text = "\u{FEFF}" + text
        case "crlf": text = Lists.header.replacing("\n", with: "\r\n") + Self.rows.replacing("u/r\n", with: "u/r\r\n")
        case "last line ended": text += "\n"
        case "blank lines at the end": text += "\n\n\n"
        case "columns":
            text =
                "Repository,Name,Homepage,Platform,Package ID\nhttps://github.com/u/r,\"a\n\"\"b\"\"\",nan,Go,1\nu/r,c,,NPM,2\n"
        case "older": text = "ID,Platform,Name,Homepage URL,Repository URL\n" + Self.rows
        default: break
        }
        let comparison = try await Comparison.of([try lists.write("x.csv", text)])
        try comparison.write(to: lists.path("out"))
        #expect(
            try lists.files("out")["2-ecosystems/Go+NPM.csv"] == """
                Canonical Repository,Platform,Package ID,Name,Homepage,Repository
                https://github.com/u/r,Go,1,"a
                ""b\""",nan,https://github.com/u/r
                https://github.com/u/r,NPM,2,c,,u/r

                """)
    }

    @Test("gzip is told by its bytes, member after member")
    func gzip() async throws {
        let lists = try Lists()
        let packed = try lists.write(
            "list.csv",
            lists.packed(Lists.header) + lists.packed("1,Go,a,nan,https://github.com/u/r\n2,NPM,c,nan,u/r\n"))
        let comparison = try await Comparison.of([packed])
        #expect(comparison.combinations.map(\.repositories) == [1])
    }
}
