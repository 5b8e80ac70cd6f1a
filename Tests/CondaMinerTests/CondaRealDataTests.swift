import CondaMiner
import Foundation
import MinerHarness
import PackageMining
import Testing

@Suite("Recorded conda channels", .enabled(if: Places.realData != nil, "there is no real data beside this checkout"))
struct CondaRealDataTests {
    private let base = "https://conda.test"

    private func rows(_ files: [String: String]) async throws -> [String] {
        let session = StubSession(chunkSize: 10_000)
        for (path, name) in files { session.set("\(base)/\(path)", try Places.real("conda/\(name)")) }
        return try await MinedFolder().run(CondaMiner(channelURL: base), through: session)
    }

    @Test(
        "Each name of a recorded subdir is listed once, however it is compressed",
        arguments: [
            ("repodata-pytorch-linux-64.json.gz", 49), ("repodata-conda-forge-linux-64.json.bz2", 2),
            ("repodata-pkgs-free-linux-64.json.bz2", 3), ("repodata-pkgs-free-win-64.json.bz2", 9),
            ("repodata-pkgs-main-linux-64.json.bz2", 5), ("repodata-v3-demonstrate-wheel.json", 5),
            ("repodata-v3-with-wheels-noarch.json", 6),
        ])
    func subdir(file: String, count: Int) async throws {
        #expect(try await rows(["linux-64/repodata.json.zst": file]).count == count)
    }

    @Test("Links are those of channeldata, written by conda-index: null is none")
    func links() async throws {
        let rows = try await rows([
            "channeldata.json": "channeldata-anaconda-snowflake-2-packages.json",
            "noarch/repodata.json": "repodata-v3-demonstrate-wheel.json",
        ])
        #expect(rows.allSatisfy { $0.hasSuffix(" nan nan") })
    }
}
