import Foundation
import HexMiner
import MinerHarness
import PackageMining
import Testing

@Suite(
    "Recorded answers of hex.pm",
    .enabled(if: Places.realData != nil, "needs the recorded answers of hex.pm"))
struct HexRealDataTests {
    @Test("100 packages that were recorded: 98 name a repository by its label, 38 a homepage")
    func readsRecorded() async throws {
        let file = try Places.real("hex/packages-by-updated-at.json")
        let recorded = try JSONSerialization.jsonObject(with: Data(file)) as? [[String: Any]]
        // It was recorded newest first.
        let rows = try #require(recorded).reversed().map { row in
            String(decoding: try JSONSerialization.data(withJSONObject: row), as: UTF8.self)
        }
        let last = try #require(recorded?.first?["updated_at"] as? String)
        let api = HexAPI()
        api.answer(HexAPI.beginning, rows)
        api.answer(last, [try #require(rows.last)])
        let list = try await MinedFolder().run(HexMiner(apiURL: HexAPI.url), through: api.session)
        #expect(list.count == 100)
        #expect(list.filter { !$0.hasSuffix(" nan") }.count == 98)
        #expect(list.filter { $0.split(separator: " ")[2] != "nan" }.count == 38)
        #expect(list[0] == "1 stellar_base nan https://github.com/kommitters/stellar_base")
    }
}
