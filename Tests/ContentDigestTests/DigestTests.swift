import ContentDigest
import Testing

@Suite("Content digest")
struct DigestTests {
    // The checksums of "abc" are those of FIPS 180-4's and RFC 1321's own examples.
    @Test(
        "each algorithm gives the checksum of its specification's example",
        arguments: [
            (DigestAlgorithm.md5, "900150983cd24fb0d6963f7d28e17f72"),
            (.sha1, "a9993e364706816aba3e25717850c26c9cd0d89d"),
            (.sha224, "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7"),
            (.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                .sha384,
                "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"
            ),
            (
                .sha512,
                "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                    + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
            ),
        ])
    func example(algorithm: DigestAlgorithm, hex: String) throws {
        #expect(try Digest.hex(of: Array("abc".utf8), by: algorithm) == hex)
    }

    @Test("pieces of any kind of collection give the checksum of the whole")
    func pieces() throws {
        let digest = try Digest(.sha256)
        digest.update("a".utf8)
        digest.update([UInt8]())
        digest.update(ArraySlice(Array("xbcx".utf8))[1...2])
        #expect(digest.finish() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test("a finished checksum begins anew")
    func reuse() throws {
        let digest = try Digest(.sha256)
        digest.update([1, 2, 3])
        _ = digest.finish()
        // SHA-256 of nothing.
        #expect(digest.finish() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }

    @Test(
        "algorithms are known by the names that repositories write",
        arguments: [("sha", DigestAlgorithm.sha1), ("SHA256", .sha256), ("md5", .md5), ("sha3", nil)])
    func names(name: String, algorithm: DigestAlgorithm?) {
        #expect(DigestAlgorithm(named: name) == algorithm)
    }
}
