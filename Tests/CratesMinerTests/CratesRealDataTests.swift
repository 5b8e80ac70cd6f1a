import CratesMiner
import Foundation
import MinerHarness
import PackageMining
import Testing

@Suite(
    "Dumps of crates.io",
    .enabled(if: Places.realData != nil, "there is no real data beside this checkout"))
struct CratesRealDataTests {
    private let miner = CratesMiner(dumpURL: CrateDump.url)

    private func session(_ name: String) throws -> StubSession {
        StubSession([CrateDump.url: try Places.real("crates/\(name)")])
    }

    @Test("a dump that PostgreSQL wrote: each crate of the sheet, with its links, and nothing else")
    func made() async throws {
        let folder = try MinedFolder()
        let rows = try await folder.run(miner, through: session("db-dump-made.tar.gz"))
        let sheet = String(decoding: try Places.real("crates/db-dump-made.expected.tsv"), as: UTF8.self)
        let expected = sheet.split(separator: "\n").dropFirst().map { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            return [fields[0], fields[2], fields[3]].joined(separator: " ")
        }
        #expect(expected.count == 109)
        // The one link with a comma and the one with quotes are written as CSV writes them.
        let found = rows.map { $0.split(separator: " ").dropFirst().joined(separator: " ") }
        #expect(
            found.filter { !$0.hasPrefix("made-looks-like-csv") }.sorted()
                == expected.filter { !$0.hasPrefix("made-looks-like-csv") }.sorted())
        #expect(
            try folder.text("Crates.csv").contains(
                "Crates.io,made-looks-like-csv,\"https://example.org/a,b\",\"https://example.org/\"\"x\"\"\"\n"))
        #expect(try folder.problems(of: miner) == nil)
    }

    @Test("dumps of 2022, one after the other: numbered by when the crates were made")
    func recorded() async throws {
        let folder = try MinedFolder()
        let first = try await folder.run(miner, through: session("db-dump-2022-08-08.tar.gz"))
        #expect(
            first == [
                "1 regex https://github.com/rust-lang/regex https://github.com/rust-lang/regex",
                "2 rand https://rust-random.github.io/book https://github.com/rust-random/rand",
                "3 regex-syntax https://github.com/rust-lang/regex https://github.com/rust-lang/regex",
            ])
        let second = try await folder.run(miner, through: session("db-dump-2022-09-05.tar.gz"))
        #expect(second == first + ["4 pin-project nan https://github.com/taiki-e/pin-project"])
        await #expect(throws: WireError.self) {
            _ = try await folder.run(miner, through: session("db-dump-2022-08-08.tar.gz"))
        }
    }
}
