import Foundation
import FuzzProperties
import PackageStudies
import RepositoryAddresses
import Testing

@Suite struct ComparisonTests {
    struct Row: Hashable {
        let id: String
        let platform: String
        let name: String
        let homepage: String
        let repository: String

        var fields: [String] { [id, platform, name, homepage, repository] }
    }

    /// The plainest way to the same answer: canonical repository, platform and name of all that is shared.
    static func reference(_ rows: [Row]) -> [String: [String]] {
        var groups: [String: [Row]] = [:]
        for row in rows where !["", "nan"].contains(row.repository) {
            guard
                let identity = try? RepositoryIdentity(
                    of: row.repository, shorthand: ShorthandRule(platform: row.platform))
            else { continue }
            groups[identity.canonical, default: []].append(row)
        }
        var files: [String: [String]] = [:]
        for (repository, rows) in groups {
            let platforms = Set(rows.map(\.platform)).sorted()
            guard platforms.count > 1 else { continue }
            let file = "\(platforms.count)-ecosystems/\(platforms.joined(separator: "+")).csv"
            for row in Set(rows) {
                files[file, default: []].append(
                    ([repository] + [1, 0, 2, 3, 4].map { row.fields[$0] }).joined(separator: ","))
            }
        }
        return files.mapValues { $0.sorted() }
    }

    static func rows(_ seed: UInt64) -> [Row] {
        var draw = SplitMix(state: seed)
        let platforms = ["Go", "NPM", "Maven", "PyPI"]
        return (1...600).map { number in
            let platform = platforms[draw.below(4)]
            let repository = "o\(draw.below(12))/r\(draw.below(12))"
            let forms = [
                "https://github.com/\(repository)", "git@github.com:\(repository).git", "nan", "", "UNKNOWN",
                repository,
                "https://gitlab.com/g/\(repository)/-/tree/main", "scm:git:git://github.com/\(repository.uppercased())",
            ]
            return Row(
                id: "\(number)", platform: platform, name: number % 50 == 0 ? "nan" : "p\(draw.below(500))",
                homepage: draw.below(2) == 0 ? "nan" : "https://x.org", repository: forms[draw.below(forms.count)])
        }
    }

    @Test(
        "the plainest way comes to the same, whatever the order of rows and lists and the schema", arguments: [1, 2, 3])
    func agrees(seed: UInt64) async throws {
        let lists = try Lists()
        let rows = Self.rows(seed)
        var outputs: [[String: String]] = []
        for turn in 0..<3 {
            var draw = SplitMix(state: seed &* 7 &+ UInt64(turn))
            let order = rows.indices.map { ($0, draw.next()) }.sorted { $0.1 < $1.1 }.map { rows[$0.0] }
            let half = order.count / (turn + 2)
            let old = "ID,Platform,Name,Homepage URL,Repository URL\n" + Self.text(order[..<half])
            let paths = [
                try lists.write("a\(turn).csv", old),
                try lists.write("b\(turn).csv", Lists.header + Self.text(order[half...])),
            ]
            try await Comparison.of(turn == 1 ? paths.reversed() : paths).write(to: lists.path("out"))
            outputs.append(try lists.files("out"))
        }
        #expect(outputs[0] == outputs[1] && outputs[1] == outputs[2])
        let found = outputs[0].filter { $0.key.contains("-ecosystems/") }
            .mapValues { $0.split(separator: "\n").dropFirst().map(String.init).sorted() }
        #expect(found == Self.reference(rows))
    }

    static func text(_ rows: some Sequence<Row>) -> String {
        rows.map { $0.fields.joined(separator: ",") + "\n" }.joined()
    }

