import DebianMiner
import Foundation
import MinerHarness
import MinerTestKit
import PackageMining
import Testing

/// That a list is whole, as its index says it is, and of its time.
@Suite("Files of a Debian archive")
struct DebianFilesTests {
    private var archive = DebianArchive()

    private let old = "Date: Wed, 25 Nov 2020 02:10:59 UTC\nAcquire-By-Hash: yes"
    private func day(_ day: Int) -> Date { Date(timeIntervalSince1970: 1_606_262_400 + TimeInterval(day) * 86_400) }

    /// Publishes Sources of these bytes, under a name and a checksum, and what the index says is inside.
    private func publish(_ bytes: [UInt8], as name: String, saying told: (hash: String, size: Int), inside: String)
        throws
    {
        let lines = [" \(told.hash) \(told.size) main/source/\(name)", " \(inside) main/source/Sources"]
        archive.session.set(archive.address("main/source/\(name)"), bytes)
        try archive.publish(index: lines, of: ["main"])
    }

    @Test("A file is asked for by its hash, and by its name where the archive has it so alone or does not offer hashes")
    func byHash() async throws {
        try archive.publish(["main": source("a")])
        #expect(try await archive.rows() == ["1 a nan nan"])
        #expect(archive.asked == ["stable/InRelease", "stable/main/source/by-hash/SHA256/…"])
        for fields in [archive.fields, archive.fields.replacing("yes", with: "no"), "Date: none"] {
            var plain = DebianArchive()
            plain.fields = fields
            let packed = gzip(Array(source("a").utf8))
            plain.session.set(plain.address("main/source/Sources.gz"), packed)
            let line = " \(try DebianArchive.sha256(packed))   \(packed.count) main/source/Sources.gz"
            try plain.publish(index: [line], of: ["main"])
            #expect(try await plain.rows() == ["1 a nan nan"])
            let byHash = fields == archive.fields ? ["stable/main/source/by-hash/SHA256/…"] : []
            #expect(plain.asked == ["stable/InRelease"] + byHash + ["stable/main/source/Sources.gz"])
        }
    }

