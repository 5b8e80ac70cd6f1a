import ContentDigest
import Foundation
import Testing

@Suite("Studies, as commands")
struct StudyTests {
    private static let header = "Package ID,Platform,Name,Homepage,Repository\n"

    @Test("the data package of a comparison names each file with its SHA-256")
    func digests() async throws {
        let folder = try await compared([])
        struct Package: Decodable {
            struct Resource: Decodable {
                let name: String
                let path: String
                let hash: String
                let bytes: Int
            }
            let resources: [Resource]
        }
        let resources = try JSONDecoder().decode(Package.self, from: Data(folder.text("out/datapackage.json").utf8))
            .resources
        #expect(resources.map(\.path).contains("2-ecosystems/A+B-C.csv"))
        #expect(Set(resources.map(\.name)).count == resources.count)
        for resource in resources {
            let bytes = Array(try folder.text("out/\(resource.path)").utf8)
            #expect(resource.bytes == bytes.count)
            #expect(resource.hash == "sha256:\(try Digest.hex(of: bytes, by: .sha256))")
        }
    }

    @Test(
        "frictionless validates a comparison",
        .enabled(if: pythonHas("frictionless"), "needs the Python package frictionless"),
        arguments: [[], ["--wide"], ["--inferred"], ["--match", "name"]])
    func frictionless(_ options: [String]) async throws {
        let folder = try await compared(options)
        let outcome = try await frictionlessReport(of: folder.url.appending(path: "out"))
        #expect(outcome.output.hasPrefix("True "), "\(outcome.output)\(outcome.errors)")
        #expect(outcome.output.hasSuffix(" []\n"))
    }

    /// A comparison of lists with what is hard on readers: commas, quotes, line breaks, a package called `nan`, and
    /// combinations whose names fold to one.
    private func compared(_ options: [String]) async throws -> Scratch {
        let folder = try Scratch()
        let rows = [
            "1,A,\"one, \"\"1\"\"\",nan,https://github.com/o/one", "1,B-C,nan,,git@github.com:O/one.git",
            "1,A-B,\"li\nne\",nan,https://github.com/o/two", "1,C,é,nan,git+https://github.com/o/two.git",
            "2,C,é,nan,UNKNOWN", "2,A,é,https://o.github.io/three,\"not, an address\"",
        ]
        try (Self.header + rows.joined(separator: "\n") + "\n")
            .write(to: folder.url.appending(path: "all.csv"), atomically: true, encoding: .utf8)
        let outcome = try await Tool.pkgmine.run(
            ["compare", "all.csv", "--output-dir", "out"] + options, in: folder.url)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return folder
    }
}
