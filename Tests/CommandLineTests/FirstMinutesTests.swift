import Foundation
import GoRegistryFixture
import MachineTools
import MinerTestKit
import Testing

/// What the README says of the first minutes, with a list made by the command that it gives.
@Suite("The first minutes")
struct FirstMinutesTests {
    private static let r = Tool.machine("Rscript")

    /// Of `make test`, which has it from PyPI, or the machine's.
    private static let duckDB: Tool? = {
        let own = packageFolder.appending(path: ".build/python/bin/duckdb")
        return FileManager.default.isExecutableFile(atPath: own.path) ? Tool(executable: own) : .machine("duckdb")
    }()

    @Test(
        "The first minutes bring the hosts of the repositories in pandas",
        .enabled(if: pythonHas("pandas"), "needs pandas"))
    func countsInPandas() async throws {
        let more = "print(*(go[go['Name'].isin(['nan', 'NA'])]['Repository'].isna()), go['Repository'].count())"
        let told = try await outcome(of: "python", more) { try await #require(python).run(["-c", $0], in: $1) }
        #expect(
            told == """
                github.com             106
                go.googlesource.com     14
                gopkg.in                 6
                True True 134

                """)
    }

    @Test("The first minutes bring the hosts of the repositories in R", .enabled(if: r != nil, "needs R"))
    func countsInR() async throws {
        let more = #"cat(is.na(go$Repository[go$Name %in% c("nan", "NA")]), sum(!is.na(go$Repository)))"#
        let told = try await outcome(of: "r", more) { try await #require(Self.r).run(["--vanilla", "-e", $0], in: $1) }
        #expect(
            told == """
                hosts
                         github.com go.googlesource.com            gopkg.in\u{20}
                                106                  14                   6\u{20}
                TRUE TRUE 134
                """)
    }

    @Test(
        "The first minutes bring the hosts of the repositories in DuckDB", .enabled(if: duckDB != nil, "needs DuckDB"))
    func countsInDuckDB() async throws {
        let more = "SELECT count(*) FILTER (Name IN ('nan', 'NA') AND Repository IS NULL), count(Repository) FROM go"
        let told = try await outcome(of: "sql", more) {
            try await #require(Self.duckDB).run(["-csv", "-noheader", "-c", $0], in: $1)
        }
        #expect(told == "github.com,106\ngo.googlesource.com,14\ngopkg.in,6\n2,134\n")
    }

    /// What the lines of that language say, and one more, of a list that has just been made, and of two packages besides
    /// whose names are easily taken for none.
    private func outcome(
        of language: String, _ more: String, run: (_ lines: String, _ folder: URL) async throws -> Tool.Outcome
    ) async throws -> String {
        let lines = try block(language)
        #expect(lines.split(separator: "\n").count == 5)
        return try await GoRegistry.small().serve { service in
            let folder = try Scratch()
            try await mine(service, in: folder)
            let list = try folder.text("Package-List/Go.csv") + "155,Go,nan,nan,nan\n156,Go,NA,nan,nan\n"
            try Data(list.utf8).write(to: folder.url.appending(path: "Package-List/Go.csv"))
            let outcome = try await run(lines + more, folder.url)
            #expect(outcome.status == 0, "\(outcome.errors)")
            return outcome.output
        }
    }

    /// The command of the README, told where the registry is.
    @discardableResult
    private func mine(_ service: GoService, in folder: Scratch) async throws -> Tool.Outcome {
        let command = try #require(block("console").split(separator: "\n").last?.split(separator: " ").dropFirst(2))
        return try await Tool.pkgmine.run(
            command.map(String.init) + ["--index-url", service.indexURL, "--proxy-url", service.cachedOnlyURL],
            in: folder.url)
    }

    /// The first lines of a language in that part of the README.
    private func block(_ language: String) throws -> String {
        let page = try String(contentsOf: packageFolder.appending(path: "README.md"), encoding: .utf8)
        let part = try #require(page.split(separator: "## The first minutes\n").last)
        return try String(
            #require(part.split(separator: "```\(language)\n").dropFirst().first?.split(separator: "```\n").first))
    }

    @Test("The first minutes look as they are recorded")
    func areRecorded() async throws {
        let file = packageFolder.appending(path: "Sources/PackageMining/PackageMining.docc/Resources/first-run.svg")
        let recording = try String(contentsOf: file, encoding: .utf8)
        try await GoRegistry.synthetic(modules: 2_000, seed: 6, mix: .healthy).serve { service in
            let folder = try Scratch()
            let outcome = try await mine(service, in: folder)
            #expect(outcome.status == 0, "\(outcome.errors)")
            // What was asked twice depends on the machine.
            let last = outcome.errors.split(separator: "\n").drop { !$0.contains(" looked up now; in all:") }
            let rows = try folder.text("Package-List/Go.csv").split(separator: "\n").prefix(4).map { row in
                let cells = row.split(separator: ",", omittingEmptySubsequences: false)
                return (cells[0...2] + cells[4...]).joined(separator: ",")
            }
            let shown =
                last.map(String.init) + ["Package-List/Go.csv", "$ head -n 4 Package-List/Go.csv | cut -d, -f 1-3,5"]
                + rows
            let lines = recording.matches(of: />([^<\n]+)<\/text>/).map { String($0.output.1) }
            #expect(lines.suffix(shown.count) == shown[...])
            #expect(lines.contains { $0.hasPrefix("1,000 packages in the list, 1,000 of them new; ") })
        }
    }
}