    @Test(
        "xz is taken before gzip, and read through all its streams and the padding between them",
        arguments: [1, 5, 1_000])
    func streams(chunkSize: Int) async throws {
        let session = StubSession(chunkSize: chunkSize)
        session.set(archive.address("InRelease"), try Places.fixture("debian/signed/InRelease"))
        session.set(archive.address("main/source/Sources.xz"), try Places.fixture("debian/streams/Sources.xz"))
        #expect(
            try await MinedFolder().run(archive.miner(), through: session)
                == ["1 first nan nan", "2 second https://second.test/ nan"])
    }

    @Test("Nothing counts of a file that is not what the index says of it, packed and inside")
    func verifies() async throws {
        let plain = Array(source("a").utf8)
        let packed = gzip(plain)
        let (hash, inside) = (try DebianArchive.sha256(packed), "\(try DebianArchive.sha256(plain)) \(plain.count)")
        let zeros = String(repeating: "0", count: 64)
        let cases: [([UInt8], hash: String, size: Int, inside: String, reason: String)] = [
            (packed, zeros, packed.count, inside, "its sha256 is \(hash), the registry says \(zeros)"),
            (
                packed, hash, packed.count + 1, inside,
                "its size is \(packed.count) bytes, the registry says \(packed.count + 1)"
            ),
            (packed, hash, packed.count, "\(zeros) \(plain.count)", "the inflated stream: its sha256 is"),
            (
                packed, hash, packed.count, inside.replacing(" \(plain.count)", with: " \(plain.count + 1)"),
                "the inflated stream: its size is \(plain.count) bytes"
            ),
            (
                packed, hash, packed.count, inside.replacing(" \(plain.count)", with: " 5"),
                "the stream inflates to more than 5 bytes"
            ),
            (packed.dropLast(9), hash, packed.count, inside, "its sha256 is"),
        ]
        for told in cases {
            try publish(told.0, as: "Sources.gz", saying: (told.hash, told.size), inside: told.inside)
            let error = try await #require(throws: WireError.self) { _ = try await archive.rows() }
            #expect(error.reason.contains(told.reason), "\(error.reason)")
        }
        try publish(packed, as: "Sources.gz", saying: (hash, packed.count), inside: inside)
        #expect(try await archive.rows() == ["1 a nan nan"])
    }

    @Test("A file that ends inside a stanza is no list, though its checksum is right")
    func cut() async throws {
        let cut = Array((source("a") + "Package: b\nVersi").utf8)
        try publish(cut, as: "Sources.xz", saying: (try DebianArchive.sha256(cut), cut.count), inside: "0 0")
        let error = try await #require(throws: WireError.self) { _ = try await archive.rows() }
        #expect(error.reason.contains("it is cut off: it has no line feed") && !error.isWorthRetrying)
    }

    @Test(
        "A suite that is signed anew and has the same Sources has nothing new, and an index that is as it was is not sent"
    )
    func unchanged() async throws {
        var archive = archive
        let folder = try MinedFolder()
        try archive.publish(["main": source("a"), "contrib": source("b")], tag: "1")
        let rows = ["1 a nan nan", "2 b nan nan"]
        for _ in 1...2 { #expect(try await folder.run(archive.miner(), through: archive.session) == rows) }
        archive.fields = old.replacing("25", with: "26")
        try archive.publish(["main": source("a"), "contrib": source("b")], tag: "2")
        for _ in 1...2 { #expect(try await folder.run(archive.miner(), through: archive.session) == rows) }
        #expect(archive.asked.filter { $0 != "stable/InRelease" }.count == 2)
        #expect(archive.session.known.map(\.etag) == ["\"1\"", "\"1\"", "\"2\""])
        #expect(try folder.text("datapackage.json").contains("\"registryTime\" : \"2020-11-26T02:10:59Z\""))
        try archive.publish(["main": source("a"), "contrib": source("c")], tag: "3")
        #expect(try await folder.run(archive.miner(), through: archive.session) == ["1 a nan nan", "3 c nan nan"])
    }

    @Test(
        "A suite whose Date goes back is an old copy and an error, and the list stays; each of several suites has its own"
    )
    func goesBack() async throws {
        var archive = archive
        let folder = try MinedFolder()
        let miner = archive.miner(["stable", "updates"])
        func publish(_ day: Int, _ suite: String, _ names: String) throws {
            archive.fields = old.replacing("25", with: "\(day)")
            try archive.publish(["main": source(names)], suite: suite)
        }
        try publish(25, "stable", "a")
        try publish(20, "updates", "b")
        #expect(try await folder.run(miner, through: archive.session, at: day(9)) == ["1 a nan nan", "2 b nan nan"])
        try publish(21, "updates", "c")
        #expect(try await folder.run(miner, through: archive.session, at: day(9)) == ["1 a nan nan", "3 c nan nan"])
        try publish(20, "updates", "b")
        let error = try await #require(throws: WireError.self) {
            _ = try await folder.run(miner, through: archive.session, at: day(9))
        }
        #expect(error.category == .outdated && error.url == archive.address("InRelease", suite: "updates"))
        #expect(
            error.reason
                == "it is of 2020-11-20T02:10:59Z, older than the list that was taken last, of 2020-11-21T02:10:59Z")
        #expect(try folder.text("Debian.csv").split(separator: "\n").count == 3)
    }

    @Test("A suite is held to the last Date that it had, also where nothing else was new with that")
    func goesBackUnchanged() async throws {
        var archive = archive
        let folder = try MinedFolder()
        for day in ["20", "25"] {
            archive.fields = old.replacing("25", with: day)
            try archive.publish(["main": source("a")])
            #expect(try await folder.run(archive.miner(), through: archive.session) == ["1 a nan nan"])
        }
        archive.fields = old.replacing("25", with: "22")
        try archive.publish(["main": source("b")])
        let error = try await #require(throws: WireError.self) {
            _ = try await folder.run(archive.miner(), through: archive.session)
        }
        #expect(error.category == .outdated)
    }

    @Test("A suite past its Valid-Until is an old copy, which is told as long as it is so, also where it is as it was")
    func validUntil() async throws {
        var archive = archive
        let folder = try MinedFolder()
        func run(_ number: Int) async throws -> String? {
            #expect(try await folder.run(archive.miner(), through: archive.session, at: day(number)) == ["1 a nan nan"])
            return try folder.problems(of: archive.miner())
        }
        archive.fields = old + "\nValid-Until: Wed, 02 Dec 2020 02:10:59 UTC"
        try archive.publish(["main": source("a")], tag: "1")
        #expect(try await run(3) == nil)
        let told = "gap,\(archive.address("InRelease")),it is an old copy: it was good until 2020-12-02T02:10:59Z"
        for day in [9, 10] { #expect(try await run(day) == told) }
        archive.fields = old.replacing("25 Nov", with: "03 Dec") + "\nValid-Until: Wed, 10 Dec 2020 02:10:59 UTC"
        try archive.publish(["main": source("a")], tag: "2")
        #expect(try await run(10) == nil)
    }

    @Test(
        "A Date is read as archives write it",
        arguments: [
            "Sat, 01 Jun 2019 02:10:59 UTC", "Sat, 1 Jun 2019 02:10:59 UTC", "Sat,  1 Jun 2019  2:10:59 UTC",
            "Sat, 01 Jun 2019 02:10:59 GMT", "Sat, 01 Jun 2019 02:10:59 +0000", "Sat, 01 Jun 2019 04:10:59 +0200",
        ])
    func times(text: String) async throws {
        var archive = archive
        let folder = try MinedFolder()
        archive.fields = "Date: \(text)\nAcquire-By-Hash: yes"
        try archive.publish(["main": source("a")])
        #expect(try await folder.run(archive.miner(), through: archive.session) == ["1 a nan nan"])
        #expect(try folder.text("datapackage.json").contains("\"registryTime\" : \"2019-06-01T02:10:59Z\""))
    }

    @Test("A time that is none is none", arguments: ["", "x", "2020-11-25", "Wed, 99 Nov 2020 02:10:59 UTC"])
    func noTime(text: String) async throws {
        var archive = archive
        archive.fields = "Date: \(text)\nValid-Until: \(text)"
        let packed = gzip(Array(source("a").utf8))
        archive.session.set(archive.address("main/source/Sources.gz"), packed)
        let line = " \(try DebianArchive.sha256(packed)) \(packed.count) main/source/Sources.gz"
        try archive.publish(index: [line], of: ["main"])
        #expect(try await archive.rows() == ["1 a nan nan"])
    }

    @Test(
        "An archive without InRelease has a Release, and one with neither is an error",
        arguments: [
            ("SHA256", 64), ("SHA512", 128), ("SHA1", 40), ("MD5Sum", 32),
        ])
    func release(field: String, digits: Int) async throws {
        let packed = gzip(Array(source("a").utf8))
        let algorithm = try #require(DigestNames.algorithm(field))
        let hash = try DigestNames.hex(packed, algorithm)
        #expect(hash.count == digits)
        let text =
            "Components: main\nAcquire-By-Hash: yes\n\(field):\n \(hash) \(packed.count) main/source/Sources.gz\n"
        await #expect(throws: WireError.self) { _ = try await archive.rows() }
        archive.session.set(archive.address("Release"), Array(text.utf8))
        archive.session.set(archive.address("main/source/by-hash/\(field)/\(hash)"), packed)
        #expect(try await archive.rows() == ["1 a nan nan"])
    }

    @Test("Sources that were replaced while they were read are read as the new index names them")
    func replaced() async throws {
        var archive = archive
        archive.fields = "Date: Wed, 25 Nov 2020 02:10:59 UTC"
        let (session, folder) = (archive.session, try MinedFolder())
        let new = gzip(Array(source("new").utf8))
        let line = " \(try DebianArchive.sha256(new)) \(new.count) main/source/Sources.gz"
        let other = DebianArchive()
        try other.publish(index: [line], of: ["main"])
        let index = other.session.answer(at: other.address("InRelease"))
        try archive.publish(
            index: [line.replacing(/[0-9a-f]{64}/, with: String(repeating: "1", count: 64))], of: ["main"])
        let (file, inRelease) = (archive.address("main/source/Sources.gz"), archive.address("InRelease"))
        session.set(file, [], status: 404) { session in
            session.set(file, new)
            session.set(inRelease, index)
        }
        #expect(try await folder.run(archive.miner(), through: session) == ["1 new nan nan"])
    }
}
