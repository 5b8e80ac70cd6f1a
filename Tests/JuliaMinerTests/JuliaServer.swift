import Foundation
import MinerHarness
import MinerTestKit
import PackageMining

/// A package server with the General registry, of which it has one state at a time.
struct JuliaServer {
    static let url = "https://julia.test"
    static let general = "23338594-aafe-5451-b93e-139f81909106"

    let session = StubSession(chunkSize: 1_000)

    /// - Parameter tree: what the server calls it.
    func publish(
        _ files: [(path: String, bytes: [UInt8])], tree: String, packed pack: ([UInt8]) -> [UInt8] = { gzip($0) }
    ) {
        var archive = TarWriter()
        for file in files { archive.addFile(file.path, file.bytes) }
        archive.end()
        publish(archive: pack(archive.bytes), tree: tree)
    }

    func publish(archive: [UInt8], tree: String) {
        let path = "/registry/\(Self.general)/\(tree)"
        let other = "/registry/00000000-8a1b-4e6c-9f2d-5c7b3a1e0d4f/\(String(repeating: "1", count: 40))"
        session.set("\(Self.url)/registries.eager", Array("\(other)\n\(path)\n".utf8))
        session.set(Self.url + path, archive)
    }
}
