import CRANMiner
import MinerHarness
import PackageMining
import Testing

/// Files that R 4.2.2 wrote, and what it reads from them.
@Suite("CRAN's table, as R writes it", .enabled(if: Places.realData != nil, "needs files and verdicts of R"))
struct CRANRealDataTests {
    private static let url = "https://cran.test/web/packages/packages.rds"
    private let miner = CRANMiner(mirrorURL: "https://cran.test")

    /// Of each package the first row, as the list must tell it; columns by their titles.
    private func verdicts(_ path: String) throws -> [String: String] {
        let lines = String(decoding: try Places.real(path), as: UTF8.self).split(separator: "\n")
        let titles = lines[0].split(separator: "\t")
        let url = try #require(titles.firstIndex(of: "URL"))
        let rows = lines.dropFirst().map { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            let addresses = fields[url].replacing("\\n", with: " ").split { $0 == "," || $0.isWhitespace }
            return (String(fields[0]), fields[url] == "NA" ? "nan" : addresses.first.map { String($0) } ?? "nan")
        }
        return Dictionary(rows) { first, _ in first }
    }

    private func mined(_ path: String) async throws -> [String: String] {
        let session = StubSession([Self.url: try Places.real(path)])
        let run = StoredRun(miner)
        try await run.list(through: session)
        #expect(try await run.problems.isEmpty)
        return Dictionary(uniqueKeysWithValues: try await run.newest.map { ($0.name, $0.release.homepage ?? "nan") })
    }

    @Test(
        "A table of 127 rows is read as R reads it, as a matrix and a data frame, in gzip and xz",
        arguments: [
            "packages.matrix.v2", "packages.matrix.v3", "packages.dataframe.v2", "packages.dataframe.v3",
            "small.matrix.xz",
        ])
    func table(file: String) async throws {
        let verdicts = try verdicts("cran/packages.expected.tsv")
        let mined = try await mined("cran/\(file).rds")
        #expect(mined.filter { verdicts[$0.key] != $0.value } == [:])
        #expect(mined.count == 124 && verdicts.count == 124)
    }

    @Test("A table with all that R holds otherwise is read as R reads it", arguments: [2, 3])
    func oddities(version: Int) async throws {
        #expect(try await mined("cran/oddities.v\(version).rds") == verdicts("cran/oddities.expected.tsv"))
    }

    @Test(
        "R's text format and a table without addresses are refused by name",
        arguments: [
            ("small.matrix.ascii", "of R's formats X is read, and not 'A'"),
            ("drat-PACKAGES", "it has no column 'URL' of texts"),
        ])
    func refused(file: String, reason: String) async throws {
        let session = StubSession([Self.url: try Places.real("cran/\(file).rds")])
        let error = try await #require(throws: WireError.self) { try await StoredRun(miner).list(through: session) }
        #expect(error.reason.hasSuffix(reason), "\(error.reason)")
    }
}
