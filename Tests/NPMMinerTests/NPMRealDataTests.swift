import Foundation
import MinerHarness
import NPMMiner
import PackageMining
import Testing

@Suite("Recorded answers of npm", .enabled(if: Places.realData != nil, "needs the recorded answers of npm"))
struct NPMRealDataTests {
    private let npm = StubNPM()

    /// A line of the sheet of what each document says.
    private struct Expected {
        let file: String
        let name: String
        let links: String
        let note: String

        init(_ line: Substring) {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            (file, name, links) = (fields[0], fields[1], "\(fields[2]) \(fields[3])")
            note = fields.count > 4 ? fields[4] : ""
        }
    }

    private var sheet: [Expected] {
        get throws {
            let text = String(decoding: try Places.real("npm/expected.tsv"), as: UTF8.self)
            return text.split(separator: "\n").dropFirst().map(Expected.init)
        }
    }

    @Test("Each of 139 documents has the links that the sheet says, whichever of npm's answers it is")
    func readsDocuments() async throws {
        let rows = try sheet
        #expect(rows.count == 139)
        for row in rows {
            let path = row.name.replacing("/", with: "%2f")
            if row.file.hasPrefix("changes-") {
                npm.document(path, try document(of: row.name, in: row.file))
            } else if row.file.hasPrefix("packument/") {
                npm.document(path, String(decoding: try Places.real("npm/\(row.file)"), as: UTF8.self))
            } else {
                npm.manifest(path, String(decoding: try Places.real("npm/\(row.file)"), as: UTF8.self))
            }
            let package = Package(id: 1, name: row.name, newest: Release(version: ""))
            let answer = try await npm.miner.resolve(package, through: npm.session)
            #expect("\(answer.homepage ?? "nan") \(answer.repository ?? "nan")" == row.links, "\(row.file) \(row.name)")
            #expect((answer.outcome == .gone) == row.note.hasPrefix("unpublished"))
            // The next row may have the same name.
            npm.manifest(path, "", status: 404)
        }
    }

    private func document(of name: String, in file: String) throws -> String {
        let recorded = try JSONSerialization.jsonObject(with: Data(try Places.real("npm/\(file)"))) as? [String: Any]
        let rows = recorded?["results"] as? [[String: Any]] ?? []
        let document = try #require(rows.first { $0["id"] as? String == name }?["doc"])
        return String(decoding: try JSONSerialization.data(withJSONObject: document), as: UTF8.self)
    }

    @Test("The recorded pages of names and changes are listed, and a deletion withdraws")
    func readsPages() async throws {
        npm.updateSeq(0)
        let page = String(decoding: try Places.real("npm/_all_docs-first-rows-2025-09.json"), as: UTF8.self)
        npm.page(page)
        npm.page(
            from: "-----hsad-----",
            #"{"total_rows":3628088,"offset":2,"rows":[{"id":"-----hsad-----","value":{"rev":"1-a"}}]}"#)
        npm.feed(since: 0, String(decoding: try Places.real("npm/_changes-since-0.json"), as: UTF8.self))
        npm.feed(since: 2, String(decoding: try Places.real("npm/_changes-since-2.json"), as: UTF8.self))
        let last = try lastSeq(of: "npm/_changes-since-2.json")
        npm.feed(since: last, String(decoding: try Places.real("npm/_changes-deleted-row-2022.json"), as: UTF8.self))
        npm.feed(
            since: 2_495_018, String(decoding: try Places.real("npm/_changes-nothing-new-2016.json"), as: UTF8.self))
        npm.changes(since: 9_900_000)
        let folder = try MinedFolder()
        let names = try await folder.run(npm.miner, through: npm.session).map { $0.split(separator: " ")[1] }
        #expect(names.count == 7)
        #expect(names.prefix(3) == ["-", "\(String(repeating: "-", count: 128))whynunu", "-----hsad-----"])
        #expect(names.dropFirst(3).prefix(2) == ["overlay-fishnet", "shopping_site_detect"])
        #expect(
            try folder.problems(of: npm.miner)?.contains("it says that it has 3628088 rows, and 3 were met") == true)
    }

    private func lastSeq(of file: String) throws -> Int {
        let recorded = try JSONSerialization.jsonObject(with: Data(try Places.real(file))) as? [String: Any]
        return try #require(recorded?["last_seq"] as? Int)
    }

    @Test("Recorded names are listed in the order of their bytes, each once")
    func readsNames() async throws {
        for file in ["npm/names-2022.json", "npm/names-recent-2022.json"] {
            let recorded = try JSONSerialization.jsonObject(with: Data(try Places.real(file))) as? [String]
            let names = Set(try #require(recorded)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            npm.updateSeq(1)
            npm.allNames(names)
            npm.changes(since: 1)
            let run = StoredRun(npm.miner)
            try await run.list(through: npm.session)
            #expect(try await run.newest.map(\.name) == names)
            #expect(try await run.problems.isEmpty)
        }
    }
}
