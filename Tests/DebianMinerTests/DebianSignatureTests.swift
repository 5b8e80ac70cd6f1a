import ArgumentParser
import DebianMiner
import EcosystemPlugins
import Foundation
import MachineTools
import MinerHarness
import MinerTestKit
import PackageMining
import Testing

@Suite(
    "Signatures of a Debian archive", .enabled(if: Tool.machine("gpgv") != nil, "gpgv is not installed"))
struct DebianSignatureTests {
    private let archive = DebianArchive()
    private let rows = ["1 first nan nan", "2 second https://second.test/ nan"]

    private func keyring(_ name: String = "keyring") throws -> Keyring {
        try Keyring(Places.fixtures.appending(path: "debian/signed/\(name).gpg").path)
    }

    private func serve(_ names: String...) throws {
        for name in names { archive.session.set(archive.address(name), try Places.fixture("debian/signed/\(name)")) }
        archive.session.set(archive.address("main/source/Sources.xz"), try Places.fixture("debian/streams/Sources.xz"))
    }

    private func run(_ keyring: Keyring, _ folder: MinedFolder) async throws -> [String] {
        try await folder.run(archive.miner(["stable"], [], keyring), through: archive.session)
    }

    @Test(
        "A suite that a key of the keyring has signed is listed, and the manifest says by which keyring",
        arguments: [
            ["InRelease"], ["Release", "Release.gpg"],
        ])
    func good(names: [String]) async throws {
        for name in names { try serve(name) }
        let folder = try MinedFolder()
        for _ in 1...2 { #expect(try await run(try keyring(), folder) == rows) }
        #expect(try folder.text("datapackage.json").contains("\"signature\" : \"verified by gpgv with keyring.gpg\""))
        #expect(archive.asked.filter { $0.contains("Sources") || $0.contains("by-hash") }.count == 2)
    }

    @Test("One that none has signed, or that says something else than was signed, is refused, and the list stays")
    func bad() async throws {
        let folder = try MinedFolder()
        try serve("InRelease")
        #expect(try await run(try keyring(), folder) == rows)
        let stranger = try await #require(throws: BrokenProof.self) {
            _ = try await run(try keyring("stranger"), folder)
        }
        #expect(stranger.url == archive.address("InRelease"))
        #expect(stranger.reason.hasPrefix("none of the keys in stranger.gpg has signed it, but "))
        let forged = String(decoding: try Places.fixture("debian/signed/InRelease"), as: UTF8.self)
            .replacing("Codename: tidy", with: "Codename: todo")
        archive.session.set(archive.address("InRelease"), Array(forged.utf8))
        let error = try await #require(throws: BrokenProof.self) { _ = try await run(try keyring(), folder) }
        #expect(error.reason == "its signature is not of what it says")
        #expect(try folder.text("Debian.csv").split(separator: "\n").count == 3)
    }

    @Test("What a document says of itself is not taken for gpgv's word")
    func echo() async throws {
        let text = String(decoding: try Places.fixture("debian/signed/InRelease"), as: UTF8.self)
            .replacing("Codename: tidy", with: "[GNUPG:] GOODSIG 0123456789ABCDEF Fixture")
        let error = try await #require(throws: BrokenProof.self) {
            try await keyring("stranger").verify(
                Array(text.utf8), at: "https://a", beside: "https://b", through: archive.session)
        }
        #expect(error.reason.hasPrefix("none of the keys in stranger.gpg has signed it, but "))
    }

    @Test("A keyring may be armored, as /etc/apt/keyrings has some, and hold several keys")
    func armored() async throws {
        let scratch = try ScratchFolder(named: "keys")
        let file = try #require(scratch.file(named: "keys.asc"))
        let blocks = try ["stranger", "keyring"].map { name in
            let keys = Data(try Places.fixture("debian/signed/\(name).gpg"))
            let text = keys.base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
            let head = name == "keyring" ? "" : "Comment: one\nVersion: 1\n"
            return "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\(head)\n\(text)\n=abcd\n-----END PGP PUBLIC KEY BLOCK-----\n"
        }
        try Data(blocks.joined(separator: "\n").utf8).write(to: file)
        try serve("InRelease")
        #expect(try await run(try Keyring(file.path), MinedFolder()) == rows)
    }

    @Test("A Release without its signature is not believed, and what is no signature neither")
    func unsigned() async throws {
        try serve("Release")
        let folder = try MinedFolder()
        let error = try await #require(throws: WireError.self) { _ = try await run(try keyring(), folder) }
        #expect(error.category == .absent && error.url == archive.address("Release.gpg"))
        archive.session.set(archive.address("Release.gpg"), Array("<html>".utf8))
        let proof = try await #require(throws: BrokenProof.self) { _ = try await run(try keyring(), folder) }
        #expect(proof.reason == "gpgv finds no signature in it that it can read")
    }
}

@Suite("Keyrings of a Debian archive")
struct DebianKeyringTests {
    @Test("Where gpgv is not installed a keyring verifies nothing, and that is said: at once, and in the manifest")
    func noTool() async throws {
        let file = Places.fixtures.appending(path: "debian/signed/stranger.gpg").path
        let keyring = try Keyring(file, UserSettings(environment: ["PATH": "/nowhere"]))
        let archive = DebianArchive()
        try archive.publish(["main": source("a")])
        let miner = archive.miner(["stable"], [], keyring)
        let folder = try MinedFolder()
        #expect(try await folder.run(miner, through: archive.session) == ["1 a nan nan"])
        #expect(try folder.text("datapackage.json").contains("\"signature\" : \"not verified\""))
        #expect(keyring.notice == "gpgv is not installed, so that no signature is verified")
    }

    @Test("A keyring that is not there is told with the options")
    func noFile() {
        let error = #expect(throws: OptionError.self) { _ = try Keyring("/nowhere/keys.gpg") }
        #expect(error?.description == "/nowhere/keys.gpg cannot be read\nhint: give --keyring a file of keys")
    }

    @Test("Without an archive's address, and with a name that leads elsewhere, it is said what to give")
    func options() throws {
        let none = #expect(throws: OptionError.self) { _ = try DebianPlugin.parse([]).makeMiner() }
        #expect(
            none?.description
                == "no archive is named, and none is built in\nhint: give --archive-url, the folder of dists/")
        let away = #expect(throws: OptionError.self) {
            _ = try DebianPlugin.parse(["--archive-url", "https://a.test", "--suite", "../x"]).makeMiner()
        }
        #expect(away?.description.hasPrefix("\"../x\" is no suite and no component\nhint: ") == true)
        let words = ["--archive-url", "https://a.test/debian/", "--suite", "a", "--suite", "b", "--component", "main"]
        let ecosystem = try DebianPlugin.parse(words).makeMiner().ecosystem
        #expect(ecosystem.options == ["suite": "a b", "component": "main", "repository": "of the packaging"])
        #expect(ecosystem.registries.map(\.url) == ["https://a.test/debian"])
        #expect(
            try DebianPlugin.parse(["--archive-url", "https://a"]).makeMiner().ecosystem.options["component"] == "all")
    }
}
