import Foundation
import MinerHarness
import PackageMining
import RubyGemsMiner
import Testing

@Suite("Which dump of RubyGems is taken")
struct DumpChoiceTests {
    private let bucket = GemBucket()

    private func run(_ folder: MinedFolder, on day: Int = 13) async throws -> [String] {
        try await folder.run(bucket.miner, through: bucket.session, at: GemBucket.date(day))
    }

    private var asked: [String] { bucket.session.requests }

    @Test("the folder may be named with a slash at its end, and so may the bucket alone")
    func addresses() async throws {
        bucket.list([GemBucket.key("06")])
        bucket.publish(GemDump(), on: "06")
        for ending in ["", "/", "/\(GemBucket.folder)", "/\(GemBucket.folder)/"] {
            let miner = RubyGemsMiner(dumpURL: GemBucket.url + ending)
            let rows = try await MinedFolder().run(miner, through: bucket.session, at: GemBucket.date(13))
            #expect(rows == ["1 a https://h https://c"])
            #expect(miner.ecosystem == bucket.miner.ecosystem)
        }
    }

    @Test("a dump that is as it was takes two requests, and is not read")
    func unchanged() async throws {
        let folder = try MinedFolder()
        bucket.list([GemBucket.key("06")])
        bucket.publish(GemDump(), on: "06", tag: "1")
        for _ in 1...2 { #expect(try await run(folder) == ["1 a https://h https://c"]) }
        #expect(asked == [GemBucket.listing, GemBucket.address("06"), GemBucket.listing, GemBucket.address("06")])
        #expect(bucket.session.known.map(\.etag) == ["\"1\""])
    }

    @Test("a page of the listing that is as it was hides no newer dump behind it")
    func pages() async throws {
        let folder = try MinedFolder()
        bucket.list([GemBucket.key("05")], more: "true")
        let first = bucket.session.answer(at: GemBucket.listing)
        bucket.session.set(GemBucket.listing, first, headers: [Header("ETag", "\"page\"")])
        bucket.list([], behind: GemBucket.key("05"))
        bucket.publish(GemDump(), on: "05", tag: "1")
        #expect(try await run(folder).count == 1)
        bucket.list([GemBucket.key("06")], behind: GemBucket.key("05"))
        var dump = GemDump()
        dump.set("rubygems", ["1\tnewer\tt"])
        bucket.publish(dump, on: "06")
        #expect(try await run(folder) == ["2 newer https://h https://c"])
    }

    @Test("a NextMarker, where there is one, leads on")
    func nextMarker() async throws {
        bucket.list([GemBucket.key("05")], more: "true", "<NextMarker>z</NextMarker>")
        bucket.list([GemBucket.key("06")], behind: "z")
        bucket.publish(GemDump(), on: "06")
        #expect(try await run(MinedFolder()) == ["1 a https://h https://c"])
        #expect(asked[1].hasSuffix("&marker=z"))
    }

    @Test(
        "a listing that does not lead to its end is asked for again, never taken for whole",
        arguments: [("true", []), ("", [GemBucket.key("06")]), ("yes", [GemBucket.key("06")])])
    func openListing(more: String, keys: [String]) async throws {
        bucket.list(keys, more: more)
        bucket.publish(GemDump(), on: "06")
        let error = try await #require(throws: WireError.self) { _ = try await run(MinedFolder()) }
        #expect(error.isWorthRetrying && error.url == GemBucket.listing)
        #expect(error.reason.hasPrefix("the listing "))
    }

    @Test("a listing that leads round in circles comes to an end")
    func circle() async throws {
        bucket.list([GemBucket.key("05")], more: "true")
        bucket.list([GemBucket.key("05")], behind: GemBucket.key("05"), more: "true")
        let error = try await #require(throws: WireError.self) { _ = try await run(MinedFolder()) }
        #expect(error.reason == "the listing says that more follows, and does not say what")
    }

    @Test("a bucket without a dump is no empty list")
    func noDump() async throws {
        bucket.list([
            "\(GemBucket.folder)/latest/public_postgresql.tar", "other/2022.10.06.06.10.05/public_postgresql.tar",
        ])
        let error = try await #require(throws: WireError.self) { _ = try await run(MinedFolder()) }
        #expect(error.reason == "the bucket has no dump that can be had" && !error.isWorthRetrying)
    }

    @Test("a dump that is older than two weeks is told, also where it is as it was, until a newer one comes")
    func stale() async throws {
        let folder = try MinedFolder()
        bucket.list([GemBucket.key("06")])
        bucket.publish(GemDump(), on: "06", tag: "1")
        let rows = ["1 a https://h https://c"]
        #expect(try await run(folder, on: 19) == rows)
        #expect(try folder.problems(of: bucket.miner) == nil)
        for day in [21, 28] {
            #expect(try await run(folder, on: day) == rows)
            #expect(
                try folder.problems(of: bucket.miner)
                    == "gap,\(GemBucket.address("06")),\"it is of 2022-10-06T06:10:05Z, more than 14 days old\"")
        }
        bucket.list([GemBucket.key("06"), GemBucket.key("27")])
        bucket.publish(GemDump(), on: "27")
        #expect(try await run(folder, on: 28) == rows)
        #expect(try folder.problems(of: bucket.miner) == nil)
    }

    @Test("a dump older than the last that was taken is not even asked for, and the list stays")
    func older() async throws {
        let folder = try MinedFolder()
        bucket.list([GemBucket.key("05"), GemBucket.key("06")])
        bucket.publish(GemDump(), on: "06")
        _ = try await run(folder)
        bucket.list([GemBucket.key("05")])
        let error = try await #require(throws: WireError.self) { _ = try await run(folder) }
        #expect(error.reason.hasPrefix("it is of 2022-10-05T06:10:05Z, older than the list that was taken last"))
        #expect(asked == [GemBucket.listing, GemBucket.address("06"), GemBucket.listing])
        #expect(try folder.text("RubyGems.csv").hasSuffix("1,RubyGems,a,https://h,https://c\n"))
    }

    @Test("a dump that was taken away between its listing and its download is looked for again")
    func takenAway() async throws {
        bucket.list([GemBucket.key("05")])
        bucket.publish(GemDump(), on: "06")
        bucket.session.set(GemBucket.address("05"), [], status: 404) { _ in
            bucket.list([GemBucket.key("06")])
        }
        #expect(try await run(MinedFolder()) == ["1 a https://h https://c"])
    }
}