    @Test("the folder holds the summary, every package of a monorepo, and what was left out")
    func folder() async throws {
        let lists = try Lists()
        let path = try lists.write(
            "x.csv",
            Lists.header + """
                1,Go,nan,nan,https://github.com/U/R
                2,Go,b,nan,https://github.com/u/r/tree/main/b
                1,NPM,c,https://github.com/u/h,git+https://github.com/u/r.git
                2,NPM,d,nan,https://gist.github.com/u/1
                3,NPM,e,nan,https://notgithub.com/u/r
                4,PyPI,f,https://github.com/u/h,NaN

                """)
        try await Comparison.of([path]).write(to: lists.path("out"))
        var files = try lists.files("out")
        #expect(files.removeValue(forKey: "datapackage.json")?.contains("\"2-ecosystems/Go+NPM.csv\"") == true)
        #expect(
            files == [
                "summary.csv": """
                Number of Ecosystems,Ecosystems,Repositories,Packages,File
                2,Go + NPM,1,3,2-ecosystems/Go+NPM.csv

                """,
                "2-ecosystems/Go+NPM.csv": """
                Canonical Repository,Platform,Package ID,Name,Homepage,Repository
                https://github.com/u/r,Go,2,b,nan,https://github.com/u/r/tree/main/b
                https://github.com/u/r,Go,1,nan,nan,https://github.com/U/R
                https://github.com/u/r,NPM,1,c,https://github.com/u/h,git+https://github.com/u/r.git

                """,
                "not-understood.csv": """
                Column,Address,Reason,Rows
                Repository,https://gist.github.com/u/1,a gist or snippet,1
                Repository,https://notgithub.com/u/r,a host not known to hold repositories,1

                """,
            ])
        try await Comparison.of([path], options: .init(match: .repositoryOrHomepage)).write(
            to: lists.path("homepages"), wide: true)
        #expect(
            try lists.files("homepages")["2-ecosystems/Go+NPM.csv"]
                == "Canonical Repository,Go,NPM\nhttps://github.com/u/r,b; nan,c\n")
    }

    @Test("what an earlier study left is gone, and nothing else; nothing shared is no error")
    func stale() async throws {
        let lists = try Lists()
        let shared = try lists.write("a.csv", Lists.header + "1,Go,x,nan,https://github.com/u/r\n1,NPM,x,nan,u/r\n")
        let apart = try lists.write("b.csv", Lists.header + "1,Go,x,nan,https://github.com/u/r\n1,NPM,y,nan,u/q\n")
        try await Comparison.of([shared]).write(to: lists.path("out"))
        _ = try lists.write("out/mine.csv", "kept")
        try await Comparison.of([apart]).write(to: lists.path("out"))
        let files = try lists.files("out")
        #expect(files.keys.sorted() == ["datapackage.json", "mine.csv", "not-understood.csv", "summary.csv"])
        #expect(files["summary.csv"] == "Number of Ecosystems,Ecosystems,Repositories,Packages,File\n")
        try await Comparison.of([shared], options: .init(match: .name)).write(to: lists.path("names"))
        #expect(try lists.files("names")["2-ecosystems/Go+NPM.csv"]?.contains("x,NPM,1,x,nan,u/r") == true)
        _ = try lists.write("datapackage.json", "{\"name\":\"lists\"}")
        let comparison = try await Comparison.of([shared])
        #expect(throws: StudyError.self) { try comparison.write(to: lists.path("")) }
    }

    @Test("a change of spelling is told apart from a move")
    func difference() async throws {
        let lists = try Lists()
        let old = try lists.write(
            "old.csv",
            Lists.header
                + "1,Go,a,nan,https://github.com/u/a\n2,Go,b,nan,nan\n3,Go,c,https://x.org,git@github.com:u/c\n")
        let new = try lists.write(
            "new.csv",
            "ID,Platform,Name,Homepage URL,Repository URL\n9,Go,\"d,\",nan,nan\n8,Go,c,nan,https://github.com/v/c\n7,Go,a,,git://github.com/U/A.git\n"
        )
        let difference = try await ListDifference(old: old, new: new)
        try difference.write(to: lists.path("changes.csv"))
        #expect(
            try String(contentsOfFile: lists.path("changes.csv"), encoding: .utf8) == """
                Change,Platform,Name,Old Homepage,New Homepage,Old Repository,New Repository
                repository respelled,Go,a,nan,,https://github.com/u/a,git://github.com/U/A.git
                removed,Go,b,nan,,nan,
                homepage removed,Go,c,https://x.org,nan,git@github.com:u/c,https://github.com/v/c
                repository moved,Go,c,https://x.org,nan,git@github.com:u/c,https://github.com/v/c
                added,Go,"d,",,nan,,nan

                """)
        #expect(
            difference.summaryText() == """
                Go: 3 -> 3 packages
                  added: 1
                  removed: 1
                  homepage removed: 1
                  repository moved: 1
                  repository respelled: 1
                """)
    }

    @Test("names of lists are never markup in a report, and directions are shown as escapes")
    func report() async throws {
        let lists = try Lists()
        let path = try lists.write(
            "x.csv", Lists.header + "1,<b>\u{202E}&,x,nan,https://github.com/u/r\n1,NPM,x,nan,u/r\n")
        let numbers = try await ReportNumbers(
            try await Comparison.of([path]), made: "2026-01-31",
            firstAppearances: { _ in [Date(timeIntervalSince1970: 0), Date(timeIntervalSince1970: 5_000_000)] })
        let page = ReportPage(numbers).html()
        #expect(!page.contains("<b>") && !page.contains("\u{202E}") && !page.contains("<script"))
        #expect(page.contains("&lt;b&gt;\\u{202E}&amp;"))
        #expect(numbers.growth[0].months.map(\.packages) == [1, 2])
        #expect(ReportPage(numbers).html() == page)
    }
}
