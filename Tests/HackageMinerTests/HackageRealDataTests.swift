import HackageMiner
import MinerHarness
import PackageMining
import Testing

/// What Cabal 3.4.1's own parser says of real files of Hackage.
@Suite(
    "Files of Hackage, as Cabal reads them",
    .enabled(if: Places.realData != nil, "needs files of Hackage and Cabal's verdicts"))
struct HackageRealDataTests {
    private static let url = "https://hackage.test/01-index.tar.gz"

    /// A row of the verdicts: name, version, homepage, then `kind|type|location|subdir` of each repository.
    private func verdicts(_ path: String) throws -> [String: String] {
        let lines = String(decoding: try Places.real(path), as: UTF8.self).split(separator: "\n")
        let rows = lines.map { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            let repositories = fields.dropFirst(3).map { $0.split(separator: "|", omittingEmptySubsequences: false) }
            let located = ["head", "this"].flatMap { kind in repositories.filter { $0[0] == kind && $0[2] != "-" } }
            let homepage = fields[2].split(separator: " ").joined(separator: " ")
            return (fields[0], "\(fields[1]) \(homepage.isEmpty ? "nan" : homepage) \(located.first?[2] ?? "nan")")
        }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    private func mined(_ path: String) async throws -> [String: String] {
        let session = StubSession([Self.url: try Places.real(path)], chunkSize: 10_000)
        let run = StoredRun(HackageMiner(indexURL: Self.url))
        try await run.list(through: session)
        #expect(try await run.problems.isEmpty)
        let rows = try await run.newest.map { name, release in
            (name, "\(release.version) \(release.homepage ?? "nan") \(release.repository ?? "nan")")
        }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    @Test("An index with revisions: every package, version and link is the one that Cabal reads")
    func sample() async throws {
        let verdicts = try verdicts("hackage/01-index-sample.expected.tsv")
        let mined = try await mined("hackage/01-index-sample.tar.gz")
        // In this file `gitlab@…`, which looks like a mail address, was replaced by another after Cabal had read it.
        #expect(mined.keys.filter { verdicts[$0] != mined[$0] } == ["tahoe-chk"])
        #expect(mined["tahoe-chk"]?.hasSuffix(" someone@example.org:privatestorage/tahoe-chk.git") == true)
        #expect(mined.count == verdicts.count && verdicts.count == 265)
    }

    @Test("The newest versions of 990 packages: every link is the one that Cabal reads")
    func newest() async throws {
        var mined: [String: String] = [:]
        for part in 1...3 { mined.merge(try await self.mined("hackage/newest-\(part).tar.gz")) { $1 } }
        let verdicts = try verdicts("hackage/newest.expected.tsv")
        #expect(mined.filter { verdicts[$0.key] != $0.value } == [:])
        #expect(mined.count == verdicts.count && verdicts.count == 990)
    }
}
