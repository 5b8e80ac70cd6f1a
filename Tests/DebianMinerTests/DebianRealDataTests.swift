import DebianMiner
import EcosystemPlugins
import Foundation
import MachineTools
import MinerHarness
import PackageMining
import RecordReaders
import Testing

@Suite("Recorded Debian archives", .enabled(if: Places.realData != nil, "there is no real data beside this checkout"))
struct DebianRealDataTests {
    private let archive = DebianArchive()

    /// The list of an archive whose main has this file of the real ones.
    private func rows(_ file: String, ending: String = "", _ folder: MinedFolder? = nil) async throws -> [String] {
        let bytes = try Places.real("debian/\(file)")
        let lines = [" \(try DebianArchive.sha256(bytes)) \(bytes.count) main/source/Sources\(ending)"]
        archive.session.set(archive.address("main/source/Sources\(ending)"), bytes)
        try archive.publish(index: lines, of: ["main"])
        return try await (folder ?? MinedFolder()).run(archive.miner(), through: archive.session)
    }

    @Test("Each source of a recorded Sources is listed once, the same from xz as from gzip, and all of it can be read")
    func sources() async throws {
        let folder = try MinedFolder()
        let rows = try await rows("bookworm-main-400-Sources.xz", ending: ".xz", folder)
        #expect(try folder.problems(of: archive.miner()) == nil)
        #expect(try await self.rows("bookworm-main-400-Sources.gz", ending: ".gz") == rows)
        #expect(rows.count == 364)
        // What a script of other make lists, with `dpkg --compare-versions` of dpkg 1.21.22 for the 26 sources that have
        // several stanzas.
        let sum = try DebianArchive.sha256(Array(rows.joined(separator: "\n").utf8))
        #expect(sum == "b2e3604ef7486bf8e5352ab3c394ab3c942bd53ffd8056cdceb29e0cc37083fe")
    }

    @Test(
        "Other recorded Sources are listed to the last row",
        arguments: [
            (
                "buster-Sources",
                [
                    "1 git https://git-scm.com/ https://repo.or.cz/r/git/debian.git/",
                    "2 subversion http://subversion.apache.org/ https://salsa.debian.org/jamessan/subversion.git",
                ]
            ),
            (
                "ubuntu-Sources",
                [
                    "1 aalib http://aa-project.sourceforge.net/aalib/ https://salsa.debian.org/debian/aalib.git",
                    "2 abseil https://abseil.io/ https://salsa.debian.org/debian/abseil.git",
                    "3 libreoffice https://www.libreoffice.org https://salsa.debian.org/libreoffice-team/libreoffice",
                ]
            ),
        ])
    func others(file: String, rows: [String]) async throws {
        #expect(try await self.rows(file) == rows)
    }

    @Test("Versions have the order that dpkg gave them, in all 495 pairs")
    func order() throws {
        let pairs = DebianVersionTests.pairs(
            String(decoding: try Places.real("debian/version-order.tsv"), as: UTF8.self))
        #expect(pairs.count == 495)
        for (a, sign, b) in pairs { #expect(DebianVersionTests.sign(a, b) == sign, "\(a) \(b)") }
    }

    private static let keys = "/usr/share/keyrings/debian-archive-keyring.gpg"

    @Test(
        "A recorded InRelease names the Sources of its four components by their hashes, and those that are empty are read"
    )
    func index() async throws {
        archive.session.set(archive.address("InRelease"), try Places.real("debian/bookworm-updates-InRelease"))
        // `xz </dev/null`, as three of the four components have it.
        let hash = "0040f94d11d0039505328a90b2ff48968db873e9e7967307631bf40ef5679275"
        for component in ["contrib", "non-free", "non-free-firmware"] {
            archive.session.set(archive.address("\(component)/source/by-hash/SHA256/\(hash)"), Self.empty)
        }
        #expect(try await archive.rows(["contrib", "non-free-firmware", "non-free"]).isEmpty)
        #expect(archive.asked.count == 4)
        let error = try await #require(throws: WireError.self) { _ = try await archive.rows() }
        #expect(error.category == .absent && error.url == archive.address("main/source/Sources.xz"))
    }

    private static let empty: [UInt8] = [
        0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00, 0x00, 0x04, 0xE6, 0xD6, 0xB4, 0x46, 0x00, 0x00, 0x00, 0x00,
        0x1C, 0xDF, 0x44, 0x21, 0x1F, 0xB6, 0xF3, 0x7D, 0x01, 0x00, 0x00, 0x00, 0x00, 0x04, 0x59, 0x5A,
    ]

    @Test(
        "Its signature is Debian's",
        .enabled(
            if: Tool.machine("gpgv") != nil && FileManager.default.isReadableFile(atPath: keys),
            "gpgv or Debian's keyring is not installed"))
    func signature() async throws {
        let document = try Places.real("debian/bookworm-updates-InRelease")
        let keyring = try Keyring(Self.keys)
        try await keyring.verify(document, at: "https://a", beside: "https://b", through: archive.session)
        let forged = document.map { $0 == UInt8(ascii: "9") ? UInt8(ascii: "8") : $0 }
        await #expect(throws: BrokenProof.self) {
            try await keyring.verify(forged, at: "https://a", beside: "https://b", through: archive.session)
        }
    }
}
