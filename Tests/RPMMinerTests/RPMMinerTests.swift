import ContentDigest
import Foundation
import MinerHarness
import PackageMining
import RPMMiner
import Testing

@Suite("RPM miner")
struct RPMMinerTests {
    private let base = "http://rpm.test/os"
    private let miner = RPMMiner(repositoryURL: "http://rpm.test/os/")

    private func serve(
        _ primary: [UInt8], by algorithm: DigestAlgorithm = .sha256, named: String? = nil, checksum: String? = nil,
        at location: String = "repodata/primary.xml", from session: StubSession = StubSession(chunkSize: 7)
    ) throws -> StubSession {
        let index = try Places.fixtureText("rpm/small/repomd.xml")
            .replacing("{algorithm}", with: named ?? algorithm.rawValue)
            .replacing("{checksum}", with: try checksum ?? Digest.hex(of: primary, by: algorithm))
            .replacing("{location}", with: location)
        session.set("\(base)/repodata/repomd.xml", Array(index.utf8))
        session.set("\(base)/\(location.replacing("+", with: "%2B"))", primary)
        return session
    }

    private var small: [UInt8] { get throws { try Places.fixture("rpm/small/primary.xml") } }

    @Test("each name is one package, with the homepage of its newest build")
    func list() async throws {
        let session = try serve(small)
        let run = StoredRun(miner)
        try await run.list(through: session)
        let rows = try await run.rows(through: session)
        #expect(
            rows.map(\.description) == [
                "epochal 1:0.1-1 https://epoch.example/?a=1&b=2 nan (no repository)",
                "libstdc++ 0:15-1 nan nan (no repository)",
                "tool 0:1.10-1.fc43 https://tool.example/ nan (no repository)",
            ])
        #expect(try await run.problems.isEmpty)
    }

    @Test(
        "any checksum that repositories use is verified",
        arguments: [("sha", DigestAlgorithm.sha1), ("SHA512", .sha512)])
    func algorithms(name: String, algorithm: DigestAlgorithm) async throws {
        let session = try serve(small, by: algorithm, named: name)
        let run = StoredRun(miner)
        try await run.list(through: session)
        #expect(try await run.newest.count == 3)
    }

    @Test("nothing of a file is believed whose checksum is wrong")
    func checksum() async throws {
        let session = try serve(small, checksum: String(repeating: "0", count: 64))
        let run = StoredRun(miner)
        let error = try await #require(throws: WireError.self) { try await run.list(through: session) }
        #expect(error.category == .malformed)
        #expect(error.reason.hasSuffix("the registry says \(String(repeating: "0", count: 64))"))
        #expect(await run.pages == 0)
    }

    @Test("a repository that is as it was is not read again, and one that changed is")
    func update() async throws {
        let session = try serve(small)
        let run = StoredRun(miner)
        try await run.list(through: session)
        try await run.list(through: session)
        #expect(session.requests.count == 3)
        let grown = String(decoding: try small, as: UTF8.self).replacing("<name>epochal", with: "<name>new")
        _ = try serve(Array(grown.utf8), from: session)
        try await run.list(through: session)
        #expect(try await run.newest.map(\.name).contains("new"))
    }

    @Test("the index of a repository is asked for with what is known of it, where its server tells something")
    func conditional() async throws {
        let session = try serve(small)
        let index = session.answer(at: "\(base)/repodata/repomd.xml")
        session.set("\(base)/repodata/repomd.xml", index, headers: [Header("ETag", "\"1\"")])
        let run = StoredRun(miner)
        for _ in 1...3 { try await run.list(through: session) }
        #expect(session.requests.count == 4)
        #expect(session.known.map(\.etag) == ["\"1\"", "\"1\""])
        #expect(try await run.newest.count == 3)
    }

    @Test("a plus sign in a location is escaped")
    func plus() async throws {
        let session = try serve(small, at: "repodata/c++-primary.xml")
        let run = StoredRun(miner)
        try await run.list(through: session)
        #expect(session.requests.last == "\(base)/repodata/c%2B%2B-primary.xml")
    }

    @Test("a file that is gone from an unchanged repository is an error")
    func gone() async throws {
        let session = try serve(small)
        session.set("\(base)/repodata/primary.xml", [], status: 404)
        let error = try await #require(throws: WireError.self) { try await StoredRun(miner).list(through: session) }
        #expect(error.category == .absent)
        #expect(session.requests.count == 3)
    }

    @Test("a repository that was refreshed meanwhile is read as it is now")
    func refreshed() async throws {
        let session = try serve(small, at: "repodata/new-primary.xml")
        let newer = session.answer(at: "\(base)/repodata/repomd.xml")
        _ = try serve(small, at: "repodata/old-primary.xml", from: session)
        session.set("\(base)/repodata/old-primary.xml", [], status: 404) { session in
            session.set("\(base)/repodata/repomd.xml", newer)
        }
        let run = StoredRun(miner)
        try await run.list(through: session)
        #expect(try await run.newest.count == 3)
    }

    @Test("a repository that createrepo_c made is read, however it is compressed", arguments: ["gz", "xz", "zst"])
    func compressed(by format: String) async throws {
        let session = StubSession(chunkSize: 100)
        for file in try Places.files(of: "rpm/createrepo/\(format)") { session.set("\(base)/\(file.path)", file.bytes) }
        #expect(
            try await MinedFolder().run(miner, through: session) == [
                "1 demo https://new.example/a?b&c nan", "2 libdemo++ https://new.example/a?b&c nan",
            ])
    }

    @Test("of a compressed file that is damaged or cut nothing is believed", arguments: ["gz", "xz", "zst"])
    func damaged(format: String) async throws {
        for isCut in [true, false] {
            let session = StubSession(chunkSize: 100)
            for file in try Places.files(of: "rpm/createrepo/\(format)") {
                var bytes = file.bytes
                if file.path.contains("primary") {
                    if isCut { bytes.removeLast(9) } else { bytes[bytes.count / 2] ^= 1 }
                }
                session.set("\(base)/\(file.path)", bytes)
            }
            let run = StoredRun(miner)
            let error = try await #require(throws: WireError.self) { try await run.list(through: session) }
            #expect(error.category == .malformed && error.attempts == 6)
            #expect(await run.pages == 0)
        }
    }

    @Test("a name that the repository no longer has is left out, and returns with its Package ID")
    func vanishes() async throws {
        let folder = try MinedFolder()
        let session = try serve(small)
        let rows = [
            "1 epochal https://epoch.example/?a=1&b=2 nan", "2 libstdc++ nan nan", "3 tool https://tool.example/ nan",
        ]
        #expect(try await folder.run(miner, through: session) == rows)
        let other = String(decoding: try small, as: UTF8.self).replacing("<name>epochal", with: "<name>other")
        _ = try serve(Array(other.utf8), from: session)
        #expect(
            try await folder.run(miner, through: session)
                == rows.dropFirst() + ["4 other https://epoch.example/?a=1&b=2 nan"])
        _ = try serve(small, from: session)
        #expect(try await folder.run(miner, through: session) == rows)
    }

    @Test("another homepage of the same build is published")
    func otherHomepage() async throws {
        let folder = try MinedFolder()
        let session = try serve(small)
        _ = try await folder.run(miner, through: session)
        let other = String(decoding: try small, as: UTF8.self).replacing("tool.example", with: "moved.example")
        _ = try serve(Array(other.utf8), from: session)
        #expect(try await folder.run(miner, through: session).last == "3 tool https://moved.example/ nan")
    }

    @Test(
        "Fedora's own repomd.xml is read",
        .enabled(if: Places.realData != nil, "there is no real data beside this checkout"),
        arguments: ["fedora-26", "fedora-36"])
    func fedora(release: String) async throws {
        let session = StubSession()
        session.set("\(base)/repodata/repomd.xml", try Places.real("rpm/\(release)/repomd.xml"))
        _ = await #expect(throws: WireError.self) { try await StoredRun(miner).list(through: session) }
        #expect(session.requests[1].hasSuffix("-primary.xml.gz"))
    }

    @Test(
        "an excerpt of Fedora's primary file is read once its checksum is right",
        .enabled(if: Places.realData != nil, "there is no real data beside this checkout"))
    func excerpt() async throws {
        let session = try serve(Places.real("rpm/fedora-36/primary.xml.gz"))
        let run = StoredRun(miner)
        try await run.list(through: session)
        let ffff = try await run.newest.first { $0.name == "0xFFFF" }
        #expect(ffff?.release.homepage == "https://talk.maemo.org/showthread.php?t=87996")
    }
}
