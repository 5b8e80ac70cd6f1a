import Foundation
import MinerHarness
import PackageMining
import Testing

@Suite(
    "Dumps of RubyGems",
    .enabled(if: Places.realData != nil, "there is no real data beside this checkout"))
struct RubyGemsRealDataTests {
    private let bucket = GemBucket()

    /// The listing as it was recorded, and a dump in place of the newest one that it names.
    private func publish(_ dump: String) throws {
        bucket.session.set(GemBucket.listing, try Places.real("rubygems/rubygems-dumps.xml"))
        bucket.session.set(GemBucket.address("06"), try Places.real("rubygems/\(dump)"))
    }

    @Test("a dump that pg_dump wrote: each gem of the sheet, with its links, and nothing else")
    func made() async throws {
        try publish("public_postgresql-made.tar")
        let folder = try MinedFolder()
        _ = try await folder.run(bucket.miner, through: bucket.session, at: GemBucket.date(13))
        let sheet = String(decoding: try Places.real("rubygems/public_postgresql-made.expected.tsv"), as: UTF8.self)
        let expected = sheet.split(separator: "\n").dropFirst().compactMap { line -> String? in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).prefix(3)
            return fields[1] == "-" ? nil : fields.map(csv).joined(separator: ",")
        }
        let rows = try folder.text("RubyGems.csv").split(separator: "\n").dropFirst().map {
            String($0.split(separator: ",", maxSplits: 2)[2])
        }
        #expect(expected.count > 90)
        #expect(rows.sorted() == expected.sorted())
        #expect(try folder.problems(of: bucket.miner) == nil)
    }

    /// A field of the sheet, which doubles a backslash, as the list writes it.
    private func csv(_ field: Substring) -> String {
        let field = field.replacing(#"\\"#, with: #"\"#)
        return field.contains { ",\"".contains($0) } ? "\"\(field.replacing("\"", with: "\"\""))\"" : String(field)
    }

    @Test("a dump of 2022 that was cut to two tables is refused: it lacks the linksets")
    func cut() async throws {
        try publish("public_postgresql-2022.tar")
        let error = try await #require(throws: WireError.self) {
            _ = try await MinedFolder().run(bucket.miner, through: bucket.session, at: GemBucket.date(13))
        }
        #expect(error.reason.hasSuffix("it has no table public.linksets"))
    }
}
