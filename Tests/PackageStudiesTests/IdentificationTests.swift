import Foundation
import PackageStudies
import RepositoryAddresses
import Testing

@Suite("Rows that are identified")
struct IdentificationTests {
    private static let added = "Canonical Repository,Host,Owner,Repository Name,Subdirectory,Not Understood"

    /// What comes of tables, and the error that ends it.
    private func identified(
        _ tables: [String], column: String? = nil, isLines: Bool = false, inferring: Bool = false
    ) async throws -> (text: String, error: StudyError?) {
        let lists = try Lists()
        let paths = try tables.enumerated().map { try lists.write("\($0.offset).csv", $0.element) }
        var output: [UInt8] = []
        var fault: StudyError?
        do {
            try await Identification(paths, column: column, isLines: isLines, inferring: inferring).run { output += $0 }
        } catch let error as StudyError {
            fault = error
        }
        return (String(decoding: output, as: UTF8.self), fault)
    }

    @Test(
        "Rows that are identified come out as they went in and in their order, each with what its address names behind it"
    )
    func rows() async throws {
        let (text, error) = try await identified([
            """
            Package ID,Platform,Name,Homepage,Repository
            1,NPM,nan,nan,git+https://github.com/NodeJS/nan.git
            2,NPM,"a,""b""
            c",nan,expressjs/express\r
            3,PyPI,x,nan,a/b
            4,PyPI,y,nan,nan
            5,PyPI,"y",,"https://github.com/a/b/tree/main/sub,dir"
            6,Go,z,nan,https://gitlab.com/g/s/r
            7,Go,z,nan,https://nowhere.example/
            8,Go,z,nan,UNKNOWN
            """
        ])
        #expect(error == nil)
        #expect(
            text == """
                Package ID,Platform,Name,Homepage,Repository,\(Self.added)
                1,NPM,nan,nan,git+https://github.com/NodeJS/nan.git,https://github.com/nodejs/nan,github.com,nodejs,nan,,
                2,NPM,"a,""b""
                c",nan,expressjs/express,https://github.com/expressjs/express,github.com,expressjs,express,,
                3,PyPI,x,nan,a/b,,,,,,a shorthand that the ecosystem does not define
                4,PyPI,y,nan,nan,,,,,,
                5,PyPI,"y",,"https://github.com/a/b/tree/main/sub,dir",https://github.com/a/b,github.com,a,b,"sub,dir",
                6,Go,z,nan,https://gitlab.com/g/s/r,https://gitlab.com/g/s/r,gitlab.com,g/s,r,,
                7,Go,z,nan,https://nowhere.example/,,,,,,"names a host, not a repository"
                8,Go,z,nan,UNKNOWN,,,,,,

                """)
    }

    @Test(
        "Rows that are identified may be of any table with a column of addresses: an older list's, or one that is called as is said"
    )
    func columns() async throws {
        let older = "ID,Platform,Name,Homepage URL,Repository URL\n1,Go,a,nan,github.com/a/b\n"
        let named = "github.com/a/b,https://github.com/a/b,github.com,a,b,,\n"
        #expect(try await identified([older]).text.hasSuffix(named))
        let other = "\u{FEFF}\"where\",what\ngithub.com/a/b,1"
        #expect(
            try await identified([other], column: "where").text == """
                "where",what,\(Self.added)
                github.com/a/b,1,https://github.com/a/b,github.com,a,b,,

                """)
    }

    @Test(
        "Rows that are identified are lines where there is one column that is no column of addresses, or where that is said"
    )
    func lines() async throws {
        let text = "github.com/a/b\r\n\nsay \"a,b\"\nnan"
        let expected = """
            github.com/a/b,https://github.com/a/b,github.com,a,b,,
            ,,,,,,
            "say ""a,b""\",,,,,,not an address
            nan,,,,,,

            """
        for isLines in [false, true] {
            #expect(try await identified([text], isLines: isLines).text == expected)
        }
        let said = try await identified(["a,Repository\n"], isLines: true)
        #expect(said.text == "\"a,Repository\",,,,,,not an address\n")
        #expect(try await identified([""]) == ("", nil))
    }

    @Test(
        "Rows that are identified have a label where their repositories were inferred, and only where that is asked for"
    )
    func inferred() async throws {
        let table = "Repository\nhttps://a.github.io/b\ngithub.com/a/b\nnan\n"
        #expect(
            try await identified([table], inferring: true).text == """
                Repository,\(Self.added),Inferred From
                https://a.github.io/b,https://github.com/a/b,github.com,a,b,,,pages
                github.com/a/b,https://github.com/a/b,github.com,a,b,,,
                nan,,,,,,,

                """)
        #expect(try await identified([table]).text.contains("io/b,,,,,,a site published from a repository\n"))
    }

    @Test("Rows that are identified of several tables stand under one header, and tables of other columns are refused")
    func several() async throws {
        let tables = ["a", "c"].map { "Name,Repository\n\($0),github.com/x/\($0)\n" }
        #expect(
            try await identified(tables + [""]).text == """
                Name,Repository,\(Self.added)
                a,github.com/x/a,https://github.com/x/a,github.com,x,a,,
                c,github.com/x/c,https://github.com/x/c,github.com,x,c,,

                """)
        for other in ["Repository,Name\n", "github.com/a/b\n"] {
            let (text, error) = try await identified([tables[0], other])
            #expect(text.split(separator: "\n").count == 2)
            #expect("\(try #require(error))".contains("1.csv, line 1\n  because: its columns are not those of /"))
        }
    }

    @Test(
        "Rows that are identified are refused where no column can be told to have the addresses",
        arguments: [
            ("a,b\n1,2\n", nil, "it has no column \"Repository\"; it has: a, b"),
            ("a\n1\n", "b", "it has no column \"b\"; it has: a"),
            ("Repository,Repository\n", nil, "it has two columns \"Repository\""),
            ("Repository,Host\n", nil, "it has a column \"Host\" already"),
            ("Repository,\"a\n", nil, "a quote that is never closed"),
        ])
    func refused(table: String, column: String?, reason: String) async throws {
        let (text, error) = try await identified([table], column: column)
        #expect(text == "")
        let told = "0.csv, line 1\n  because: \(reason)\n  saved: nothing was written\n"
        #expect("\(try #require(error))".contains(told))
    }

    /// Rows of more than a piece, each with its number.
    private static let many = (1...5_000).map { "\($0),\"\(name)\n\",https://github.com/o\($0)/r.git\n" }
    private static let name = String(repeating: "a", count: 300)

    @Test(
        "Rows that are identified keep their order in tables of many pieces, packed or not, and in a file that is gzip by its name"
    )
    func order() async throws {
        let lists = try Lists()
        let table = "Number,Name,Repository\n" + Self.many.joined()
        let expected =
            "Number,Name,Repository,\(Self.added)\n"
            + (1...5_000).map { number in
                "\(number),\"\(Self.name)\n\",https://github.com/o\(number)/r.git,"
                    + "https://github.com/o\(number)/r,github.com,o\(number),r,,\n"
            }.joined()
        #expect(try await identified([table]).text == expected)
        let packed = try lists.write("packed.csv.gz", lists.packed(table))
        try await Identification([packed]).write(to: lists.path("out.csv.gz"))
        #expect(try lists.unpacked("out.csv.gz") == expected)
    }

    @Test("before a fault are handed over, and the fault is told with its line", arguments: ["3\n", "4,\u{7}b,\n"])
    func fault(row: String) async throws {
        let lists = try Lists()
        let table = Array(("Number,Name,Repository\n" + Self.many.joined() + row).utf8).map { $0 == 7 ? 0xFF : $0 }
        let path = try lists.write("x.csv", table)
        var rows = 0
        let error = await #expect(throws: StudyError.self) {
            try await Identification([path]).run { rows += $0.count { $0 == 10 } }
        }
        #expect(rows == 10_001)
        let reason = row == "3\n" ? "the row has 1 of 3 fields" : "bytes that are not UTF-8"
        #expect(
            "\(try #require(error).told(saved: "rows"))" == """
                error: a list could not be read
                  at: \(path), line 10002
                  because: \(reason)
                  saved: rows

                hint: a table is UTF-8 CSV (RFC 4180), and its first line names the columns; where each line is an address, \
                use --lines
                """)
        await #expect(throws: StudyError.self) { try await Identification([path]).write(to: lists.path("out.csv")) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: lists.path("")) == ["x.csv"])
    }
}
