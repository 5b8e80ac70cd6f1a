import Foundation
import PackageStudies
import RepositoryAddresses
import Testing

/// Words and templates that stand where an address should are missing, to every study alike.
@Suite struct MissingAddressTests {
    static let missing = [
        "", "nan", "NaN", "NAN", "UNKNOWN", "Unknown", "None", "none", "N/A", "n/a", "NA", "null", "NULL", "nil", "-",
        "--", ".", "?", "...", "TODO", "TBD", "undefined", "not_available", "false", "  UNKNOWN\t", "\u{A0}none ",
        "<none>", "(unknown)", "'n/a'", "${project.url}", "https://${project.host}/x", "None available",
        "https://github.com/${owner}/${name}",
        "%4E%6F%6E%65",
    ]

    static let present = [
        "https://x.org", "http://localhost", "https://github.com/none/none", "nan.example/x", "https://x.org/%7Ba",
        "https://x.org/nan", "not an address", "httpx", "nano",
    ]

    @Test(
        "a field is missing exactly where the address reader takes it for a placeholder", arguments: missing + present)
    func oneNotion(field: String) {
        for shorthand in [ShorthandRule.undefined, .means("github.com")] {
            let reader = AddressReader(inferring: false)
            let isPlaceholder = reader.read(field.utf8.span, shorthand: shorthand) == .nothing(.placeholder)
            #expect(isPlaceholder == Self.missing.contains(field))
            #expect(reader.isMissing(field.utf8.span, shorthand: shorthand) == isPlaceholder)
        }
    }

    private static func rows(_ platform: String, _ addresses: [String]) -> String {
        addresses.enumerated().map { index, address in
            "\(index + 1),\(platform),p\(index),\"\(address)\",\"\(address)\"\n"
        }.joined()
    }

    @Test("no study counts a placeholder, and none is left out for one", arguments: Match.allCases)
    func counts(match: Match) async throws {
        let lists = try Lists()
        let text = Lists.header + Self.rows("PyPI", Self.missing + ["https://github.com/u/r"]) + Self.rows("Go", ["-"])
        let comparison = try await Comparison.of([try lists.write("x.csv", text)], options: .init(match: match))
        let tally = try #require(comparison.ecosystems.first { $0.name == "PyPI" }).tally
        #expect(tally.packages == Self.missing.count + 1 && tally.withHomepage == 1 && tally.withRepository == 1)
        #expect(tally.leftOut.isEmpty)
        try comparison.write(to: lists.path("out"))
        #expect(try lists.files("out")["not-understood.csv"] == "Column,Address,Reason,Rows\n")
        let report = try await ReportNumbers(comparison, made: "2026-01-31")
        #expect(report.ecosystems.map(\.withHomepage) == [0, 1])
        #expect(report.ecosystems.map(\.notUnderstood) == [[:], [:]])
    }

    @Test("where the repository is a placeholder, the homepage is matched by")
    func homepages() async throws {
        let lists = try Lists()
        let path = try lists.write(
            "x.csv",
            Lists.header + "1,Go,a,https://github.com/u/r,UNKNOWN\n1,NPM,b,N/A,u/r\n2,NPM,c,none,${scm.url}\n")
        let comparison = try await Comparison.of([path], options: .init(match: .repositoryOrHomepage))
        #expect(comparison.combinations.map(\.packages) == [2])
    }

    @Test("one placeholder for another is no change; an address for one is added, and one for an address removed")
    func difference() async throws {
        let lists = try Lists()
        let old = ["nan", "", "UNKNOWN", "${project.url}", "None", "https://x.org"]
        let new = ["UNKNOWN", "nan", "n/a", "null", "https://x.org", "TODO"]
        let difference = try await ListDifference(
            old: try lists.write("old.csv", Lists.header + Self.rows("Go", old)),
            new: try lists.write("new.csv", Lists.header + Self.rows("Go", new)))
        #expect(
            difference.summaryText() == """
                Go: 6 -> 6 packages
                  homepage added: 1
                  homepage removed: 1
                  repository added: 1
                  repository removed: 1
                """)
    }

    @Test(
        "of rows of one package the one that says more is compared, in whatever order they stand",
        arguments: ["", "nan", "UNKNOWN", "-", "a.none"], [false, true])
    func repeated(word: String, isTurned: Bool) async throws {
        let lists = try Lists()
        let full = "1,Go,a,https://x.org,https://github.com/u/r\n"
        let isMissing = word != "a.none"
        let rows = ["1,Go,a,\(word),\(isMissing ? word : "nan")\n", full]
        let difference = try await ListDifference(
            old: try lists.write("old.csv", Lists.header + full),
            new: try lists.write("new.csv", Lists.header + (isTurned ? rows.reversed() : rows).joined()))
        #expect(difference.summaryText() == "Go: 1 -> 1 packages\n1 rows repeat a package of their own list")
    }
}
