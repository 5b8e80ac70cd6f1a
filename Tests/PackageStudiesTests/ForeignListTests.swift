import Foundation
import PackageStudies
import Testing

/// Lists that other programs have written back, packed or padded.
@Suite struct ForeignListTests {
    private static let columns = "Package ID,Platform,Name,Homepage,Repository"

    private func refusal(of bytes: [UInt8]) async throws -> String {
        let lists = try Lists()
        let path = try lists.write("x.csv", bytes)
        let error = await #expect(throws: StudyError.self) { try await ListDifference(old: path, new: path) }
        return "\(try #require(error))".replacing(path, with: "x.csv")
    }

    @Test(
        "a list with row numbers before its columns is refused, and how to write it without them is said",
        arguments: [
            ",\(columns)", "\"\",\"Package ID\",Platform,Name,Homepage,Repository", "Unnamed: 0,\(columns)",
            "Unnamed: 0.1,ID,Platform,Name,Homepage URL,Repository URL", "\u{FEFF},\(columns)",
        ])
    func index(header: String) async throws {
        #expect(
            try await refusal(of: Array("\(header)\n0,1,Go,a,nan,nan\n".utf8)) == """
                error: a list could not be read
                  at: x.csv, line 1
                  because: a column of row numbers stands before those of a list, as pandas and R add it
                  saved: nothing was written

                hint: write the list without it: to_csv(path, index=False) in pandas, row.names = FALSE in R
                """)
    }

    @Test("another separator than commas is named, also between quoted names", arguments: [";", "\t", "|"])
    func separators(separator: String) async throws {
        let names = ["semicolons", "tabs", "bars"][[";", "\t", "|"].firstIndex(of: separator) ?? 0]
        for header in [Self.columns, Self.columns.split(separator: ",").map { "\"\($0)\"" }.joined(separator: ",")] {
            let text = "\u{FEFF}\(header)\r\n1,Go,a,nan,nan\r\n".replacing(",", with: separator)
            #expect(
                try await refusal(of: Array(text.utf8)) == """
                    error: a list could not be read
                      at: x.csv, line 1
                      because: the columns are separated by \(names), not by commas
                      saved: nothing was written

                    hint: save the list again with commas (in Excel: "CSV UTF-8 (Comma delimited)")
                    """)
        }
    }

    @Test(
        "what else stands before a list is named",
        arguments: [
            ("sep=,\n\(columns)\n", "the first line is Excel's \"sep=\", not the header of a list"),
            ("\(columns)\r1,Go,a,nan,nan\r", "the lines end with carriage returns alone"),
            (",a,b\n", "\",a,b\" is not the header of a list"),
            (" \(columns)\n", "\" \(columns)\" is not the header of a list"),
        ])
    func others(text: String, reason: String) async throws {
        let told = try await refusal(of: Array(text.utf8))
        #expect(told.split(separator: "\n")[2] == "  because: \(reason)")
    }

    /// A list of three members, one of them empty, with 60 bytes in all.
    private static func packed() throws -> [UInt8] {
        let lists = try Lists()
        return try lists.packed(columns + "\n") + lists.packed("") + lists.packed("1,Go,a,nan,nan\n")
    }

    @Test(
        "zeros behind the last gzip member are padding, member after member, whatever the name",
        arguments: [0, 1, 1024])
    func padding(count: Int) async throws {
        let lists = try Lists()
        let path = try lists.write("x.csv", Self.packed() + [UInt8](repeating: 0, count: count))
        #expect(try await ListDifference(old: path, new: path).summaryText() == "Go: 1 -> 1 packages")
    }

    @Test("gzip that is cut, or has more than padding behind it, is refused")
    func damage() async throws {
        let packed = try Self.packed()
        let cases: [([UInt8], String)] = [
            (
                packed + [0, 0] + packed,
                "the compressed stream is damaged after 60 inflated bytes: bytes behind its padding"
            ),
            (packed + Array("x".utf8), "the compressed stream is cut off after 60 inflated bytes"),
            (
                packed + Array("xyz".utf8),
                "the compressed stream is damaged after 60 inflated bytes: incorrect header check"
            ),
            (packed.dropLast(), "the compressed stream is cut off after 60 inflated bytes"),
            (packed.prefix(2) + [], "the compressed stream is cut off after 0 inflated bytes"),
        ]
        for (bytes, reason) in cases {
            #expect(
                try await refusal(of: bytes) == """
                    error: a list could not be read
                      at: x.csv
                      because: \(reason)
                      saved: nothing was written

                    hint: check the path and the file
                    """)
        }
    }

    @Test("gzip of nothing is an empty file")
    func empty() async throws {
        let told = try await refusal(of: Lists().packed(""))
        #expect(told.contains("  because: the file is empty; a list begins with its header\n"))
    }
}
