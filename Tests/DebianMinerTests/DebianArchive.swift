import ContentDigest
import DebianMiner
import EcosystemPlugins
import Foundation
import MinerHarness
import MinerTestKit
import PackageMining

/// An archive of this kind, as a test publishes it.
struct DebianArchive {
    let session = StubSession(chunkSize: 7)
    let url = "https://debian.test/debian"

    /// What `InRelease` says beside its checksums and components.
    var fields = "Date: Wed, 25 Nov 2020 02:10:59 UTC\nAcquire-By-Hash: yes"

    func miner(_ suites: [String] = ["stable"], _ components: [String] = [], _ keyring: Keyring? = nil) -> DebianMiner {
        DebianMiner(archiveURL: url + "/", suites: suites, components: components, keyring: keyring)
    }

    func address(_ path: String, suite: String = "stable") -> String { "\(url)/dists/\(suite)/\(path)" }

    static func clearSigned(_ text: String) -> String {
        "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n\(text)"
            + "-----BEGIN PGP SIGNATURE-----\n\nbm9uZQ==\n-----END PGP SIGNATURE-----\n"
    }

    static func sha256(_ bytes: [UInt8]) throws -> String { try Digest.hex(of: bytes, by: .sha256) }

    /// Publishes a suite with these Sources, by their components, which lie packed where a file by its hash would.
    func publish(_ sources: [String: String], suite: String = "stable", tag: String? = nil) throws {
        var lines: [String] = []
        for (component, text) in sources.sorted(by: { $0.key < $1.key }) {
            let (plain, packed) = (Array(text.utf8), gzip(Array(text.utf8)))
            for (name, bytes) in [("Sources", plain), ("Sources.xz", packed)] {
                lines.append(" \(try Self.sha256(bytes)) \(bytes.count) \(component)/source/\(name)")
            }
            session.set(address("\(component)/source/by-hash/SHA256/\(try Self.sha256(packed))", suite: suite), packed)
        }
        try publish(index: lines, of: sources.keys.sorted(), suite: suite, tag: tag)
    }

    func publish(index lines: [String], of components: [String], suite: String = "stable", tag: String? = nil) throws {
        let told = (["Suite: \(suite)", fields, "Components: \(components.joined(separator: " "))", "SHA256:"] + lines)
        let text = told.map { $0 + "\n" }.joined()
        let headers = tag.map { [Header("ETag", "\"\($0)\"")] } ?? []
        session.set(address("InRelease", suite: suite), Array(Self.clearSigned(text).utf8), headers: headers)
    }

    /// The requests, below the archive's `dists`, hashes cut to their first digits.
    var asked: [String] {
        session.requests.map { $0.replacing("\(url)/dists/", with: "").replacing(/SHA256\/\w+/, with: "SHA256/…") }
    }

    func rows(_ components: [String] = []) async throws -> [String] {
        try await MinedFolder().run(miner(["stable"], components), through: session)
    }
}

/// A stanza of Sources.
func source(_ name: String, _ version: String = "1", _ fields: String...) -> String {
    (["Package: \(name)", "Version: \(version)"] + fields).map { $0 + "\n" }.joined() + "\n"
}

/// Checksums by the names that Debian has for them.
enum DigestNames {
    static func algorithm(_ field: String) -> DigestAlgorithm? {
        DigestAlgorithm(named: field.replacing("Sum", with: ""))
    }

    static func hex(_ bytes: [UInt8], _ algorithm: DigestAlgorithm) throws -> String {
        try Digest.hex(of: bytes, by: algorithm)
    }
}
