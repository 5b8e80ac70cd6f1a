import Foundation
import MachineTools
import Testing

/// Where the disk takes no more: `ulimit -f`, which the tool sees as a write that fails.
@Suite("A study whose files do not fit")
struct StudyDiskTests {
    struct Study: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let arguments: String
        /// The file that does not fit.
        let failing: String
    }

    static let studies = [
        Study(testDescription: "diff", arguments: "diff a.csv b.csv -o out/changes.csv", failing: "out/changes.csv"),
        Study(
            testDescription: "report", arguments: "report b.csv --date 2026-01-31 -o out/r.html", failing: "out/r.html"),
        Study(
            testDescription: "compare", arguments: "compare b.csv --output-dir out",
            failing: "out/2-ecosystems/Go+NPM.csv"),
    ]

    private static func list(_ count: Int) -> String {
        let rows = (1...count).map { number in
            "\(number),Go,a\(number),nan,https://github.com/o/r\(number)\n\(number),NPM,a\(number),nan,o/r\(number)\n"
        }
        return "Package ID,Platform,Name,Homepage,Repository\n" + rows.joined()
    }

    private func run(_ script: String, in folder: Scratch) async throws -> Tool.Outcome {
        try await Tool(executable: URL(filePath: "/bin/sh"))
            .run(["-c", script, Tool.pkgmine.executable.path], in: folder.url)
    }

    /// Every file below the folder `out`, with its text.
    private func files(_ folder: Scratch) throws -> [String: String] {
        let out = folder.url.appending(path: "out")
        let paths = try #require(FileManager.default.enumerator(atPath: out.path)).compactMap { $0 as? String }
        return paths.reduce(into: [:]) { found, path in
            let text = try? String(contentsOf: out.appending(path: path), encoding: .utf8)
            found[path] = text ?? "a folder"
        }
    }

    @Test(
        "A study whose files do not fit leaves the earlier study whole, and no drafts; with room it is written",
        arguments: studies)
    func keepsOld(study: Study) async throws {
        let folder = try Scratch()
        let lists = ["a.csv": Self.list(1), "b.csv": Self.list(2), "out/mine": "kept"]
        try FileManager.default.createDirectory(
            at: folder.url.appending(path: "out"), withIntermediateDirectories: true)
        for (name, text) in lists {
            try text.write(to: folder.url.appending(path: name), atomically: true, encoding: .utf8)
        }
        let command = "\"$0\" \(study.arguments) --quiet"
        let first = try await run(command, in: folder)
        #expect(first.status == 0, "\(first.errors)")
        let old = try files(folder)
        try Self.list(3_000).write(to: folder.url.appending(path: "b.csv"), atomically: true, encoding: .utf8)
        let failed = try await run("ulimit -f 8; exec \(command)", in: folder)
        #expect(failed.status == 1)
        #expect(
            failed.errors == """
                error: the study could not be written
                  at: \(folder.url.resolvingSymlinksInPath().path)/\(study.failing)
                  because: File too large
                  saved: the lists are untouched

                hint: make room or give write permission there, or name another place

                """)
        #expect(try files(folder) == old)
        let second = try await run(command, in: folder)
        #expect(second.status == 0, "\(second.errors)")
        let new = try files(folder)
        #expect(Set(new.keys) == Set(old.keys) && new != old && new["mine"] == "kept")
    }
}
